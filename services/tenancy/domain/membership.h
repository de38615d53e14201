// Memberships: which principal may do what in a tenant, and the owner who must always be there.
#ifndef ARGOSY_SERVICES_TENANCY_DOMAIN_MEMBERSHIP_H_
#define ARGOSY_SERVICES_TENANCY_DOMAIN_MEMBERSHIP_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/ids.h"
#include "services/tenancy/domain/tenant.h"

namespace argosy::tenancy {

enum class AccessRole { kOwner, kMember, kPlatformOperator };

absl::string_view ToText(AccessRole role);  // "OWNER"
// INTERNAL for a text that ToText does not write.
absl::StatusOr<AccessRole> ParseAccessRole(absl::string_view text);

struct Membership {
  MembershipId id;
  std::string principal;
  AccessRole role = AccessRole::kMember;
  std::optional<base::MemberId> member;
  int64_t version = 1;
  absl::Time create_time;
  absl::Time update_time;

  std::string etag() const { return RowEtag(id.uuid(), version); }
  friend bool operator==(const Membership&, const Membership&) = default;
};

// Absent fields stay as they are.
struct MembershipChange {
  std::optional<AccessRole> role;
  // Present and empty: the link is taken away.
  std::optional<std::optional<base::MemberId>> member;
};

// Whether `role` is the one a tenant of `kind` must never run out of.
bool KeepsTenant(TenantKind kind, AccessRole role);

// FIELD_INVALID unless `role` exists in a tenant of `kind`: operators in the platform alone, owners
// and members in companies alone.
absl::Status CheckRole(TenantKind kind, AccessRole role);

// The tenant and the membership after the grant, the change or the end; the tenant carries the
// owner count, and an epoch raised where access shrinks or moves. All fail as CheckRole does, with
// ETAG_MISMATCH unless `etag` is empty or current, and with LAST_OWNER.
absl::StatusOr<Tenant> AfterGrant(const Tenant& tenant, const Membership& granted);

struct MembershipRevision {
  Tenant tenant;
  Membership membership;
};
absl::StatusOr<MembershipRevision> ReviseMembership(const Tenant& tenant, const Membership& current,
                                                    const MembershipChange& change,
                                                    absl::string_view etag, absl::Time now);
absl::StatusOr<Tenant> AfterRemoval(const Tenant& tenant, const Membership& removed,
                                    absl::string_view etag);

// "tenants/acme/memberships/{uuid}".
std::string MembershipName(const base::TenantId& tenant, const MembershipId& id);

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_DOMAIN_MEMBERSHIP_H_
