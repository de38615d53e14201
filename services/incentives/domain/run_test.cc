#include "services/incentives/domain/run.h"

#include <string>
#include <vector>

#include "base/period.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/incentives/domain/company_for_test.h"
#include "services/incentives/domain/errors.h"
#include "services/incentives/domain/run_bytes.h"
#include "tests/support/status_matchers.h"

namespace argosy::incentives {
namespace {

using argosy::testing::HasReason;
using argosy::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::SizeIs;

const absl::CivilDay kJanuary(2026, 1, 1);
const absl::CivilDay kFebruary(2026, 2, 1);
const absl::CivilDay kMarch(2026, 3, 1);

TEST(CheckRunWish, WaitsForTheEndOfTheMonthInTheTenantsZone) {
  const absl::TimeZone zone = *base::ParseTimeZone("Asia/Shanghai");
  const absl::Time end = base::StartOfDay(kFebruary, zone);
  EXPECT_THAT(CheckRunWish({.month = kJanuary, .as_of = end}, {}, zone), IsOk());
  EXPECT_THAT(CheckRunWish({.month = kJanuary, .as_of = end - absl::Microseconds(1)}, {}, zone),
              HasReason("PERIOD_NOT_OVER"));
}

TEST(CheckRunWish, TellsRegularRunsFromCorrections) {
  const absl::TimeZone utc = absl::UTCTimeZone();
  const absl::Time later = base::StartOfDay(kMarch, utc);
  RunWish wish{.month = kJanuary, .kind = RunKind::kRegular, .as_of = later};
  EXPECT_THAT(CheckRunWish(wish, {kJanuary}, utc), HasReason("PERIOD_LOCKED"));
  wish.kind = RunKind::kCorrection;
  EXPECT_THAT(CheckRunWish(wish, {kJanuary}, utc), IsOk());
  EXPECT_THAT(CheckRunWish(wish, {kFebruary}, utc), HasReason("PERIOD_NOT_LOCKED"));
}

TEST(ComputeOrigins, EndWithTheRunsOwnMonth) {
  EXPECT_THAT(ComputeOrigins(kFebruary, {kMarch, kJanuary, kFebruary}),
              ElementsAre(kJanuary, kFebruary));
}

TEST(ComputeOrigins, ReachBackThirtySixMonthsByTheCalendar) {
  EXPECT_THAT(ComputeOrigins(kMarch, {absl::CivilDay(2020, 1, 1), absl::CivilDay(2023, 2, 1),
                                      absl::CivilDay(2023, 3, 1), kJanuary}),
              ElementsAre(absl::CivilDay(2023, 3, 1), kJanuary, kMarch));
}

TEST(ComputeFactDays, ReachFromTheYearOfTheFirstOriginToTheCut) {
  EXPECT_EQ(ComputeFactDays({kMarch}, absl::CivilDay(2026, 4, 1)),
            (base::Period{kJanuary, absl::CivilDay(2026, 4, 1)}));
  EXPECT_EQ(ComputeFactDays({absl::CivilDay(2023, 12, 1), kJanuary}, kMarch),
            (base::Period{absl::CivilDay(2023, 1, 1), kMarch}));
}

TEST(ComputeCutDay, NeverLiesBeforeTheLatestLock) {
  EXPECT_EQ(ComputeCutDay(kJanuary, {}), kFebruary);
  EXPECT_EQ(ComputeCutDay(kJanuary, {kFebruary}), kMarch);
  EXPECT_EQ(ComputeCutDay(kFebruary, {kJanuary}), kMarch);
}

constexpr char kName[] = "tenants/acme/runs/1";

TEST(RunLife, GoesForwardOnly) {
  const incentives::Run run{.month = kJanuary, .ledger_version = 4};
  const LockChange lock{.name = kName, .ledger_version = 4, .locks_of_month = 1};
  EXPECT_THAT(LockRun(run, lock), HasReason("STATE_NOT_ALLOWED"));
  const auto approved = ApproveRun(run, kName, absl::UnixEpoch());
  ASSERT_THAT(approved, IsOk());
  EXPECT_THAT(ApproveRun(*approved, kName, absl::UnixEpoch()), HasReason("STATE_NOT_ALLOWED"));
  EXPECT_THAT(LockRun(*approved, {.name = kName, .ledger_version = 5}), HasReason("RUN_STALE"));
  const auto locked = LockRun(*approved, lock);
  ASSERT_THAT(locked, IsOk());
  EXPECT_EQ(locked->period_version, 2);
  EXPECT_EQ(locked->version, 3);
  EXPECT_THAT(LockRun(*locked, lock), HasReason("STATE_NOT_ALLOWED"));
}

TEST(RosterSnapshot, ComesBackAsItWasWhateverTheOrder) {
  const RoleHolding ann{.member = MemberForTest("ann"), .starts = kJanuary, .ends = kMarch};
  const RoleHolding bob{
      .member = MemberForTest("bob"), .role = BusinessRole::kManager, .starts = kJanuary};
  const std::vector<base::MemberId> members = {MemberForTest("ann"), MemberForTest("bob")};
  const PlanAssignment assignment{.plan_id = *base::PlanId::Parse("sales-plan"),
                                  .starts = kJanuary};
  const RosterSnapshot snapshot{Roster(members, {ann, bob}), {assignment}};
  const std::string bytes = ToCanonicalBytes(snapshot);
  EXPECT_EQ(bytes, ToCanonicalBytes({Roster({members[1], members[0]}, {bob, ann}), {assignment}}));
  const auto back = ParseRosterSnapshot(bytes);
  ASSERT_THAT(back, IsOk());
  EXPECT_EQ(ToCanonicalBytes(*back), bytes);
  EXPECT_THAT(back->roster.holdings(), ElementsAre(ann, bob));
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(ParseRosterSnapshot(bytes.substr(0, size)).ok()) << size;
  }
}

TEST(Roster, HoldsByDayWithAnExclusiveEnd) {
  const Roster roster({MemberForTest("ann")},
                      {{.member = MemberForTest("ann"), .starts = kJanuary, .ends = kMarch}});
  EXPECT_TRUE(roster.Holds(MemberForTest("ann"), BusinessRole::kSales, kJanuary));
  EXPECT_FALSE(roster.Holds(MemberForTest("ann"), BusinessRole::kSales, kMarch));
  EXPECT_FALSE(roster.Holds(MemberForTest("ann"), BusinessRole::kOwner, kJanuary));
  EXPECT_FALSE(roster.Holds(MemberForTest("bob"), BusinessRole::kSales, kJanuary));
  EXPECT_THAT(roster.HoldersOf(BusinessRole::kSales, kFebruary), ElementsAre(MemberForTest("ann")));
}

TEST(RunSummary, ComesBackAsItWas) {
  const ExcludedFacts none{.count = 3};
  const ExcludedFacts named{
      .count = 1,
      .earliest = {{.place = {absl::UnixEpoch(), {"crm", "o1"}}, .member = MemberForTest("ann")},
                   {.place = {absl::UnixEpoch(), {"crm", "o2"}}}}};
  const incentives::Run run{.totals = {{CurrencyForTest("CNY"), -5}, {CurrencyForTest("USD"), 7}},
                            .excluded = {{{kMarch, Exclusion::kNoPlan}, none},
                                         {{kMarch, Exclusion::kRoleNotHeld}, named}},
                            .origins = {kJanuary, kMarch},
                            .plans = {{.month = kMarch,
                                       .plan = *base::PlanId::Parse("sales-plan"),
                                       .content_hash = std::string(32, 'h')}}};
  const std::string bytes = ToSummaryBytes(run);
  incentives::Run back;
  ASSERT_THAT(ParseSummary(bytes, back), IsOk());
  EXPECT_EQ(ToSummaryBytes(back), bytes);
  EXPECT_EQ(back.totals, run.totals);
  EXPECT_EQ(back.excluded.at({kMarch, Exclusion::kRoleNotHeld}).earliest, named.earliest);
  for (size_t size = 0; size < bytes.size(); ++size) {
    incentives::Run cut;
    EXPECT_FALSE(ParseSummary(bytes.substr(0, size), cut).ok()) << size;
  }
}

TEST(Errors, CarryTheirReasons) {
  EXPECT_THAT(ResourceNotFound("argosy.dev/Run", "runs/x"), HasReason("RESOURCE_NOT_FOUND"));
  EXPECT_THAT(ResourceExists("argosy.dev/Plan", "plans/x"), HasReason("RESOURCE_EXISTS"));
  EXPECT_THAT(EtagMismatch("runs/x"), HasReason("ETAG_MISMATCH"));
  EXPECT_THAT(LedgerImbalance("x"), HasReason("LEDGER_IMBALANCE"));
}

}  // namespace
}  // namespace argosy::incentives
