#include "services/incentives/domain/plan.h"

#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/incentives/domain/company_for_test.h"
#include "services/incentives/domain/plan_bytes.h"
#include "tests/support/status_matchers.h"

namespace argosy::incentives {
namespace {

using argosy::testing::HasReason;
using argosy::testing::IsOk;
using argosy::testing::IsOkAndHolds;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsNull;

CreditShare To(Recipient recipient, int64_t n, int64_t d) {
  return {.recipient = std::move(recipient), .share = {.numerator = n, .denominator = d}};
}

ComponentDraft Draft() {
  return {.component_id = "orders",
          .display_name = "订单提成",
          .rows = RowsForTest({0, 10'000'000}, {10'000, 20'000})};
}

std::vector<std::string> FaultFields(const absl::Status& status) {
  std::vector<std::string> fields;
  const std::optional<base::Fault> fault = base::FindFault(status);
  if (!fault) return fields;
  for (const base::FieldViolation& violation : fault->field_violations) {
    fields.push_back(violation.field);
  }
  return fields;
}

TEST(ParsePlanSpec, KeepsLowerBoundsOnly) {
  const auto spec = ParsePlanSpec({Draft()});
  ASSERT_THAT(spec, IsOk());
  EXPECT_THAT(spec->components[0].commission.table.tiers,
              ElementsAre(Tier{0, base::Ppm(10'000)}, Tier{10'000'000, base::Ppm(20'000)}));
}

TEST(ParsePlanSpec, NamesEveryFaultAtOnce) {
  ComponentDraft bad = Draft();
  bad.component_id = "No";
  bad.rows[1].from_minor = 11'000'000;
  bad.credit_rule = {.kind = CreditKind::kSplit,
                     .shares = {To(OrderMember{}, 1, 2), To(MemberForTest("bob"), 1, 3)}};
  const auto spec = ParsePlanSpec({Draft(), bad});
  ASSERT_THAT(spec, HasReason("PLAN_SPEC_INVALID"));
  EXPECT_THAT(
      FaultFields(spec.status()),
      ElementsAre("spec.components[1].component_id", "spec.components[1].commission.tiers[1]",
                  "spec.components[1].commission.credit_rule.shares"));
}

struct RuleCase {
  std::string name;
  CreditRule rule;
};

class CreditRuleLintTest : public ::testing::TestWithParam<RuleCase> {};

TEST_P(CreditRuleLintTest, IsRefused) {
  ComponentDraft draft = Draft();
  draft.credit_rule = GetParam().rule;
  EXPECT_THAT(ParsePlanSpec({draft}), HasReason("PLAN_SPEC_INVALID"));
}

INSTANTIATE_TEST_SUITE_P(
    Rules, CreditRuleLintTest,
    ::testing::Values(
        RuleCase{"DirectWithShares", {CreditKind::kDirect, {To(OrderMember{}, 1, 1)}}},
        RuleCase{"SplitOfNobody", {CreditKind::kSplit, {}}},
        RuleCase{"SplitToARole", {CreditKind::kSplit, {To(BusinessRole::kManager, 1, 1)}}},
        RuleCase{"SplitBelowOne", {CreditKind::kSplit, {To(OrderMember{}, 999'999, 1'000'000)}}},
        RuleCase{"SplitAboveOne",
                 {CreditKind::kSplit,
                  {To(OrderMember{}, 1, 1), To(MemberForTest("bob"), 1, 1'000'000)}}},
        RuleCase{"ShareAboveOne", {CreditKind::kOverlay, {To(BusinessRole::kManager, 3, 2)}}},
        RuleCase{"ShareOfNothing", {CreditKind::kOverlay, {To(BusinessRole::kManager, 0, 2)}}},
        RuleCase{"OverlayToTheOrdersMember", {CreditKind::kOverlay, {To(OrderMember{}, 1, 2)}}},
        RuleCase{"TwiceTheSame",
                 {CreditKind::kOverlay,
                  {To(MemberForTest("bob"), 1, 2), To(MemberForTest("bob"), 1, 2)}}},
        RuleCase{"NoCommonDenominator",
                 {CreditKind::kSplit,
                  {To(OrderMember{}, 1, 999'983), To(MemberForTest("bob"), 1, 999'979),
                   To(MemberForTest("ann"), 1, 999'961)}}}),
    [](const auto& made) { return made.param.name; });

TEST(ParsePlanSpec, RefusesNoneAndDoubledComponents) {
  EXPECT_THAT(ParsePlanSpec({}), HasReason("PLAN_SPEC_INVALID"));
  EXPECT_THAT(ParsePlanSpec({Draft(), Draft()}), HasReason("PLAN_SPEC_INVALID"));
  ComponentDraft named = Draft();
  named.display_name = std::string(481, 'x');
  EXPECT_THAT(ParsePlanSpec({named}), HasReason("PLAN_SPEC_INVALID"));
}

TEST(ComputeSplitWeights, TakesTheCommonDenominator) {
  EXPECT_THAT(ComputeSplitWeights({To(OrderMember{}, 1, 2), To(MemberForTest("bob"), 1, 3),
                                   To(MemberForTest("ann"), 1, 6)}),
              IsOkAndHolds(ElementsAre(3, 2, 1)));
  // 28.4 + 35.8 + 35.8 is exactly a hundred, unlike in binary fractions.
  EXPECT_THAT(
      ComputeSplitWeights({To(OrderMember{}, 284, 1000), To(MemberForTest("bob"), 358, 1000),
                           To(MemberForTest("ann"), 358, 1000)}),
      IsOk());
  EXPECT_THAT(ComputeSplitWeights({To(OrderMember{}, 1, 2)}), HasReason("WEIGHTS_INVALID"));
}

PlanSpec RichSpec() {
  ComponentDraft split = Draft();
  split.component_id = "shared";
  split.base = CommissionBase::kCollected;
  split.mode = TierMode::kWhole;
  split.boundary = Boundary::kLowerTier;
  split.accumulation = Accumulation::kYear;
  split.credit_rule = {CreditKind::kSplit,
                       {To(OrderMember{}, 1, 2), To(MemberForTest("bob"), 1, 2)}};
  ComponentDraft overlay = Draft();
  overlay.component_id = "lead";
  overlay.credit_rule = {CreditKind::kOverlay, {To(BusinessRole::kManager, 1, 5)}};
  return *ParsePlanSpec({Draft(), split, overlay});
}

TEST(PlanBytes, ComeBackAsTheyWere) {
  const std::string bytes = ToCanonicalBytes(CurrencyForTest("CNY"), RichSpec());
  EXPECT_THAT(ParseCanonicalSpec(bytes), IsOkAndHolds(Eq(RichSpec())));
}

TEST(PlanBytes, RefuseEveryCutAndAnythingAdded) {
  const std::string bytes = ToCanonicalBytes(CurrencyForTest("CNY"), RichSpec());
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(ParseCanonicalSpec(bytes.substr(0, size)).ok()) << size;
  }
  EXPECT_FALSE(ParseCanonicalSpec(bytes + "x").ok());
}

TEST(ComputeContentHash, ChangesWithEveryPart) {
  const base::Currency cny = CurrencyForTest("CNY");
  const PlanSpec spec = RichSpec();
  const std::string hash = ComputeContentHash(cny, spec);
  EXPECT_EQ(hash, ComputeContentHash(cny, RichSpec()));
  EXPECT_NE(hash, ComputeContentHash(CurrencyForTest("USD"), spec));
  PlanSpec other = spec;
  other.components[0].commission.table.boundary = Boundary::kLowerTier;
  EXPECT_NE(hash, ComputeContentHash(cny, other));
  other = spec;
  other.components[2].commission.credit_rule.shares[0].share.numerator = 2;
  EXPECT_NE(hash, ComputeContentHash(cny, other));
}

PlanVersion DraftVersion() { return {.ordinal = 2, .spec = RichSpec()}; }
PlanVersion Published(absl::string_view starts, std::optional<absl::CivilDay> ends = {}) {
  return {.state = PlanVersionState::kPublished, .starts = DayForTest(starts), .ends = ends};
}

TEST(PublishVersion, FixesMonthsAndState) {
  const auto version =
      PublishVersion(DraftVersion(), {.starts = DayForTest("2026-02-01")}, {}, std::nullopt);
  ASSERT_THAT(version, IsOk());
  EXPECT_EQ(version->state, PlanVersionState::kPublished);
  EXPECT_EQ(version->starts, DayForTest("2026-02-01"));
  EXPECT_EQ(version->version, 2);
}

TEST(PublishVersion, Refuses) {
  const Publication february{.starts = DayForTest("2026-02-01")};
  EXPECT_THAT(PublishVersion(Published("2026-01-01"), february, {}, std::nullopt),
              HasReason("STATE_NOT_ALLOWED"));
  EXPECT_THAT(
      PublishVersion(DraftVersion(), {.starts = DayForTest("2026-02-02")}, {}, std::nullopt),
      HasReason("FIELD_INVALID"));
  EXPECT_THAT(PublishVersion(DraftVersion(),
                             {.starts = DayForTest("2026-02-01"), .ends = DayForTest("2026-02-01")},
                             {}, std::nullopt),
              HasReason("FIELD_INVALID"));
  EXPECT_THAT(PublishVersion(DraftVersion(), february, {Published("2026-02-01")}, std::nullopt),
              HasReason("PLAN_VERSION_OVERLAP"));
  EXPECT_THAT(PublishVersion(DraftVersion(), february, {}, DayForTest("2026-03-01")),
              HasReason("PERIOD_LOCKED"));
  // The month after the locked ones is free.
  EXPECT_THAT(PublishVersion(DraftVersion(), february, {}, DayForTest("2026-02-01")), IsOk());
}

TEST(FindVersionInForce, TakesTheOneThatStartedLast) {
  const std::vector<PlanVersion> versions = {Published("2026-03-01", DayForTest("2026-05-01")),
                                             Published("2026-01-01")};
  EXPECT_EQ(FindVersionInForce(versions, DayForTest("2026-02-01")), &versions[1]);
  EXPECT_EQ(FindVersionInForce(versions, DayForTest("2026-03-01")), &versions[0]);
  EXPECT_EQ(FindVersionInForce(versions, DayForTest("2026-04-01")), &versions[0]);
  EXPECT_THAT(FindVersionInForce(versions, DayForTest("2026-05-01")), IsNull());
  EXPECT_THAT(FindVersionInForce(versions, DayForTest("2025-12-01")), IsNull());
}

PlanAssignment Assigned(absl::string_view starts, std::optional<absl::CivilDay> ends = {}) {
  return {.plan_id = *base::PlanId::Parse("sales-plan"),
          .role = BusinessRole::kSales,
          .starts = DayForTest(starts),
          .ends = ends};
}

TEST(CheckAssignment, RefusesTwoPlansForARoleOnADay) {
  const PlanAssignment first = Assigned("2026-01-01", DayForTest("2026-03-01"));
  EXPECT_THAT(CheckAssignment(Assigned("2026-03-01"), {first}, std::nullopt), IsOk());
  EXPECT_THAT(CheckAssignment(Assigned("2026-02-28"), {first}, std::nullopt),
              HasReason("ASSIGNMENT_OVERLAP"));
  EXPECT_THAT(CheckAssignment(Assigned("2025-01-01"), {first}, std::nullopt),
              HasReason("ASSIGNMENT_OVERLAP"));
  PlanAssignment manager = Assigned("2026-02-01");
  manager.role = BusinessRole::kManager;
  EXPECT_THAT(CheckAssignment(manager, {first}, std::nullopt), IsOk());
  EXPECT_THAT(CheckAssignment(Assigned("2026-01-01", DayForTest("2026-01-01")), {}, std::nullopt),
              HasReason("FIELD_INVALID"));
}

TEST(CheckAssignment, StartsAfterTheLockedMonths) {
  const absl::CivilDay locked_until = DayForTest("2026-03-01");
  EXPECT_THAT(CheckAssignment(Assigned("2026-02-28"), {}, locked_until),
              HasReason("PERIOD_LOCKED"));
  EXPECT_THAT(CheckAssignment(Assigned("2026-03-01"), {}, locked_until), IsOk());
}

constexpr char kAssignment[] = "tenants/acme/plans/sales/assignments/1";

TEST(EndAssignment, OnlyEverShortens) {
  const PlanAssignment open = Assigned("2026-01-01");
  const auto ended = EndAssignment(open, kAssignment, DayForTest("2026-04-01"), std::nullopt);
  ASSERT_THAT(ended, IsOk());
  EXPECT_EQ(ended->ends, DayForTest("2026-04-01"));
  EXPECT_THAT(EndAssignment(*ended, kAssignment, DayForTest("2026-05-01"), std::nullopt),
              HasReason("STATE_NOT_ALLOWED"));
  EXPECT_THAT(EndAssignment(open, kAssignment, DayForTest("2026-01-01"), std::nullopt),
              HasReason("FIELD_INVALID"));
  EXPECT_THAT(EndAssignment(open, kAssignment, DayForTest("2026-02-01"), DayForTest("2026-03-01")),
              HasReason("PERIOD_LOCKED"));
}

TEST(ParseBusinessRole, KnowsSevenRoles) {
  EXPECT_THAT(ParseBusinessRole(7), IsOkAndHolds(BusinessRole::kAgency));
  EXPECT_THAT(ParseBusinessRole(0), HasReason("FIELD_INVALID"));
  EXPECT_THAT(ParseBusinessRole(8), HasReason("FIELD_INVALID"));
}

}  // namespace
}  // namespace argosy::incentives
