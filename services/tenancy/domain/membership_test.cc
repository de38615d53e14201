#include "services/tenancy/domain/membership.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::tenancy {
namespace {

using ::argosy::testing::HasReason;
using ::argosy::testing::IsFault;

const absl::Time kNow = absl::FromUnixSeconds(1'772'000'000);
const absl::Time kLater = kNow + absl::Hours(1);

Tenant Company(int64_t owners) {
  return {.id = base::TenantId::Parse("acme").value(),
          .state = TenantState::kActive,
          .owner_count = owners,
          .update_time = kNow};
}

Membership With(AccessRole role) {
  return {.id = MembershipId(base::Uuid::Parse("0190a000-0000-7000-8000-000000000001").value()),
          .principal = "boss@acme.example",
          .role = role,
          .create_time = kNow,
          .update_time = kNow};
}

TEST(AfterGrant, CountsOwnersAlone) {
  EXPECT_EQ(AfterGrant(Company(0), With(AccessRole::kOwner))->owner_count, 1);
  EXPECT_EQ(AfterGrant(Company(1), With(AccessRole::kMember))->owner_count, 1);
}

TEST(AfterGrant, LeavesTheTenantsEtagAlone) {
  EXPECT_EQ(AfterGrant(Company(0), With(AccessRole::kOwner))->etag(), Company(0).etag());
}

TEST(CheckRole, KeepsOperatorsInThePlatform) {
  EXPECT_OK(CheckRole(TenantKind::kCompany, AccessRole::kOwner));
  EXPECT_OK(CheckRole(TenantKind::kCompany, AccessRole::kMember));
  EXPECT_OK(CheckRole(TenantKind::kPlatform, AccessRole::kPlatformOperator));
  EXPECT_THAT(CheckRole(TenantKind::kCompany, AccessRole::kPlatformOperator),
              HasReason("FIELD_INVALID"));
  EXPECT_THAT(CheckRole(TenantKind::kPlatform, AccessRole::kOwner), HasReason("FIELD_INVALID"));
  EXPECT_THAT(AfterGrant(Company(1), With(AccessRole::kPlatformOperator)),
              HasReason("FIELD_INVALID"));
}

TEST(ReviseMembership, ProtectsTheLastOwner) {
  const MembershipChange demotion{.role = AccessRole::kMember};
  EXPECT_THAT(ReviseMembership(Company(1), With(AccessRole::kOwner), demotion, "", kLater),
              IsFault(absl::StatusCode::kFailedPrecondition, std::string("LAST_OWNER")));
  ASSERT_OK_AND_ASSIGN(
      const MembershipRevision revision,
      ReviseMembership(Company(2), With(AccessRole::kOwner), demotion, "", kLater));
  EXPECT_EQ(revision.tenant.owner_count, 1);
  EXPECT_EQ(revision.membership.role, AccessRole::kMember);
}

TEST(ReviseMembership, RaisesTheEpochWhenAccessMoves) {
  const Membership member = With(AccessRole::kMember);
  const auto epoch_after = [&](const MembershipChange& change) {
    return ReviseMembership(Company(1), member, change, member.etag(), kLater)->tenant.epoch;
  };
  EXPECT_EQ(epoch_after({}), 1);
  EXPECT_EQ(epoch_after({.role = AccessRole::kOwner}), 2);
  EXPECT_EQ(epoch_after({.member = base::MemberId::Parse("li-wei").value()}), 2);
}

TEST(ReviseMembership, TakesALinkAwayOnlyWhenAsked) {
  Membership linked = With(AccessRole::kMember);
  linked.member = base::MemberId::Parse("li-wei").value();
  EXPECT_EQ(ReviseMembership(Company(1), linked, {}, "", kLater)->membership.member, linked.member);
  const MembershipChange unlink{.member = std::optional<base::MemberId>()};
  EXPECT_EQ(ReviseMembership(Company(1), linked, unlink, "", kLater)->membership.member,
            std::nullopt);
}

TEST(ReviseMembership, RefusesAnOldEtag) {
  EXPECT_THAT(ReviseMembership(Company(2), With(AccessRole::kOwner), {}, "\"0000\"", kLater),
              IsFault(absl::StatusCode::kAborted, std::string("ETAG_MISMATCH")));
}

TEST(AfterRemoval, ProtectsTheLastOwnerAndEndsTokens) {
  EXPECT_THAT(AfterRemoval(Company(1), With(AccessRole::kOwner), ""), HasReason("LAST_OWNER"));
  EXPECT_THAT(AfterRemoval(Company(2), With(AccessRole::kOwner), "\"0000\""),
              HasReason("ETAG_MISMATCH"));
  ASSERT_OK_AND_ASSIGN(const Tenant two, AfterRemoval(Company(2), With(AccessRole::kOwner), ""));
  EXPECT_EQ(two.owner_count, 1);
  EXPECT_EQ(two.epoch, 2);
  ASSERT_OK_AND_ASSIGN(const Tenant one, AfterRemoval(Company(1), With(AccessRole::kMember), ""));
  EXPECT_EQ(one.owner_count, 1);
}

TEST(AccessRoleTexts, RoundTrip) {
  for (const AccessRole role :
       {AccessRole::kOwner, AccessRole::kMember, AccessRole::kPlatformOperator}) {
    EXPECT_EQ(ParseAccessRole(ToText(role)).value(), role);
  }
  EXPECT_THAT(ParseAccessRole("ADMIN"), HasReason("INTERNAL"));
}

}  // namespace
}  // namespace argosy::tenancy
