#include "services/tenancy/domain/tenant.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::tenancy {
namespace {

using ::argosy::testing::HasReason;
using ::argosy::testing::IsFault;
using ::testing::Ne;

const absl::Time kNow = absl::FromUnixSeconds(1'772'000'000);
const absl::Time kLater = kNow + absl::Hours(1);

base::Uuid UuidAt(int last) {
  return base::Uuid::Parse(absl::StrCat("0190a000-0000-7000-8000-00000000000", last)).value();
}

TenantOpening Opening() {
  return {.uid = base::TenantUid(UuidAt(1)),
          .id = base::TenantId::Parse("acme").value(),
          .settings = {.display_name = "Acme 外贸",
                       .time_zone = "Asia/Shanghai",
                       .currency = base::Currency::Parse("USD").value()},
          .blueprint = {.name = "trading-startup", .sha256 = std::string(64, 'a')},
          .created_by = MembershipId(UuidAt(2))};
}

Tenant InState(TenantState state) {
  Tenant tenant = OpenTenant(Opening(), kNow).value();
  tenant.state = state;
  tenant.owner_count = 1;
  return tenant;
}

TEST(OpenTenant, BeginsOnboardingWithoutOwners) {
  ASSERT_OK_AND_ASSIGN(const Tenant tenant, OpenTenant(Opening(), kNow));
  EXPECT_EQ(tenant.state, TenantState::kOnboarding);
  EXPECT_EQ(tenant.kind, TenantKind::kCompany);
  EXPECT_EQ(tenant.owner_count, 0);
  EXPECT_EQ(tenant.name(), "tenants/acme");
  EXPECT_EQ(tenant.create_time, kNow);
  EXPECT_EQ(tenant.update_time, kNow);
}

TEST(OpenTenant, RefusesThePlatformsId) {
  TenantOpening opening = Opening();
  opening.id = base::TenantId::Parse(kPlatformId).value();
  EXPECT_THAT(OpenTenant(opening, kNow), HasReason("FIELD_INVALID"));
}

TEST(OpenTenant, CountsTheDisplayNameInCharacters) {
  TenantOpening opening = Opening();
  opening.settings.display_name.clear();
  for (int i = 0; i < 120; ++i) opening.settings.display_name += "贸";
  EXPECT_OK(OpenTenant(opening, kNow));
  opening.settings.display_name += "x";
  EXPECT_THAT(OpenTenant(opening, kNow), HasReason("FIELD_INVALID"));
  opening.settings.display_name.clear();
  EXPECT_THAT(OpenTenant(opening, kNow), HasReason("FIELD_INVALID"));
}

TEST(OpenTenant, RefusesAnUnknownZone) {
  TenantOpening opening = Opening();
  opening.settings.time_zone = "Asia/Atlantis";
  EXPECT_THAT(OpenTenant(opening, kNow), HasReason("TIME_ZONE_UNKNOWN"));
}

struct MoveCase {
  std::string name;
  absl::StatusOr<Tenant> (*move)(const Tenant&, absl::string_view, absl::Time);
  TenantState from;
  TenantState to;
  int64_t epochs;
};

class MoveTest : public ::testing::TestWithParam<MoveCase> {};

TEST_P(MoveTest, LeavesItsOneStateAlone) {
  for (const TenantState state :
       {TenantState::kOnboarding, TenantState::kActive, TenantState::kSuspended}) {
    const Tenant before = InState(state);
    const absl::StatusOr<Tenant> after = GetParam().move(before, before.etag(), kLater);
    if (state != GetParam().from) {
      EXPECT_THAT(after,
                  IsFault(absl::StatusCode::kFailedPrecondition, std::string("STATE_NOT_ALLOWED")));
      continue;
    }
    ASSERT_OK(after);
    EXPECT_EQ(after->state, GetParam().to);
    EXPECT_EQ(after->epoch, before.epoch + GetParam().epochs);
    EXPECT_EQ(after->version, before.version + 1);
    EXPECT_EQ(after->update_time, kLater);
    EXPECT_THAT(after->etag(), Ne(before.etag()));
  }
}

TEST_P(MoveTest, RefusesAnOldEtagAndThePlatform) {
  Tenant before = InState(GetParam().from);
  EXPECT_THAT(GetParam().move(before, "\"0000\"", kLater),
              IsFault(absl::StatusCode::kAborted, std::string("ETAG_MISMATCH")));
  EXPECT_OK(GetParam().move(before, "", kLater));
  before.kind = TenantKind::kPlatform;
  EXPECT_THAT(GetParam().move(before, "", kLater), HasReason("STATE_NOT_ALLOWED"));
}

INSTANTIATE_TEST_SUITE_P(
    Life, MoveTest,
    ::testing::Values(
        MoveCase{"Activate", ActivateTenant, TenantState::kOnboarding, TenantState::kActive, 1},
        MoveCase{"Suspend", SuspendTenant, TenantState::kActive, TenantState::kSuspended, 1},
        MoveCase{"Resume", ResumeTenant, TenantState::kSuspended, TenantState::kActive, 0}),
    [](const auto& test) { return test.param.name; });

TEST(ActivateTenant, NeedsAnOwner) {
  Tenant tenant = InState(TenantState::kOnboarding);
  tenant.owner_count = 0;
  EXPECT_THAT(ActivateTenant(tenant, "", kLater),
              IsFault(absl::StatusCode::kFailedPrecondition, std::string("OWNER_MISSING")));
}

TEST(ReviseTenant, ChangesZoneAndCurrencyOnlyWhileOnboarding) {
  const SettingsChange zone{.time_zone = "Europe/Berlin"};
  const SettingsChange currency{.currency = base::Currency::Parse("EUR").value()};
  const SettingsChange same_zone{.display_name = "Acme", .time_zone = "Asia/Shanghai"};
  for (const auto& change : {zone, currency}) {
    EXPECT_OK(ReviseTenant(InState(TenantState::kOnboarding), change, "", kLater));
    EXPECT_THAT(ReviseTenant(InState(TenantState::kActive), change, "", kLater),
                HasReason("STATE_NOT_ALLOWED"));
  }
  ASSERT_OK_AND_ASSIGN(const Tenant next,
                       ReviseTenant(InState(TenantState::kActive), same_zone, "", kLater));
  EXPECT_EQ(next.settings.display_name, "Acme");
  EXPECT_EQ(next.version, 2);
}

TEST(ReviseTenant, RefusesAnOldEtagAndBadSettings) {
  const Tenant tenant = InState(TenantState::kOnboarding);
  EXPECT_THAT(ReviseTenant(tenant, {}, "\"0000\"", kLater), HasReason("ETAG_MISMATCH"));
  EXPECT_THAT(ReviseTenant(tenant, {.display_name = ""}, "", kLater), HasReason("FIELD_INVALID"));
  EXPECT_THAT(ReviseTenant(tenant, {.time_zone = "../etc"}, "", kLater),
              HasReason("TIME_ZONE_UNKNOWN"));
}

TEST(TenantTexts, RoundTrip) {
  for (const TenantKind kind : {TenantKind::kCompany, TenantKind::kPlatform}) {
    EXPECT_EQ(ParseTenantKind(ToText(kind)).value(), kind);
  }
  for (const TenantState state :
       {TenantState::kOnboarding, TenantState::kActive, TenantState::kSuspended}) {
    EXPECT_EQ(ParseTenantState(ToText(state)).value(), state);
  }
  EXPECT_THAT(ParseTenantKind("ALIEN"), HasReason("INTERNAL"));
  EXPECT_THAT(ParseTenantState("ALIEN"), HasReason("INTERNAL"));
}

TEST(OpenPlatform, IsAtWorkAtOnce) {
  const Tenant platform = OpenPlatform(base::TenantUid(UuidAt(3)), kNow);
  EXPECT_EQ(platform.name(), "tenants/platform");
  EXPECT_EQ(platform.state, TenantState::kActive);
  EXPECT_EQ(platform.kind, TenantKind::kPlatform);
}

}  // namespace
}  // namespace argosy::tenancy
