// argosy.tenancy.v1.TenantService on the wire: one statement per RPC.
#ifndef ARGOSY_SERVICES_TENANCY_RPC_TENANT_RPC_H_
#define ARGOSY_SERVICES_TENANCY_RPC_TENANT_RPC_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "argosy/tenancy/v1/tenant.grpc.pb.h"
#include "rpc/chassis.h"
#include "services/tenancy/service/tenant_service.h"

namespace argosy::tenancy {

// Thread-safe; both references outlive it.
class TenantRpc final : public v1::TenantService::Service {
 public:
  TenantRpc(rpc::Chassis& chassis, TenantService& service) : chassis_(chassis), service_(service) {}

  grpc::Status CreateTenant(grpc::ServerContext* call, const v1::CreateTenantRequest* request,
                            v1::Tenant* response) override;
  grpc::Status GetTenant(grpc::ServerContext* call, const v1::GetTenantRequest* request,
                         v1::Tenant* response) override;
  grpc::Status LookupTenant(grpc::ServerContext* call, const v1::LookupTenantRequest* request,
                            v1::Tenant* response) override;
  grpc::Status ListTenants(grpc::ServerContext* call, const v1::ListTenantsRequest* request,
                           v1::ListTenantsResponse* response) override;
  grpc::Status UpdateTenant(grpc::ServerContext* call, const v1::UpdateTenantRequest* request,
                            v1::Tenant* response) override;
  grpc::Status ActivateTenant(grpc::ServerContext* call, const v1::ActivateTenantRequest* request,
                              v1::Tenant* response) override;
  grpc::Status SuspendTenant(grpc::ServerContext* call, const v1::SuspendTenantRequest* request,
                             v1::Tenant* response) override;
  grpc::Status ResumeTenant(grpc::ServerContext* call, const v1::ResumeTenantRequest* request,
                            v1::Tenant* response) override;

 private:
  rpc::Chassis& chassis_;
  TenantService& service_;
};

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_RPC_TENANT_RPC_H_
