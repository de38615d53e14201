// What the service classes share.
#ifndef ARGOSY_SERVICES_TENANCY_SERVICE_COLLABORATORS_H_
#define ARGOSY_SERVICES_TENANCY_SERVICE_COLLABORATORS_H_

#include <cstdint>

#include "base/ids.h"
#include "base/page_token.h"
#include "base/random.h"
#include "services/tenancy/store/api_token_store.h"
#include "services/tenancy/store/membership_store.h"
#include "services/tenancy/store/tenant_store.h"
#include "tenants/audit.h"
#include "tenants/directory.h"
#include "tenants/global_txn.h"
#include "tenants/request_context.h"
#include "tenants/tenant_session.h"

namespace argosy::tenancy {

// References outlive the services.
struct Collaborators {
  tenants::TenantSession& db;
  tenants::GlobalSession& global;
  tenants::Directory& directory;
  base::IdSource& ids;
  base::EntropySource& entropy;
  const base::PageTokens& pages;
  TenantStore tenants;
  MembershipStore memberships;
  ApiTokenStore tokens;
};

// Rows of a page when the client does not say, and at most: a screenful, and what stays well below
// 1 MiB.
inline constexpr int32_t kPageDefault = 50;
inline constexpr int32_t kPageMax = 200;

// Where a listing of the call's tenant goes on.
inline base::PageScope PageScopeOf(const tenants::RequestContext& ctx) {
  return {.tenant = ctx.tenant().tenant_uid(), .method = ctx.method(), .filters = ""};
}

// The entry of this call for the chain of another tenant than the caller's: the actor is named with
// its own tenant.
tenants::AuditEntry ForeignEntry(const tenants::RequestContext& ctx);

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_SERVICE_COLLABORATORS_H_
