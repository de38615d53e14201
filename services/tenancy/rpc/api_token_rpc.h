// argosy.tenancy.v1.ApiTokenService on the wire: one statement per RPC.
#ifndef ARGOSY_SERVICES_TENANCY_RPC_API_TOKEN_RPC_H_
#define ARGOSY_SERVICES_TENANCY_RPC_API_TOKEN_RPC_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "argosy/tenancy/v1/api_token.grpc.pb.h"
#include "rpc/chassis.h"
#include "services/tenancy/service/api_token_service.h"

namespace argosy::tenancy {

// Thread-safe; both references outlive it.
class ApiTokenRpc final : public v1::ApiTokenService::Service {
 public:
  ApiTokenRpc(rpc::Chassis& chassis, ApiTokenService& service)
      : chassis_(chassis), service_(service) {}

  grpc::Status CreateApiToken(grpc::ServerContext* call, const v1::CreateApiTokenRequest* request,
                              v1::ApiToken* response) override;
  grpc::Status ListApiTokens(grpc::ServerContext* call, const v1::ListApiTokensRequest* request,
                             v1::ListApiTokensResponse* response) override;
  grpc::Status RevokeApiToken(grpc::ServerContext* call, const v1::RevokeApiTokenRequest* request,
                              v1::ApiToken* response) override;

 private:
  rpc::Chassis& chassis_;
  ApiTokenService& service_;
};

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_RPC_API_TOKEN_RPC_H_
