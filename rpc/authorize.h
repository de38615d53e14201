// Whether a caller may make a call: the rule of the method against the caller's role in the tenant.
#ifndef ARGOSY_RPC_AUTHORIZE_H_
#define ARGOSY_RPC_AUTHORIZE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "rpc/authenticate.h"
#include "rpc/rule.h"
#include "rpc/tenant_lookup.h"
#include "tenants/access.h"
#include "tenants/directory.h"

namespace argosy::rpc {

// What the caller may do, and where.
struct Grant {
  tenants::TenantEntry tenant;
  tenants::PermissionSet permissions;
};

// What is asked for.
struct Asked {
  const Method& method;
  std::string resource;   // of the method's resource field; "" when it has none
  std::string tenant_id;  // the one the walk found; "" when the request names none
};

// The grant of `caller` for `asked`.
// INVALID_ARGUMENT / FIELD_INVALID when a TENANT method's resource is not named.
// PERMISSION_DENIED / PERMISSION_MISSING, in the same bytes and after the same work, when the
// resource's tenant is not the token's and when there is no such tenant; also when the role lacks
// the permission, or a PLATFORM method is called without a token of the platform's tenant.
// UNAUTHENTICATED / CREDENTIAL_INVALID when the tenant has raised its epoch since the token was
// made. FAILED_PRECONDITION / TENANT_SUSPENDED for a mutation in a suspended tenant. UNAVAILABLE /
// DEPENDENCY_DOWN when the tenant cannot be looked up.
absl::StatusOr<Grant> Authorize(const Caller& caller, const Asked& asked, TenantLookup& tenants,
                                absl::Time deadline);

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_AUTHORIZE_H_
