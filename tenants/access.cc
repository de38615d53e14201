#include "tenants/access.h"

#include <array>
#include <cstddef>

namespace argosy::tenants {
namespace {

constexpr std::array<absl::string_view, kPermissionLast + 1> kNames = {
    "",
    "tenants.get",
    "tenants.update",
    "tenants.create",
    "tenants.suspend",
    "memberships.list",
    "memberships.manage",
    "apiTokens.manage",
    "teams.read",
    "teams.write",
    "stages.evaluate",
    "metrics.define",
    "metrics.ingest",
    "metrics.read",
    "plans.write",
    "plans.publish",
    "incentives.calculate",
    "incentives.read",
    "payouts.approve",
    "audit.read",
};

// An owner may do everything a tenant may; creating and suspending tenants is the platform's.
constexpr std::array kOwnerPermissions = {
    Permission::kTenantsGet,        Permission::kTenantsUpdate,       Permission::kMembershipsList,
    Permission::kMembershipsManage, Permission::kApiTokensManage,     Permission::kTeamsRead,
    Permission::kTeamsWrite,        Permission::kStagesEvaluate,      Permission::kMetricsDefine,
    Permission::kMetricsIngest,     Permission::kMetricsRead,         Permission::kPlansWrite,
    Permission::kPlansPublish,      Permission::kIncentivesCalculate, Permission::kIncentivesRead,
    Permission::kPayoutsApprove,    Permission::kAuditRead,
};

// A member reads the tenant's settings, and of people and numbers only their own scope.
constexpr std::array kMemberPermissions = {
    Permission::kTenantsGet,
    Permission::kTeamsRead,
    Permission::kMetricsRead,
    Permission::kIncentivesRead,
};

// The operator sees no tenant's numbers. In the platform's own tenant it manages its own access.
constexpr std::array kPlatformOperatorPermissions = {
    Permission::kTenantsGet,      Permission::kTenantsCreate,     Permission::kTenantsSuspend,
    Permission::kMembershipsList, Permission::kMembershipsManage, Permission::kApiTokensManage,
    Permission::kAuditRead,
};

template <size_t N>
constexpr PermissionSet SetOf(const std::array<Permission, N>& permissions) {
  PermissionSet set;
  for (const Permission permission : permissions) set = set.With(permission);
  return set;
}

constexpr PermissionSet kOwnerSet = SetOf(kOwnerPermissions);
constexpr PermissionSet kMemberSet = SetOf(kMemberPermissions);
constexpr PermissionSet kPlatformOperatorSet = SetOf(kPlatformOperatorPermissions);

}  // namespace

absl::string_view PermissionName(Permission permission) {
  const auto number = static_cast<size_t>(permission);
  return number < kNames.size() ? kNames[number] : absl::string_view();
}

absl::string_view AccessRoleName(AccessRole role) {
  switch (role) {
    case AccessRole::kOwner:
      return "owner";
    case AccessRole::kMember:
      return "member";
    case AccessRole::kPlatformOperator:
      return "platform-operator";
    case AccessRole::kUnspecified:
      break;
  }
  return "";
}

std::optional<AccessRole> FindAccessRole(absl::string_view name) {
  for (const AccessRole role :
       {AccessRole::kOwner, AccessRole::kMember, AccessRole::kPlatformOperator}) {
    if (AccessRoleName(role) == name) return role;
  }
  return std::nullopt;
}

PermissionSet PermissionsOf(AccessRole role) {
  switch (role) {
    case AccessRole::kOwner:
      return kOwnerSet;
    case AccessRole::kMember:
      return kMemberSet;
    case AccessRole::kPlatformOperator:
      return kPlatformOperatorSet;
    case AccessRole::kUnspecified:
      break;
  }
  return PermissionSet();
}

Reach ReachOf(AccessRole role, Permission permission) {
  if (!PermissionsOf(role).Has(permission)) return Reach::kNone;
  const bool of_people = permission == Permission::kTeamsRead ||
                         permission == Permission::kMetricsRead ||
                         permission == Permission::kIncentivesRead;
  return role == AccessRole::kMember && of_people ? Reach::kOwnScope : Reach::kWholeTenant;
}

}  // namespace argosy::tenants
