#include "services/incentives/rpc/statement_rpc.h"

#include "tenants/request_context.h"

namespace argosy::incentives {

grpc::Status StatementRpc::ListStatements(grpc::ServerContext* call,
                                          const v1::ListStatementsRequest* request,
                                          v1::ListStatementsResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListStatements(ctx, *request);
  });
}

grpc::Status StatementRpc::GetStatement(grpc::ServerContext* call,
                                        const v1::GetStatementRequest* request,
                                        v1::Statement* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.GetStatement(ctx, *request);
  });
}

grpc::Status StatementRpc::ExplainLine(grpc::ServerContext* call,
                                       const v1::ExplainLineRequest* request,
                                       v1::ExplainLineResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ExplainLine(ctx, *request);
  });
}

}  // namespace argosy::incentives
