#include "services/incentives/domain/calculation.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/incentives/domain/company_for_test.h"
#include "services/incentives/domain/credit_bytes.h"
#include "tests/support/status_matchers.h"

namespace argosy::incentives {
namespace {

using argosy::testing::HasReason;
using argosy::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

CreditShare To(Recipient recipient, int64_t n, int64_t d) {
  return {.recipient = std::move(recipient), .share = {.numerator = n, .denominator = d}};
}

// Vector 1's table, in cents.
Component Tiered(TierMode mode, Accumulation accumulation = Accumulation::kMonth) {
  Component component = ComponentForTest(
      "orders", TableForTest(mode, Boundary::kUpperTier, {0, 10'000'000, 30'000'000},
                             {10'000, 20'000, 30'000}));
  component.commission.accumulation = accumulation;
  return component;
}

Component Flat(absl::string_view id, int64_t rate_ppm) {
  return ComponentForTest(id,
                          TableForTest(TierMode::kMarginal, Boundary::kUpperTier, {0}, {rate_ppm}));
}

// What a run posts: payee, month that earned it, minor units.
struct Posted {
  std::string member;
  std::string origin;
  int64_t minor;
  friend bool operator==(const Posted&, const Posted&) = default;
  friend void PrintTo(const Posted& posted, std::ostream* out) {
    *out << posted.member << " " << posted.origin << " " << posted.minor;
  }
};

std::vector<Posted> PostedBy(const absl::StatusOr<RunResult>& result) {
  std::vector<Posted> posted;
  if (!result.ok()) return {{std::string(result.status().message()), "", 0}};
  for (const RunLine& line : result->lines) {
    posted.push_back({line.key.member.text(),
                      base::PeriodLabel(line.key.origin, base::Grain::kMonth), line.amount_minor});
  }
  return posted;
}

std::vector<Credit> CreditsOf(const RunLine& line) {
  std::vector<Credit> all;
  for (const CreditChunk& chunk : line.chunks) {
    const std::vector<Credit> credits = *ParseCreditChunk(chunk.bytes);
    all.insert(all.end(), credits.begin(), credits.end());
  }
  return all;
}

class Vector2Test : public ::testing::TestWithParam<std::pair<TierMode, std::vector<int64_t>>> {};

TEST_P(Vector2Test, PaysTheDeltaOfTotals) {
  const auto& [mode, want] = GetParam();
  CompanyForTest company;
  company.Member("ann").Pays({Tiered(mode, Accumulation::kYear)});
  company.Order("o1", "ann", 9'000'000, "2026-01-10");
  company.Order("o2", "ann", 2'000'000, "2026-02-10");
  company.Refund("r1", "o2", 2'000'000, "2026-03-10");
  // All facts are known from the start; a run looks only at those before the end of its month.
  EXPECT_THAT(PostedBy(company.Lock("2026-01")), ElementsAre(Posted{"ann", "2026-01", want[0]}));
  EXPECT_THAT(PostedBy(company.Lock("2026-02")), ElementsAre(Posted{"ann", "2026-02", want[1]}));
  EXPECT_THAT(PostedBy(company.Lock("2026-03")), ElementsAre(Posted{"ann", "2026-02", want[2]}));
  EXPECT_EQ(company.PostedOf("ann"), want[0]);
}

INSTANTIATE_TEST_SUITE_P(
    Modes, Vector2Test,
    ::testing::Values(std::pair{TierMode::kWhole, std::vector<int64_t>{90'000, 130'000, -130'000}},
                      std::pair{TierMode::kMarginal,
                                std::vector<int64_t>{90'000, 30'000, -30'000}}),
    [](const auto& made) { return made.param.first == TierMode::kWhole ? "Whole" : "Marginal"; });

TEST(CalculateRun, SplitsAndOverlaysAsVector12) {
  Component shared = Flat("shared", 30'000);
  shared.commission.credit_rule = {CreditKind::kSplit,
                                   {To(OrderMember{}, 1, 2), To(MemberForTest("bob"), 1, 2)}};
  Component overlay = Flat("overlay", 10'000);
  overlay.commission.credit_rule = {CreditKind::kOverlay, {To(MemberForTest("cat"), 1, 5)}};
  CompanyForTest company;
  company.Member("ann").Member("bob").Member("cat").Pays({shared, overlay});
  company.Order("o1", "ann", 10'000'000, "2026-01-10");
  EXPECT_THAT(PostedBy(company.Lock("2026-01")),
              ElementsAre(Posted{"ann", "2026-01", 150'000}, Posted{"bob", "2026-01", 150'000},
                          Posted{"cat", "2026-01", 20'000}));
  // A full refund in a later month nets everyone to 0.
  company.Refund("r1", "o1", 10'000'000, "2026-02-03");
  EXPECT_THAT(PostedBy(company.Lock("2026-02")),
              ElementsAre(Posted{"ann", "2026-01", -150'000}, Posted{"bob", "2026-01", -150'000},
                          Posted{"cat", "2026-01", -20'000}));
}

TEST(CalculateRun, HandsOutEveryCentInListedOrder) {
  Component thirds = Flat("thirds", 1'000'000);
  thirds.commission.credit_rule = {
      CreditKind::kSplit,
      {To(MemberForTest("cat"), 1, 3), To(OrderMember{}, 1, 3), To(MemberForTest("bob"), 1, 3)}};
  CompanyForTest company;
  company.Member("ann").Member("bob").Member("cat").Pays({thirds});
  company.Order("o1", "ann", 10'000, "2026-01-10");
  EXPECT_THAT(PostedBy(company.Calculate("2026-01")),
              ElementsAre(Posted{"ann", "2026-01", 3'333}, Posted{"bob", "2026-01", 3'333},
                          Posted{"cat", "2026-01", 3'334}));
  // 40.00 goes back: the parts of the 60.00 that stand are paid, 20.00 each.
  company.Refund("r1", "o1", 4'000, "2026-01-20");
  EXPECT_THAT(PostedBy(company.Calculate("2026-01")),
              ElementsAre(Posted{"ann", "2026-01", 2'000}, Posted{"bob", "2026-01", 2'000},
                          Posted{"cat", "2026-01", 2'000}));
}

TEST(CalculateRun, OverlaysToEverybodyWhoHoldsTheRoleThatDay) {
  Component lead = Flat("lead", 10'000);
  lead.commission.credit_rule = {CreditKind::kOverlay, {To(BusinessRole::kManager, 1, 2)}};
  CompanyForTest company;
  company.Member("ann").Member("max", BusinessRole::kManager).Member("mia", BusinessRole::kManager);
  company.Pays({lead}).Order("o1", "ann", 10'000'000, "2026-01-10");
  EXPECT_THAT(PostedBy(company.Calculate("2026-01")),
              ElementsAre(Posted{"max", "2026-01", 50'000}, Posted{"mia", "2026-01", 50'000}));
}

TEST(CalculateRun, PaysCollectedMoneyInTheMonthItCameIn) {
  Component collected = Flat("collected", 20'000);
  collected.commission.base = CommissionBase::kCollected;
  CompanyForTest company;
  company.Member("ann").Pays({collected});
  company.Order("o1", "ann", 2'000'000, "2026-01-10");
  EXPECT_THAT(PostedBy(company.Lock("2026-01")), IsEmpty());
  company.Payment("p1", "o1", 1'000'000, "2026-02-10").Payment("p2", "o1", 1'000'000, "2026-03-10");
  EXPECT_THAT(PostedBy(company.Lock("2026-02")), ElementsAre(Posted{"ann", "2026-02", 20'000}));
  EXPECT_THAT(PostedBy(company.Lock("2026-03")), ElementsAre(Posted{"ann", "2026-03", 20'000}));
  // 15,000.00 goes back: the last payment whole, then half of the first.
  company.Refund("r1", "o1", 1'500'000, "2026-04-02");
  EXPECT_THAT(PostedBy(company.Lock("2026-04")),
              ElementsAre(Posted{"ann", "2026-02", -10'000}, Posted{"ann", "2026-03", -20'000}));
}

TEST(CalculateRun, RefundReportedTwiceTakesBackOnlyWhatWasEarned) {
  CompanyForTest company;
  company.Member("ann").Pays({Flat("orders", 20'000)});
  company.Order("o1", "ann", 10'000'000, "2026-01-10");
  EXPECT_THAT(PostedBy(company.Lock("2026-01")), ElementsAre(Posted{"ann", "2026-01", 200'000}));
  company.Refund("of the sales system", "o1", 10'000'000, "2026-02-03");
  company.Refund("of the bank", "o1", 10'000'000, "2026-02-04");
  const auto february = company.Lock("2026-02");
  EXPECT_THAT(PostedBy(february), ElementsAre(Posted{"ann", "2026-01", -200'000}));
  EXPECT_THAT(ExcludedForTest(*february, "2026-02"),
              UnorderedElementsAre(Pair(Exclusion::kRefundBeyondOrder, 1)));
  EXPECT_EQ(company.PostedOf("ann"), 0);
}

TEST(CalculateRun, PaysOnAnOverpaymentUntilItIsRefunded) {
  Component collected = Flat("collected", 20'000);
  collected.commission.base = CommissionBase::kCollected;
  CompanyForTest company;
  company.Member("ann").Pays({collected}).Order("o1", "ann", 1'000'000, "2026-01-10");
  company.Payment("p1", "o1", 1'500'000, "2026-01-20");
  EXPECT_THAT(PostedBy(company.Lock("2026-01")), ElementsAre(Posted{"ann", "2026-01", 30'000}));
  company.Refund("r1", "o1", 500'000, "2026-02-10");
  EXPECT_THAT(PostedBy(company.Lock("2026-02")), ElementsAre(Posted{"ann", "2026-01", -10'000}));
}

TEST(CalculateRun, RoundsCollectedPartsOnTheRunningTotal) {
  // 10.01 over payments of 33.33, 33.33 and 33.34: 3.34, 3.33, 3.34 and not three times 3.34.
  Component collected = Flat("collected", 100'100);
  collected.commission.base = CommissionBase::kCollected;
  CompanyForTest company;
  company.Member("ann").Pays({collected}).Order("o1", "ann", 10'000, "2026-01-01");
  company.Payment("p1", "o1", 3'333, "2026-01-10").Payment("p2", "o1", 3'333, "2026-01-11");
  company.Payment("p3", "o1", 3'334, "2026-01-12");
  const auto result = company.Calculate("2026-01");
  ASSERT_THAT(result, IsOk());
  const std::vector<Credit> credits = CreditsOf(result->lines[0]);
  ASSERT_EQ(credits.size(), 3);
  EXPECT_EQ(credits[0].earned_minor, 334);
  EXPECT_EQ(credits[1].earned_minor, 333);
  EXPECT_EQ(credits[2].earned_minor, 334);
  EXPECT_EQ(result->lines[0].earned_minor, 1'001);
}

TEST(CalculateRun, ReversedPaymentNetsToZero) {
  Component collected = Flat("collected", 20'000);
  collected.commission.base = CommissionBase::kCollected;
  CompanyForTest company;
  company.Member("ann").Pays({collected}).Order("o1", "ann", 1'000'000, "2026-01-01");
  company.Payment("p1", "o1", 1'000'000, "2026-01-10")
      .Payment("p2", "o1", -1'000'000, "2026-02-10");
  EXPECT_THAT(PostedBy(company.Lock("2026-01")), ElementsAre(Posted{"ann", "2026-01", 20'000}));
  EXPECT_THAT(PostedBy(company.Lock("2026-02")), ElementsAre(Posted{"ann", "2026-02", -20'000}));
}

TEST(CalculateRun, FollowsEventTimeThenSourceThenId) {
  CompanyForTest company;
  company.Member("ann").Pays({Tiered(TierMode::kMarginal)});
  company.Order("b", "ann", 6'000'000, "2026-01-10").Order("a", "ann", 6'000'000, "2026-01-10");
  company.Order("c", "ann", 1'000'000, "2026-01-09");
  const auto result = company.Calculate("2026-01");
  ASSERT_THAT(result, IsOk());
  std::vector<std::string> ids;
  for (const Credit& credit : CreditsOf(result->lines[0])) {
    ids.push_back(credit.order.source_event_id);
  }
  EXPECT_THAT(ids, ElementsAre("c", "a", "b"));
}

TEST(CalculateRun, PutsAnOrderIntoTheMonthOfTheTenantsZone) {
  CompanyForTest company;
  company.Member("ann").Pays({Flat("orders", 10'000)});
  company.Order("o1", "ann", 1'000'000, "2026-02-01 00:00");  // 16:00 UTC of 31 January
  EXPECT_THAT(PostedBy(company.Calculate("2026-01")), IsEmpty());
  EXPECT_THAT(PostedBy(company.Calculate("2026-02")),
              ElementsAre(Posted{"ann", "2026-02", 10'000}));
}

TEST(CalculateRun, PostsAnEarlierMonthsLateOrderWithItsOrigin) {
  CompanyForTest company;
  company.Member("ann").Pays({Flat("orders", 10'000)});
  company.Order("o1", "ann", 10'000'000, "2026-01-10");
  ASSERT_THAT(company.Lock("2026-01"), IsOk());
  company.Order("late", "ann", 3'000'000, "2026-01-20").Order("o2", "ann", 500'000, "2026-02-05");
  EXPECT_THAT(PostedBy(company.Lock("2026-02")),
              ElementsAre(Posted{"ann", "2026-01", 30'000}, Posted{"ann", "2026-02", 5'000}));
}

TEST(CalculateRun, CorrectionPostsDifferencesAndForgetsNothing) {
  // Vector 20: 1,000 locked; 1,300 and then 1,250 as known later post +300 and -50.
  CompanyForTest company;
  company.Member("ann").Pays({Flat("orders", 10'000)});
  company.Order("o1", "ann", 10'000'000, "2026-01-10");
  ASSERT_THAT(company.Lock("2026-01"), IsOk());
  company.Order("o2", "ann", 3'000'000, "2026-01-20");
  EXPECT_THAT(PostedBy(company.Lock("2026-01")), ElementsAre(Posted{"ann", "2026-01", 30'000}));
  company.Refund("r1", "o2", 500'000, "2026-02-10");
  EXPECT_THAT(PostedBy(company.Lock("2026-02")), ElementsAre(Posted{"ann", "2026-01", -5'000}));
  // A further run of January does not pay again what February took back.
  EXPECT_THAT(PostedBy(company.Lock("2026-01")), ElementsAre(Posted{"ann", "2026-01", 0}));
  EXPECT_EQ(company.PostedOf("ann"), 125'000);
}

TEST(CalculateRun, TakesBackWhatWasPostedForARetractedOrder) {
  CompanyForTest company;
  company.Member("ann").Pays({Flat("orders", 10'000)});
  company.Order("o1", "ann", 10'000'000, "2026-01-10");
  ASSERT_THAT(company.Lock("2026-01"), IsOk());
  company.facts().orders.clear();
  EXPECT_THAT(PostedBy(company.Lock("2026-02")), ElementsAre(Posted{"ann", "2026-01", -100'000}));
}

TEST(CalculateRun, TakesBackWhatAComponentPostedThatThePlanNoLongerHas) {
  CompanyForTest company;
  company.Member("ann").Pays({Flat("kept", 10'000), Flat("gone", 20'000)});
  company.Order("o1", "ann", 1'000'000, "2026-01-10");
  const auto january = company.Lock("2026-01");
  ASSERT_THAT(january, IsOk());
  company.Pays({Flat("kept", 10'000)});
  const auto february = company.Lock("2026-02");
  ASSERT_THAT(PostedBy(february), ElementsAre(Posted{"ann", "2026-01", -20'000}));
  const RunLine& line = february->lines[0];
  EXPECT_EQ(line.key.component.text(), "gone");
  EXPECT_EQ(line.earned_minor, 0);
  EXPECT_EQ(line.posted_minor, 20'000);
  EXPECT_EQ(line.credit_count, 0);
  EXPECT_EQ(line.content_hash, january->plans[0].content_hash) << "of the version that posted it";
  EXPECT_EQ(company.PostedOf("ann"), 10'000);
  EXPECT_THAT(PostedBy(company.Lock("2026-03")), IsEmpty()) << "it is taken back once";
}

TEST(CalculateRun, TakesBackWhatWasPostedForAMonthThatNoVersionPaysAnyMore) {
  CompanyForTest company;
  company.Member("ann").Pays({Flat("orders", 10'000)});
  company.Order("o1", "ann", 1'000'000, "2026-01-10").Order("o2", "ann", 500'000, "2026-02-10");
  ASSERT_THAT(company.Lock("2026-01"), IsOk());
  company.Pays({});
  const auto february = company.Lock("2026-02");
  ASSERT_THAT(PostedBy(february), ElementsAre(Posted{"ann", "2026-01", -10'000}));
  EXPECT_EQ(february->totals.at(CurrencyForTest("CNY")), -10'000);
  EXPECT_THAT(PostedBy(company.Lock("2026-03")), IsEmpty()) << "it is taken back once";
  // Once it is paid again, all of it is.
  company.Pays({Flat("orders", 10'000)});
  EXPECT_THAT(PostedBy(company.Lock("2026-04")),
              ElementsAre(Posted{"ann", "2026-01", 10'000}, Posted{"ann", "2026-02", 5'000}));
}

TEST(CalculateRun, CountsWhatEarnsNothing) {
  CompanyForTest company;
  company.Member("ann").Member("max", BusinessRole::kManager).Pays({Flat("orders", 10'000)});
  company.Order("paid", "ann", 100, "2026-01-10").Order("nobody", "ann", 100, "2026-01-10");
  company.Order("role", "ann", 100, "2026-01-10").Order("held", "max", 100, "2026-01-10");
  company.Order("pending", "ann", 100, "2026-01-10").Order("other-month", "max", 1, "2026-02-10");
  company.facts().orders[1].member.reset();
  company.facts().orders[2].acting_role = BusinessRole::kMarketing;
  company.facts().orders[4].confirmed = false;
  company.Payment("p1", "nowhere", 100, "2026-01-11").Payment("p2", "paid", 10, "2026-01-11");
  company.Refund("r1", "paid", 40, "2026-01-12");
  const auto result = company.Calculate("2026-01");
  ASSERT_THAT(result, IsOk());
  EXPECT_THAT(ExcludedForTest(*result, "2026-01"),
              UnorderedElementsAre(
                  Pair(Exclusion::kNoMember, 1), Pair(Exclusion::kNoPlan, 1),
                  Pair(Exclusion::kRoleNotHeld, 1), Pair(Exclusion::kOrderNotConfirmed, 1),
                  Pair(Exclusion::kOrderUnknown, 1), Pair(Exclusion::kRefundBeyondPayments, 1)));
}

TEST(CalculateRun, NamesTheEarliestFactsThatEarnNothing) {
  CompanyForTest company;
  company.Member("ann").Pays({Flat("orders", 10'000)});
  company.Order("paid", "ann", 100, "2026-01-10");
  for (const char* id : {"o7", "o6", "o5", "o4", "o3", "o2", "o1"}) {
    company.Order(id, "anm", 100, "2026-01-12");  // misspelt
  }
  company.Order("first", "anm", 100, "2026-01-11").Refund("r1", "o1", 300, "2026-01-13");
  const auto result = company.Calculate("2026-01");
  ASSERT_THAT(result, IsOk());
  const absl::CivilDay january = DayForTest("2026-01-01");
  const ExcludedFacts& unknown = result->excluded.at({january, Exclusion::kMemberUnknown});
  EXPECT_EQ(unknown.count, 8);
  std::vector<std::string> named;
  for (const ExcludedFact& fact : unknown.earliest) {
    named.push_back(fact.place.key.source_event_id);
    EXPECT_EQ(fact.member, MemberForTest("anm"));
  }
  EXPECT_THAT(named, ElementsAre("first", "o1", "o2", "o3", "o4"));
  const ExcludedFacts& beyond = result->excluded.at({january, Exclusion::kRefundBeyondOrder});
  ASSERT_THAT(beyond.earliest, SizeIs(1));
  EXPECT_EQ(beyond.earliest[0].place.key.source_event_id, "r1");
  EXPECT_EQ(beyond.earliest[0].member, MemberForTest("anm")) << "whom its order names";
}

TEST(CalculateRun, TellsWhatEarnsNothingInTheMonthsItRestatesToo) {
  CompanyForTest company;
  company.Member("ann").Pays({Flat("orders", 10'000)});
  company.Order("paid", "ann", 10'000, "2026-01-10");
  ASSERT_THAT(company.Lock("2026-01"), IsOk());
  company.Order("late", "anm", 10'000, "2026-01-11").Order("o2", "ann", 10'000, "2026-02-11");
  const auto february = company.Calculate("2026-02");
  ASSERT_THAT(february, IsOk());
  EXPECT_THAT(ExcludedForTest(*february, "2026-01"),
              UnorderedElementsAre(Pair(Exclusion::kMemberUnknown, 1)));
  EXPECT_THAT(ExcludedForTest(*february, "2026-02"), IsEmpty());
}

TEST(CalculateRun, CountsPaymentsThatEarnNothing) {
  Component collected = Flat("collected", 10'000);
  collected.commission.base = CommissionBase::kCollected;
  CompanyForTest company;
  company.Member("ann").Member("max", BusinessRole::kManager).Pays({collected});
  for (const char* id : {"paid", "nobody", "role", "pending"})
    company.Order(id, "ann", 100, "2025-12-10");
  company.Order("held", "max", 100, "2025-12-10");
  company.facts().orders[1].member.reset();
  company.facts().orders[2].acting_role = BusinessRole::kMarketing;
  company.facts().orders[3].confirmed = false;
  for (const char* id : {"paid", "nobody", "role", "pending", "held", "nowhere"}) {
    company.Payment(std::string("p-") + id, id, 100, "2026-01-11");
  }
  company.Payment("another month", "nobody", 100, "2026-02-11");
  const auto january = company.Calculate("2026-01");
  EXPECT_THAT(PostedBy(january), ElementsAre(Posted{"ann", "2026-01", 1}));
  EXPECT_THAT(
      ExcludedForTest(*january, "2026-01"),
      UnorderedElementsAre(Pair(Exclusion::kNoMember, 1), Pair(Exclusion::kNoPlan, 1),
                           Pair(Exclusion::kRoleNotHeld, 1), Pair(Exclusion::kOrderNotConfirmed, 1),
                           Pair(Exclusion::kOrderUnknown, 1)));
  // Where no plan pays on payments, none of them is missing.
  company.Pays({Flat("orders", 10'000)});
  EXPECT_THAT(ExcludedForTest(*company.Calculate("2026-01"), "2026-01"),
              UnorderedElementsAre(Pair(Exclusion::kOrderUnknown, 1)));
}

// How far back a run reads depends on facts of other orders; what it pays must not.
TEST(CalculateRun, CountsNothingDatedLongBeforeItsOrder) {
  Component collected = Flat("collected", 10'000);
  collected.commission.base = CommissionBase::kCollected;
  CompanyForTest company;
  company.Member("ann").Pays({Flat("orders", 10'000), collected});
  company.Order("o1", "ann", 500, "2026-01-01").Payment("p1", "o1", 300, "2026-01-02");
  company.Payment("early", "o1", 100, "2025-01-01").Refund("early back", "o1", 100, "2025-01-01");
  company.Refund("late back", "o1", 200, "2026-01-03");
  CompanyForTest refunded = company;
  refunded.Refund("back", "o1", 100, "2024-12-31");
  CompanyForTest reversed = company;  // were it one, p1 would not be there to be refunded
  reversed.Payment("reversal", "o1", -300, "2024-12-31");
  for (CompanyForTest* each : {&company, &refunded, &reversed}) {
    const auto result = each->Calculate("2026-01");
    ASSERT_THAT(result, IsOk());
    EXPECT_THAT(PostedBy(result),
                ElementsAre(Posted{"ann", "2026-01", 2}, Posted{"ann", "2026-01", 1}));
  }
}

TEST(CalculateRun, CountsRefundsOfMonthsThatAreNoLongerRestated) {
  Component collected = Flat("collected", 10'000);
  collected.commission.base = CommissionBase::kCollected;
  CompanyForTest company;
  company.Member("ann").Pays({collected});
  // Of both orders a part was paid too long ago, and of the second a part within reach.
  company.Order("old", "ann", 500, "2022-12-31").Payment("p1", "old", 500, "2022-12-31");
  company.Order("paid-later", "ann", 500, "2022-12-31")
      .Payment("p2", "paid-later", 300, "2022-12-31");
  company.Payment("p3", "paid-later", 200, "2023-01-01");
  company.Refund("r1", "old", 100, "2026-01-11").Refund("r2", "paid-later", 200, "2026-01-11");
  company.Refund("r3", "old", 100, "2025-12-31");
  const auto count = [&](absl::string_view month) {
    return ExcludedForTest(*company.Calculate(month), month)[Exclusion::kRefundOutOfReach];
  };
  EXPECT_EQ(count("2026-01"), 1) << "r1: r2 lowers what is within reach";
  company.Refund("r4", "paid-later", 1, "2026-01-12");
  EXPECT_EQ(count("2026-01"), 2);
  // On the orders themselves all three go back, each counted once, whichever plans look at it.
  company.Pays({Flat("orders", 10'000), collected});
  EXPECT_EQ(count("2026-01"), 3);
  company.Pays({Flat("orders", 10'000)});
  EXPECT_EQ(count("2025-12"), 0) << "a month earlier it is within reach";
}

TEST(CalculateRun, NeverAddsUpTwoCurrencies) {
  Component collected = Flat("collected", 10'000);
  collected.commission.base = CommissionBase::kCollected;
  CompanyForTest company;
  company.Member("ann").Pays({Flat("orders", 10'000), collected});
  company.Order("dollars", "ann", 100'000, "2026-01-10").Order("o1", "ann", 10'000, "2026-01-10");
  company.Payment("p1", "dollars", 50'000, "2026-01-11").Payment("p2", "o1", 7'000, "2026-01-11");
  company.Payment("p3", "o1", 3'000, "2026-01-11").Refund("r1", "o1", 4'000, "2026-01-12");
  const base::Currency usd = CurrencyForTest("USD");
  company.facts().orders[0].value.currency = usd;
  company.facts().payments[0].amount.currency = usd;  // as its order: counted once more
  company.facts().payments[2].amount.currency = usd;
  company.facts().refunds[0].amount.currency = usd;
  const auto result = company.Calculate("2026-01");
  EXPECT_THAT(PostedBy(result),
              ElementsAre(Posted{"ann", "2026-01", 100}, Posted{"ann", "2026-01", 70}));
  EXPECT_THAT(ExcludedForTest(*result, "2026-01"),
              UnorderedElementsAre(Pair(Exclusion::kOtherCurrency, 4)));
}

TEST(CalculateRun, RefusesAPayeeNobodyKnows) {
  Component shared = Flat("shared", 30'000);
  shared.commission.credit_rule = {CreditKind::kSplit,
                                   {To(OrderMember{}, 1, 2), To(MemberForTest("ghost"), 1, 2)}};
  CompanyForTest company;
  company.Member("ann").Pays({shared}).Order("o1", "ann", 100, "2026-01-10");
  EXPECT_THAT(company.Calculate("2026-01"), HasReason("PAYEE_UNKNOWN"));
}

TEST(CalculateRun, RefusesATotalBeyondInt64) {
  CompanyForTest company;
  company.Member("ann").Pays({Flat("orders", 10'000)});
  for (int i = 0; i < 1'000; ++i) {
    company.Order("o" + std::to_string(i), "ann", base::Money::kMinorMax, "2026-01-10");
  }
  EXPECT_THAT(company.Calculate("2026-01"), HasReason("AMOUNT_OVERFLOW"));
}

TEST(CalculateRun, PacksALongLineIntoChunks) {
  CompanyForTest company;
  company.Member("ann").Pays({Flat("orders", 10'000)});
  for (int i = 0; i < 1'000; ++i) company.Order("o" + std::to_string(i), "ann", 199, "2026-01-10");
  const auto result = company.Calculate("2026-01");
  ASSERT_THAT(result, IsOk());
  ASSERT_EQ(result->lines.size(), 1);
  EXPECT_GE(result->lines[0].chunks.size(), 5);
  EXPECT_EQ(result->lines[0].credit_count, 1'000);
  int64_t earned = 0;
  for (const Credit& credit : CreditsOf(result->lines[0])) earned += credit.earned_minor;
  EXPECT_EQ(earned, result->lines[0].earned_minor);
  EXPECT_EQ(earned, 1'990);
}

TEST(ParseCreditChunk, RefusesABrokenChunk) {
  CreditPacker packer;
  packer.Add(
      {.order = {"crm", "o1"}, .payment = FactKey{"bank", "p1"}, .refunds = {{"crm", "r1"}}});
  const std::string bytes = packer.Finish()[0].bytes;
  ASSERT_THAT(ParseCreditChunk(bytes), IsOk());
  for (size_t size = 2; size < bytes.size(); ++size) {
    EXPECT_FALSE(ParseCreditChunk(bytes.substr(0, size)).ok()) << size;
  }
}

}  // namespace
}  // namespace argosy::incentives
