#include "services/incentives/rpc/ledger_rpc.h"

#include "tenants/request_context.h"

namespace argosy::incentives {

grpc::Status LedgerRpc::ListLedgerEntries(grpc::ServerContext* call,
                                          const v1::ListLedgerEntriesRequest* request,
                                          v1::ListLedgerEntriesResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListLedgerEntries(ctx, *request);
  });
}

grpc::Status LedgerRpc::GetBalances(grpc::ServerContext* call,
                                    const v1::GetBalancesRequest* request,
                                    v1::GetBalancesResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.GetBalances(ctx, *request);
  });
}

grpc::Status LedgerRpc::VerifyLedger(grpc::ServerContext* call,
                                     const v1::VerifyLedgerRequest* request,
                                     v1::VerifyLedgerResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.VerifyLedger(ctx, *request);
  });
}

}  // namespace argosy::incentives
