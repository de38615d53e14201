// Who may do what: permissions, the roles that hold them, and nothing about how a caller proves
// one.
#ifndef ARGOSY_TENANTS_ACCESS_H_
#define ARGOSY_TENANTS_ACCESS_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace argosy::tenants {

// Mirrors argosy.common.v1.Permission by number; a contract test holds the two equal.
enum class Permission : uint8_t {
  kUnspecified = 0,
  kTenantsGet = 1,
  kTenantsUpdate = 2,
  kTenantsCreate = 3,
  kTenantsSuspend = 4,
  kMembershipsList = 5,
  kMembershipsManage = 6,
  kApiTokensManage = 7,
  kTeamsRead = 8,
  kTeamsWrite = 9,
  kStagesEvaluate = 10,
  kMetricsDefine = 11,
  kMetricsIngest = 12,
  kMetricsRead = 13,
  kPlansWrite = 14,
  kPlansPublish = 15,
  kIncentivesCalculate = 16,
  kIncentivesRead = 17,
  kPayoutsApprove = 18,
  kAuditRead = 19,
};
inline constexpr int kPermissionLast = 19;

// "metrics.read": how a permission is shown; "" for kUnspecified and for numbers beyond the list.
absl::string_view PermissionName(Permission permission);

// Mirrors argosy.common.v1.AccessRole by number.
enum class AccessRole : uint8_t {
  kUnspecified = 0,
  kOwner = 1,
  kMember = 2,
  kPlatformOperator = 3,
};

// "owner", "member", "platform-operator"; "" for kUnspecified. These texts are stored.
absl::string_view AccessRoleName(AccessRole role);
// The role of that name, or nothing.
std::optional<AccessRole> FindAccessRole(absl::string_view name);

// A set of permissions, by value.
class PermissionSet {
 public:
  constexpr PermissionSet() = default;

  constexpr bool Has(Permission permission) const {
    return permission != Permission::kUnspecified && (bits_ & Bit(permission)) != 0;
  }
  constexpr PermissionSet With(Permission permission) const {
    return PermissionSet(permission == Permission::kUnspecified ? bits_ : bits_ | Bit(permission));
  }
  // What both grant: a token or a delegation narrows, nothing widens.
  constexpr PermissionSet Intersect(PermissionSet other) const {
    return PermissionSet(bits_ & other.bits_);
  }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr uint64_t bits() const { return bits_; }
  // Bits beyond kPermissionLast are dropped.
  static constexpr PermissionSet FromBits(uint64_t bits) { return PermissionSet(bits & kAllBits); }

  friend constexpr bool operator==(PermissionSet, PermissionSet) = default;

 private:
  static constexpr uint64_t kAllBits = (uint64_t{1} << (kPermissionLast + 1)) - 2;
  static constexpr uint64_t Bit(Permission permission) {
    return uint64_t{1} << static_cast<uint8_t>(permission);
  }
  constexpr explicit PermissionSet(uint64_t bits) : bits_(bits) {}

  uint64_t bits_ = 0;
};

// What `role` grants in the tenant it was given in.
PermissionSet PermissionsOf(AccessRole role);

// How far a permission reaches for a role.
enum class Reach : uint8_t {
  kNone,
  // The holder's own person, and the people of teams they lead: the service narrows by member_id.
  kOwnScope,
  kWholeTenant,
};
Reach ReachOf(AccessRole role, Permission permission);

}  // namespace argosy::tenants

#endif  // ARGOSY_TENANTS_ACCESS_H_
