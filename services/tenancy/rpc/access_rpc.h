// argosy.tenancy.v1.AccessService on the wire: one statement per RPC.
#ifndef ARGOSY_SERVICES_TENANCY_RPC_ACCESS_RPC_H_
#define ARGOSY_SERVICES_TENANCY_RPC_ACCESS_RPC_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "argosy/tenancy/v1/access.grpc.pb.h"
#include "rpc/chassis.h"
#include "services/tenancy/service/access_service.h"

namespace argosy::tenancy {

// Thread-safe; both references outlive it.
class AccessRpc final : public v1::AccessService::Service {
 public:
  AccessRpc(rpc::Chassis& chassis, AccessService& service) : chassis_(chassis), service_(service) {}

  grpc::Status ExchangeToken(grpc::ServerContext* call, const v1::ExchangeTokenRequest* request,
                             v1::ExchangeTokenResponse* response) override;
  grpc::Status ListSigningKeys(grpc::ServerContext* call, const v1::ListSigningKeysRequest* request,
                               v1::ListSigningKeysResponse* response) override;

 private:
  rpc::Chassis& chassis_;
  AccessService& service_;
};

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_RPC_ACCESS_RPC_H_
