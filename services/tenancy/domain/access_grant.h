// What an API token may be exchanged for.
#ifndef ARGOSY_SERVICES_TENANCY_DOMAIN_ACCESS_GRANT_H_
#define ARGOSY_SERVICES_TENANCY_DOMAIN_ACCESS_GRANT_H_

#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/ids.h"
#include "services/tenancy/domain/membership.h"
#include "services/tenancy/domain/tenant.h"

namespace argosy::tenancy {

// One tenant, one actor, one role, until one instant.
struct AccessGrant {
  Tenant tenant;
  Membership actor;  // of the tenant, or of the platform when `onboarding`
  AccessRole role = AccessRole::kMember;
  bool onboarding = false;
  absl::Time expire_time;
};

// The grant of a usable token to its own tenant. TENANT_SUSPENDED.
absl::StatusOr<AccessGrant> GrantOwnTenant(const Tenant& tenant, const Membership& actor,
                                           absl::Time now);

// The owner's grant that the operator who opened `asked` has while it is ONBOARDING.
// PERMISSION_MISSING, naming `asked_id`, for everyone else, for every other state, and when `asked`
// does not exist.
absl::StatusOr<AccessGrant> GrantOnboarding(const Tenant& own, const Membership& actor,
                                            const base::TenantId& asked_id,
                                            const std::optional<Tenant>& asked, absl::Time now);

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_DOMAIN_ACCESS_GRANT_H_
