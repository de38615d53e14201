#include "services/tenancy/domain/access_grant.h"

#include <functional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/tenancy/domain/signing_key.h"
#include "tests/support/status_matchers.h"

namespace argosy::tenancy {
namespace {

using ::argosy::testing::HasReason;
using ::argosy::testing::IsFault;

const absl::Time kNow = absl::FromUnixSeconds(1'772'000'000);
const base::TenantId kAcme = base::TenantId::Parse("acme").value();

struct Scene {
  Tenant own;
  Membership actor;
  std::optional<Tenant> asked;
};

// The operator who opened acme asks for it.
Scene Onboarding() {
  const MembershipId operator_id(base::Uuid::Parse("0190a000-0000-7000-8000-000000000001").value());
  return {.own = OpenPlatform(base::TenantUid(), kNow),
          .actor = {.id = operator_id, .role = AccessRole::kPlatformOperator},
          .asked = Tenant{.id = kAcme, .created_by = operator_id}};
}

absl::StatusOr<AccessGrant> Ask(const Scene& scene) {
  return GrantOnboarding(scene.own, scene.actor, kAcme, scene.asked, kNow);
}

TEST(GrantOnboarding, MakesTheCreatorAnOwnerForTenMinutes) {
  ASSERT_OK_AND_ASSIGN(const AccessGrant grant, Ask(Onboarding()));
  EXPECT_EQ(grant.role, AccessRole::kOwner);
  EXPECT_TRUE(grant.onboarding);
  EXPECT_EQ(grant.tenant.id, kAcme);
  EXPECT_EQ(grant.expire_time, kNow + absl::Minutes(10));
}

TEST(GrantOnboarding, RefusesEverybodyElseInTheSameWords) {
  const std::vector<std::function<void(Scene&)>> spoilers = {
      [](Scene& s) { s.asked.reset(); },
      [](Scene& s) { s.asked->state = TenantState::kActive; },
      [](Scene& s) { s.asked->state = TenantState::kSuspended; },
      [](Scene& s) { s.asked->created_by = MembershipId(); },
      [](Scene& s) { s.asked->kind = TenantKind::kPlatform; },
      [](Scene& s) { s.own.kind = TenantKind::kCompany; },
      [](Scene& s) { s.own.state = TenantState::kSuspended; },
      [](Scene& s) { s.actor.role = AccessRole::kOwner; }};
  for (size_t i = 0; i < spoilers.size(); ++i) {
    Scene scene = Onboarding();
    spoilers[i](scene);
    const auto grant = Ask(scene);
    EXPECT_THAT(grant,
                IsFault(absl::StatusCode::kPermissionDenied, std::string("PERMISSION_MISSING")))
        << "spoiler " << i;
    EXPECT_EQ(grant.status().message(),
              "Permission 'tenants.onboard' denied on resource 'tenants/acme' (or it might not "
              "exist).");
  }
}

TEST(GrantOwnTenant, CarriesTheMembershipsRole) {
  const Tenant tenant{.id = kAcme, .state = TenantState::kActive};
  const Membership actor{.role = AccessRole::kMember};
  ASSERT_OK_AND_ASSIGN(const AccessGrant grant, GrantOwnTenant(tenant, actor, kNow));
  EXPECT_EQ(grant.role, AccessRole::kMember);
  EXPECT_FALSE(grant.onboarding);
  EXPECT_EQ(grant.expire_time, kNow + kAccessTokenLifetime);
}

TEST(GrantOwnTenant, RefusesASuspendedTenant) {
  const Tenant tenant{.id = kAcme, .state = TenantState::kSuspended};
  EXPECT_THAT(GrantOwnTenant(tenant, {}, kNow),
              IsFault(absl::StatusCode::kFailedPrecondition, std::string("TENANT_SUSPENDED")));
}

}  // namespace
}  // namespace argosy::tenancy
