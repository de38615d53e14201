#include "services/tenancy/domain/membership.h"

#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "services/tenancy/domain/errors.h"

namespace argosy::tenancy {
namespace {

absl::Status CheckEtag(const Tenant& tenant, const Membership& current, absl::string_view etag) {
  if (!etag.empty() && etag != current.etag()) {
    return EtagMismatch(MembershipName(tenant.id, current.id));
  }
  return absl::OkStatus();
}

// The tenant's version stands for its settings: its etag does not change when its people do.
Tenant WithOwners(const Tenant& tenant, int64_t owner_count) {
  Tenant next = tenant;
  next.owner_count = owner_count;
  return next;
}

}  // namespace

absl::string_view ToText(AccessRole role) {
  switch (role) {
    case AccessRole::kOwner:
      return "OWNER";
    case AccessRole::kMember:
      return "MEMBER";
    case AccessRole::kPlatformOperator:
      return "PLATFORM_OPERATOR";
  }
  return "";
}

absl::StatusOr<AccessRole> ParseAccessRole(absl::string_view text) {
  for (const AccessRole role :
       {AccessRole::kOwner, AccessRole::kMember, AccessRole::kPlatformOperator}) {
    if (text == ToText(role)) return role;
  }
  return base::Internal(absl::StrCat("access role '", text, "' is not one of ours"));
}

bool KeepsTenant(TenantKind kind, AccessRole role) {
  return role ==
         (kind == TenantKind::kPlatform ? AccessRole::kPlatformOperator : AccessRole::kOwner);
}

absl::Status CheckRole(TenantKind kind, AccessRole role) {
  const bool operates = role == AccessRole::kPlatformOperator;
  if (operates != (kind == TenantKind::kPlatform)) {
    return base::FieldInvalid(
        "membership.access_role",
        absl::StrCat("'", ToText(role), "' does not exist in a tenant of kind ", ToText(kind)));
  }
  return absl::OkStatus();
}

absl::StatusOr<Tenant> AfterGrant(const Tenant& tenant, const Membership& granted) {
  RETURN_IF_ERROR(CheckRole(tenant.kind, granted.role));
  return WithOwners(tenant, tenant.owner_count + (KeepsTenant(tenant.kind, granted.role) ? 1 : 0));
}

absl::StatusOr<MembershipRevision> ReviseMembership(const Tenant& tenant, const Membership& current,
                                                    const MembershipChange& change,
                                                    absl::string_view etag, absl::Time now) {
  RETURN_IF_ERROR(CheckEtag(tenant, current, etag));
  Membership next = current;
  if (change.role) next.role = *change.role;
  if (change.member) next.member = *change.member;
  RETURN_IF_ERROR(CheckRole(tenant.kind, next.role));
  const int64_t owners = tenant.owner_count + (KeepsTenant(tenant.kind, next.role) ? 1 : 0) -
                         (KeepsTenant(tenant.kind, current.role) ? 1 : 0);
  if (owners < 1 && tenant.owner_count >= 1) return LastOwner(tenant.name());
  Tenant next_tenant = WithOwners(tenant, owners);
  if (next.role != current.role || next.member != current.member) ++next_tenant.epoch;
  ++next.version;
  next.update_time = now;
  return MembershipRevision{.tenant = next_tenant, .membership = next};
}

absl::StatusOr<Tenant> AfterRemoval(const Tenant& tenant, const Membership& removed,
                                    absl::string_view etag) {
  RETURN_IF_ERROR(CheckEtag(tenant, removed, etag));
  const bool keeps = KeepsTenant(tenant.kind, removed.role);
  if (keeps && tenant.owner_count <= 1) return LastOwner(tenant.name());
  Tenant next = WithOwners(tenant, tenant.owner_count - (keeps ? 1 : 0));
  ++next.epoch;
  return next;
}

std::string MembershipName(const base::TenantId& tenant, const MembershipId& id) {
  return absl::StrCat("tenants/", tenant.text(), "/memberships/", id.ToString());
}

}  // namespace argosy::tenancy
