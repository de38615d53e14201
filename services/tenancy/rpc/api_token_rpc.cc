#include "services/tenancy/rpc/api_token_rpc.h"

#include "tenants/request_context.h"

namespace argosy::tenancy {

grpc::Status ApiTokenRpc::CreateApiToken(grpc::ServerContext* call,
                                         const v1::CreateApiTokenRequest* request,
                                         v1::ApiToken* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.CreateApiToken(ctx, *request);
  });
}

grpc::Status ApiTokenRpc::ListApiTokens(grpc::ServerContext* call,
                                        const v1::ListApiTokensRequest* request,
                                        v1::ListApiTokensResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListApiTokens(ctx, *request);
  });
}

grpc::Status ApiTokenRpc::RevokeApiToken(grpc::ServerContext* call,
                                         const v1::RevokeApiTokenRequest* request,
                                         v1::ApiToken* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.RevokeApiToken(ctx, *request);
  });
}

}  // namespace argosy::tenancy
