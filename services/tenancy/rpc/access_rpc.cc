#include "services/tenancy/rpc/access_rpc.h"

#include "tenants/request_context.h"

namespace argosy::tenancy {

grpc::Status AccessRpc::ExchangeToken(grpc::ServerContext* call,
                                      const v1::ExchangeTokenRequest* request,
                                      v1::ExchangeTokenResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ExchangeToken(ctx, *request);
  });
}

grpc::Status AccessRpc::ListSigningKeys(grpc::ServerContext* call,
                                        const v1::ListSigningKeysRequest* request,
                                        v1::ListSigningKeysResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListSigningKeys(ctx, *request);
  });
}

}  // namespace argosy::tenancy
