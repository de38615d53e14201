#include "tenants/access.h"

#include <set>
#include <string>

#include "gtest/gtest.h"
#include "tenants/lifecycle.h"

namespace argosy::tenants {
namespace {

TEST(PermissionsOf, OwnerHoldsEverythingButThePlatformsOwn) {
  const PermissionSet owner = PermissionsOf(AccessRole::kOwner);
  for (int i = 1; i <= kPermissionLast; ++i) {
    const auto permission = static_cast<Permission>(i);
    const bool platform =
        permission == Permission::kTenantsCreate || permission == Permission::kTenantsSuspend;
    EXPECT_EQ(owner.Has(permission), !platform) << PermissionName(permission);
  }
}

TEST(PermissionsOf, MemberReadsOwnScopeAndWritesNothing) {
  const PermissionSet member = PermissionsOf(AccessRole::kMember);
  EXPECT_EQ(member, PermissionSet()
                        .With(Permission::kTenantsGet)
                        .With(Permission::kTeamsRead)
                        .With(Permission::kMetricsRead)
                        .With(Permission::kIncentivesRead));
  EXPECT_EQ(ReachOf(AccessRole::kMember, Permission::kMetricsRead), Reach::kOwnScope);
  EXPECT_EQ(ReachOf(AccessRole::kMember, Permission::kTenantsGet), Reach::kWholeTenant);
  EXPECT_EQ(ReachOf(AccessRole::kMember, Permission::kPayoutsApprove), Reach::kNone);
  EXPECT_EQ(ReachOf(AccessRole::kOwner, Permission::kMetricsRead), Reach::kWholeTenant);
}

TEST(PermissionsOf, OperatorSeesNoTenantsNumbers) {
  const PermissionSet operator_set = PermissionsOf(AccessRole::kPlatformOperator);
  EXPECT_TRUE(operator_set.Has(Permission::kTenantsCreate));
  for (const Permission permission :
       {Permission::kMetricsRead, Permission::kTeamsRead, Permission::kIncentivesRead,
        Permission::kPayoutsApprove, Permission::kMetricsIngest}) {
    EXPECT_FALSE(operator_set.Has(permission)) << PermissionName(permission);
  }
}

TEST(PermissionSet, NeverHoldsTheUnspecifiedAndOnlyNarrows) {
  EXPECT_FALSE(PermissionSet::FromBits(~uint64_t{0}).Has(Permission::kUnspecified));
  EXPECT_TRUE(PermissionSet().With(Permission::kUnspecified).empty());
  const PermissionSet owner = PermissionsOf(AccessRole::kOwner);
  const PermissionSet member = PermissionsOf(AccessRole::kMember);
  EXPECT_EQ(owner.Intersect(member), member);
  EXPECT_TRUE(PermissionsOf(AccessRole::kUnspecified).empty());
}

TEST(PermissionName, IsUniqueAndRoundTripsForRoles) {
  std::set<std::string> names;
  for (int i = 1; i <= kPermissionLast; ++i)
    names.insert(std::string(PermissionName(static_cast<Permission>(i))));
  EXPECT_EQ(names.size(), static_cast<size_t>(kPermissionLast));
  EXPECT_EQ(names.count(""), 0U);
  EXPECT_EQ(FindAccessRole("platform-operator"), AccessRole::kPlatformOperator);
  EXPECT_EQ(FindAccessRole("root"), std::nullopt);
}

TEST(Lifecycle, NamesRoundTrip) {
  for (const TenantState state :
       {TenantState::kOnboarding, TenantState::kActive, TenantState::kSuspended}) {
    EXPECT_EQ(FindTenantState(TenantStateName(state)), state);
  }
  for (const TenantKind kind : {TenantKind::kCompany, TenantKind::kPlatform}) {
    EXPECT_EQ(FindTenantKind(TenantKindName(kind)), kind);
  }
  EXPECT_EQ(FindTenantState("GONE"), std::nullopt);
}

}  // namespace
}  // namespace argosy::tenants
