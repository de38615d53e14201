#include "rpc/context_builder.h"

#include <utility>

namespace argosy::rpc {

tenants::RequestContext ContextBuilder::ForTenant(tenants::RequestFields fields,
                                                  const Caller& caller, const Grant& grant) {
  tenants::TenantContext tenant(
      tenants::ContextKey(),
      tenants::TenantContextFields{.tenant_uid = grant.tenant.uid,
                                   .tenant_id = grant.tenant.id,
                                   .tenant_kind = grant.tenant.kind,
                                   .tenant_state = grant.tenant.state,
                                   .reporting_time_zone = grant.tenant.reporting_time_zone,
                                   .reporting_currency = grant.tenant.reporting_currency,
                                   .actor = caller.claims.actor,
                                   .access_role = caller.role,
                                   .member_id = caller.claims.member_id,
                                   .permissions = grant.permissions,
                                   .deadline = fields.deadline});
  return tenants::RequestContext(tenants::ContextKey(), std::move(fields), std::move(tenant));
}

tenants::RequestContext ContextBuilder::ForPublic(tenants::RequestFields fields) {
  return tenants::RequestContext(tenants::ContextKey(), std::move(fields), std::nullopt);
}

}  // namespace argosy::rpc
