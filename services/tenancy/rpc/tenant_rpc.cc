#include "services/tenancy/rpc/tenant_rpc.h"

#include "tenants/request_context.h"

namespace argosy::tenancy {

grpc::Status TenantRpc::CreateTenant(grpc::ServerContext* call,
                                     const v1::CreateTenantRequest* request, v1::Tenant* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.CreateTenant(ctx, *request);
  });
}

grpc::Status TenantRpc::GetTenant(grpc::ServerContext* call, const v1::GetTenantRequest* request,
                                  v1::Tenant* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.GetTenant(ctx, *request);
  });
}

grpc::Status TenantRpc::LookupTenant(grpc::ServerContext* call,
                                     const v1::LookupTenantRequest* request, v1::Tenant* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.LookupTenant(ctx, *request);
  });
}

grpc::Status TenantRpc::ListTenants(grpc::ServerContext* call,
                                    const v1::ListTenantsRequest* request,
                                    v1::ListTenantsResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListTenants(ctx, *request);
  });
}

grpc::Status TenantRpc::UpdateTenant(grpc::ServerContext* call,
                                     const v1::UpdateTenantRequest* request, v1::Tenant* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.UpdateTenant(ctx, *request);
  });
}

grpc::Status TenantRpc::ActivateTenant(grpc::ServerContext* call,
                                       const v1::ActivateTenantRequest* request,
                                       v1::Tenant* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ActivateTenant(ctx, *request);
  });
}

grpc::Status TenantRpc::SuspendTenant(grpc::ServerContext* call,
                                      const v1::SuspendTenantRequest* request,
                                      v1::Tenant* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.SuspendTenant(ctx, *request);
  });
}

grpc::Status TenantRpc::ResumeTenant(grpc::ServerContext* call,
                                     const v1::ResumeTenantRequest* request, v1::Tenant* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ResumeTenant(ctx, *request);
  });
}

}  // namespace argosy::tenancy
