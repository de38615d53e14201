#include "services/metrics/domain/answer.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/metrics/domain/errors.h"
#include "services/metrics/domain/facts_for_test.h"
#include "tests/support/status_matchers.h"

namespace argosy::metrics {
namespace {

using ::argosy::testing::IsFault;
using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

Inquiry Asks(absl::string_view buyer, Grade grade = Grade::kA) {
  return {.grade = grade, .buyer_key = std::string(buyer), .product_line = "pumps"};
}

std::vector<RecordedFact> ManyInquiries(int count, int orders, absl::string_view channel) {
  std::vector<RecordedFact> facts;
  for (int i = 0; i < count; ++i) {
    const std::string id = absl::StrCat(channel, "-i", i);
    facts.push_back(On(channel, FactAt("2026-03-10 10:00", id, Asks(id))));
    if (i < orders) {
      facts.push_back(
          On(channel, FactAt("2026-04-10 10:00", absl::StrCat(id, "-o"), OrderFor(id, 1000))));
    }
  }
  return facts;
}

// Excluded first, then repeats: the spam does not swallow the real inquiry that follows it.
TEST(InquiryCount, ExcludesFirstThenDropsRepeats) {
  Inquiry spam = Asks("ann");
  spam.exclusion = Exclusion::kSpam;
  const FactBook book = BookOf({FactAt("2026-03-10 09:00", "spam", spam),
                                FactAt("2026-03-10 10:00", "kept", Asks("ann")),
                                FactAt("2026-03-11 09:59", "repeat", Asks("ann")),
                                FactAt("2026-03-11 10:00", "next", Asks("ann")),
                                FactAt("2026-03-10 10:00", "other", Asks("bob"))});
  EXPECT_EQ(RowOf(book, March(), "inquiry_count").numerator, 3);
}

TEST(InquiryCount, AnInquiryWithoutABuyerRepeatsNothing) {
  const FactBook book = BookOf(
      {FactAt("2026-03-10 09:00", "a", Asks("")), FactAt("2026-03-10 09:01", "b", Asks(""))});
  EXPECT_EQ(RowOf(book, March(), "inquiry_count").numerator, 2);
}

// A repeat on the first day of the period of one that came just before it.
TEST(InquiryCount, ARepeatOfWhatCameBeforeThePeriodIsOne) {
  const FactBook book = BookOf(
      {FactAt("2026-02-28 20:00", "a", Asks("ann")), FactAt("2026-03-01 10:00", "b", Asks("ann"))});
  EXPECT_EQ(RowOf(book, March(), "inquiry_count").numerator, 0);
}

// PostHog 17415: UTC+8 shifted a day.
TEST(Buckets, AreDaysOfTheReportingZone) {
  const FactBook book = BookOf({FactAt("2026-03-01 00:00", "first", Asks("a")),
                                FactAt("2026-02-28 23:59", "before", Asks("b")),
                                FactAt("2026-03-31 23:59", "last", Asks("c")),
                                FactAt("2026-04-01 00:00", "after", Asks("d"))});
  Question question = March();
  question.dimensions = {Dimension::kDay};
  const auto rows = ComputeRows(book, question, {FindDefinition("inquiry_count")}).value();
  ASSERT_EQ(rows.size(), 31u);
  EXPECT_EQ(rows.front().numerator, 1);
  EXPECT_THAT(rows.front().cell.values, ElementsAre("2026-03-01"));
  EXPECT_EQ(rows.back().numerator, 1);
  EXPECT_EQ(rows[1].status(), Status::kNoData);
}

TEST(OrderRate, FollowsEachInquiryForItsOwnWindow) {
  const FactBook book = BookOf(
      {FactAt("2026-03-31 10:00", "i1", Asks("a")), FactAt("2026-03-31 10:00", "i2", Asks("b")),
       // Day 90 after 31 March is 29 June: past the period's end and still inside.
       FactAt("2026-06-29 23:00", "o1", OrderFor("i1", 100)),
       FactAt("2026-06-30 00:00", "o2", OrderFor("i2", 100))});
  const MetricRow row = RowOf(book, March(), "inquiry_order_rate");
  EXPECT_EQ(row.numerator, 1);
  EXPECT_EQ(row.denominator, 2);
}

// MetricFlow 2068: a rate above 100 %.
TEST(OrderRate, AnInquiryConvertsOnce) {
  const FactBook book = BookOf({FactAt("2026-03-10 10:00", "i1", Asks("a")),
                                FactAt("2026-03-12 10:00", "o1", OrderFor("i1", 100)),
                                FactAt("2026-03-13 10:00", "o2", OrderFor("i1", 100))});
  const MetricRow row = RowOf(book, March(), "inquiry_order_rate");
  EXPECT_EQ(row.numerator, 1);
  EXPECT_EQ(row.denominator, 1);
}

// Odoo takes the absolute value of a negative span.
TEST(OrderRate, AnOrderBeforeItsInquiryConvertsNothing) {
  const FactBook book = BookOf({FactAt("2026-03-10 10:00", "i1", Asks("a")),
                                FactAt("2026-03-09 10:00", "o1", OrderFor("i1", 100))});
  EXPECT_EQ(RowOf(book, March(), "inquiry_order_rate").numerator, 0);
}

// Frappe drops lost deals from every step, which leaves survivors alone.
TEST(OrderRate, LostInquiriesStayInTheDenominator) {
  Inquiry lost = Asks("a");
  lost.outcome = InquiryOutcome::kLost;
  const FactBook book = BookOf({FactAt("2026-03-10 10:00", "i1", lost)});
  EXPECT_EQ(RowOf(book, March(), "inquiry_order_rate").denominator, 1);
}

TEST(OrderRate, AnOrderOfARepeatIsTheFirstOnes) {
  const FactBook book = BookOf({FactAt("2026-03-10 10:00", "i1", Asks("a")),
                                FactAt("2026-03-10 20:00", "i2", Asks("a")),
                                FactAt("2026-03-20 10:00", "o1", OrderFor("i2", 100))});
  const MetricRow row = RowOf(book, March(), "inquiry_order_rate");
  EXPECT_EQ(row.numerator, 1);
  EXPECT_EQ(row.denominator, 1);
}

TEST(OrderRate, LeavesOutWhatIsInsideItsWindowAtTheCut) {
  const FactBook book = BookOf({FactAt("2026-03-01 10:00", "old", Asks("a")),
                                FactAt("2026-03-02 10:00", "young", Asks("b")),
                                FactAt("2026-03-05 10:00", "o", OrderFor("young", 100))});
  Question question = March();
  question.cut = At("2026-05-31 12:00");  // 1 March + 90 days is 30 May
  const MetricRow row = RowOf(book, question, "inquiry_order_rate");
  EXPECT_EQ(row.denominator, 1);
  EXPECT_EQ(row.numerator, 0);
  EXPECT_EQ(row.immature, 1);
  EXPECT_TRUE(Finds(row, Status::kImmature, "INSIDE_WINDOW"));
}

TEST(OrderRate, ActivityCountsConversionsOfThePeriod) {
  const FactBook book = BookOf({FactAt("2026-02-10 10:00", "i1", Asks("a")),
                                FactAt("2026-03-05 10:00", "o1", OrderFor("i1", 100)),
                                FactAt("2026-03-10 10:00", "i2", Asks("b"))});
  Question question = March();
  question.mode = Mode::kActivity;
  const MetricRow row = RowOf(book, question, "inquiry_order_rate");
  EXPECT_EQ(row.numerator, 1);
  EXPECT_EQ(row.denominator, 1);
  EXPECT_EQ(row.immature, 0);
}

TEST(EffectiveRate, LooksAtGradesAToC) {
  const FactBook book = BookOf({FactAt("2026-03-10 10:00", "a", Asks("a", Grade::kC)),
                                FactAt("2026-03-10 10:00", "b", Asks("b", Grade::kD)),
                                FactAt("2026-03-10 10:00", "c", Asks("c", Grade::kUngraded)),
                                FactAt("2026-03-12 10:00", "o", OrderFor("b", 100))});
  EXPECT_EQ(RowOf(book, March(), "effective_inquiry_count").numerator, 1);
  EXPECT_EQ(RowOf(book, March(), "effective_order_rate").denominator, 1);
  EXPECT_EQ(RowOf(book, March(), "effective_order_rate").numerator, 0);
}

// Krayin dates won deals by creation in the card and by closing in the chart: here, by order date.
TEST(Revenue, CountsOnTheOrdersDayLessRefundsWheneverTheyCome) {
  Order pending = OrderFor("i", 7'000);
  pending.status = OrderStatus::kPending;
  const FactBook book = BookOf({FactAt("2026-03-10 10:00", "o1", OrderFor("i", 10'000)),
                                FactAt("2026-05-10 10:00", "r1", RefundOf("o1", 4'000)),
                                FactAt("2026-03-11 10:00", "o2", OrderFor("i", 5'000)),
                                FactAt("2026-06-11 10:00", "r2", RefundOf("o2", 5'000)),
                                FactAt("2026-03-12 10:00", "o3", pending),
                                FactAt("2026-03-13 10:00", "o4", OrderFor("i", 0))});
  EXPECT_EQ(RowOf(book, March(), "revenue").numerator, 6'000);
  EXPECT_EQ(RowOf(book, March(), "order_count").numerator, 2);  // o1 and the free o4
}

// The sales system and the bank tell of one refund.
TEST(Revenue, ARefundToldTwiceTakesBackNoMoreThanTheOrder) {
  const FactBook book = BookOf({FactAt("2026-03-10 10:00", "o", OrderFor("i", 1'000)),
                                FactAt("2026-03-11 10:00", "r1", RefundOf("o", 600)),
                                FactAt("2026-03-12 10:00", "r2", RefundOf("o", 600)),
                                FactAt("2026-03-13 10:00", "r3", RefundOf("o", 600))});
  EXPECT_EQ(RowOf(book, March(), "revenue").numerator, 0);
  std::vector<std::pair<int64_t, std::string>> told;
  const Explanation explanation = Explain(book, March(), *FindDefinition("revenue"), {}).value();
  for (const ExplainedFact& fact : explanation.facts) {
    told.emplace_back(fact.contribution, std::string(fact.reason));
  }
  EXPECT_THAT(told, UnorderedElementsAre(Pair(1'000, ""), Pair(-600, ""), Pair(-400, ""),
                                         Pair(0, "REFUND_BEYOND_ORDER")));
}

// A refund is no sign of an order in its own month: the month stays without data, and says where
// the refund counts.
TEST(Revenue, ARefundOfAnotherMonthsOrderIsNoDataOfItsOwn) {
  for (const FactBook& book :
       {BookOf({FactAt("2026-03-10 10:00", "r", RefundOf("never-sent", 400))}),
        BookOf({FactAt("2026-02-10 10:00", "o", OrderFor("i", 900)),
                FactAt("2026-03-10 10:00", "r", RefundOf("o", 400))})}) {
    EXPECT_TRUE(Finds(RowOf(book, March(), "revenue"), Status::kNoData, "NO_FACTS"));
    const auto facts = Explain(book, March(), *FindDefinition("revenue"), {}).value().facts;
    ASSERT_EQ(facts.size(), 1u);
    const bool is_known = book.facts.size() == 2;
    EXPECT_EQ(facts[0].reason, is_known ? "COUNTS_ON_ORDER_DATE" : "ORDER_NOT_IN_PERIOD");
  }
}

// It stands where its order does, whoever sent it back.
TEST(Revenue, ARefundIsToldOfTheChannelOfItsOrder) {
  const FactBook book = BookOf({On("google", FactAt("2026-02-10 10:00", "o", OrderFor("i", 900))),
                                On("seo", FactAt("2026-03-10 10:00", "r", RefundOf("o", 400)))});
  Question question = March();
  question.channels = {base::ChannelId::Parse("google").value()};
  EXPECT_EQ(Explain(book, question, *FindDefinition("revenue"), {}).value().facts.size(), 1u);
  question.channels = {base::ChannelId::Parse("seo").value()};
  EXPECT_EQ(Explain(book, question, *FindDefinition("revenue"), {}).value().facts.size(), 0u);
}

// However long the period, so that an answer does not depend on what else is read.
TEST(Revenue, ARefundDatedTooLongBeforeItsOrderIsNoneOfIt) {
  const FactBook book = BookOf({FactAt("2026-03-10 10:00", "o", OrderFor("i", 900)),
                                FactAt("2025-03-10 10:00", "in time", RefundOf("o", 300)),
                                FactAt("2025-03-09 10:00", "too early", RefundOf("o", 400))});
  EXPECT_EQ(RowOf(book, March(), "revenue").numerator, 600);
  for (const FactWindow& window : WindowsFor(March(), {FactKind::kRefund}, 3)) {
    EXPECT_EQ(window.days.begin, March().period.begin - kRefundLeadDaysMax);
    EXPECT_GT(window.days.end, absl::CivilDay(2099, 12, 30));
  }
}

// A fee of every day says nothing of the days whose media nobody reported.
TEST(SpendCoverage, CountsDaysOfMediaAlone) {
  const FactBook book = BookOf(
      {On("google", FactAt("2026-03-02", "m", Spend{.amount = Usd(0)})),
       On("facebook", FactAt("2026-03-02", "n", Spend{.amount = Usd(1)})),
       On("facebook", FactAt("2026-03-03", "o", Spend{.amount = Usd(1)})),
       On("google",
          FactAt("2026-03-03", "f", Spend{.kind = SpendKind::kAgencyFee, .amount = Usd(8'000)})),
       On("facebook",
          FactAt("2026-03-04", "g", Spend{.kind = SpendKind::kAgencyFee, .amount = Usd(1)}))});
  const MetricRow row = RowOf(book, March(), "spend_coverage");
  EXPECT_EQ(row.least_channel.text(), "google");
  EXPECT_EQ(row.numerator, 1);
  const auto facts = Explain(book, March(), *FindDefinition("spend_coverage"), {}).value().facts;
  ASSERT_EQ(facts.size(), 2u);
  EXPECT_EQ(facts[0].contribution + facts[1].contribution, 1);
  EXPECT_EQ(absl::StrCat(facts[0].reason, facts[1].reason), "NOT_MEDIA");
}

TEST(InquiryCost, DividesPaidSpendByPaidInquiries) {
  std::vector<RecordedFact> facts = ManyInquiries(40, 0, "google");
  facts.push_back(On("seo", FactAt("2026-03-10 10:00", "organic", Asks("z"))));
  facts.push_back(On("google", FactAt("2026-03-02", "s1", Spend{.amount = Usd(40'000)})));
  facts.push_back(On("google", FactAt("2026-03-02", "s2",
                                      Spend{.kind = SpendKind::kAgencyFee, .amount = Usd(8'000)})));
  const FactBook book = BookOf(facts);
  const MetricRow media = RowOf(book, March(), "inquiry_cost");
  EXPECT_EQ(media.numerator, 40'000);
  EXPECT_EQ(media.denominator, 40);
  EXPECT_EQ(media.status(), Status::kOk);
  EXPECT_NEAR(*media.interval->lower, 734.4, 0.5);
  Question loaded = March();
  loaded.basis = CostBasis::kLoaded;
  EXPECT_EQ(RowOf(book, loaded, "inquiry_cost").numerator, 48'000);
  Question by_channel = March();
  by_channel.dimensions = {Dimension::kChannel};
  const auto rows = ComputeRows(book, by_channel, {FindDefinition("inquiry_cost")}).value();
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_TRUE(Finds(rows[0], Status::kNoData, "NO_FACTS"));  // facebook
  EXPECT_EQ(rows[1].numerator, 40'000);                      // google
  EXPECT_TRUE(Finds(rows[2], Status::kNoData, "NO_SPEND"));  // seo: organic, not free
}

// ERPNext divides by "count or 1".
TEST(InquiryCost, WithoutInquiriesIsAbsentWithItsLowerLimit) {
  const FactBook book =
      BookOf({On("google", FactAt("2026-03-02", "s1", Spend{.amount = Usd(36'889)}))});
  const MetricRow row = RowOf(book, March(), "inquiry_cost");
  EXPECT_FALSE(row.has_value());
  EXPECT_TRUE(Finds(row, Status::kNoData, "COST_AT_LEAST"));
  EXPECT_EQ(row.cost_at_least, 10'000);  // 36,889 / 3.6889 = 10,000.03
}

TEST(EffectiveCost, IsPartialUnderNinetyPercentGraded) {
  std::vector<RecordedFact> facts = ManyInquiries(36, 0, "google");
  for (int i = 0; i < 4; ++i) {
    const std::string id = absl::StrCat("u", i);
    facts.push_back(On("google", FactAt("2026-03-10 10:00", id, Asks(id, Grade::kUngraded))));
  }
  facts.push_back(On("google", FactAt("2026-03-02", "s1", Spend{.amount = Usd(100)})));
  EXPECT_EQ(RowOf(BookOf(facts), March(), "effective_inquiry_cost").status(), Status::kOk);
  facts.push_back(On("google", FactAt("2026-03-10 10:00", "u9", Asks("u9", Grade::kUngraded))));
  EXPECT_TRUE(
      Finds(RowOf(BookOf(facts), March(), "effective_inquiry_cost"), Status::kPartial, "UNGRADED"));
}

TEST(CostPerClick, IsMediaSpendByClicks) {
  const FactBook book =
      BookOf({On("google", FactAt("2026-03-02", "s", Spend{.amount = Usd(1'000)})),
              On("google", FactAt("2026-03-02", "t", Traffic{.clicks = 40, .sessions = 30}))});
  const MetricRow row = RowOf(book, March(), "cost_per_click");
  EXPECT_EQ(row.numerator, 1'000);
  EXPECT_EQ(row.denominator, 40);
  EXPECT_FALSE(row.interval.has_value());
  const FactBook idle =
      BookOf({On("google", FactAt("2026-03-02", "s", Spend{.amount = Usd(1'000)})),
              On("google", FactAt("2026-03-02", "t", Traffic{}))});
  EXPECT_TRUE(Finds(RowOf(idle, March(), "cost_per_click"), Status::kNoData, "ZERO_DENOMINATOR"));
}

TEST(TrafficToInquiry, LeavesOutInquiriesOfDaysWithoutVisits) {
  const FactBook book = BookOf({On("google", FactAt("2026-03-02", "t", Traffic{.sessions = 200})),
                                On("google", FactAt("2026-03-02 10:00", "i1", Asks("a"))),
                                On("google", FactAt("2026-03-03 10:00", "i2", Asks("b"))),
                                FactAt("2026-03-02 10:00", "fair", Asks("c"))});
  const MetricRow row = RowOf(book, March(), "traffic_to_inquiry");
  EXPECT_EQ(row.numerator, 1);
  EXPECT_EQ(row.denominator, 200);
  EXPECT_TRUE(Finds(row, Status::kPartial, "AGGREGATE"));
}

TEST(SpendCoverage, IsThatOfTheChannelWithLeast) {
  std::vector<RecordedFact> facts;
  for (int day = 1; day <= 31; ++day) {
    const std::string date = absl::StrFormat("2026-03-%02d", day);
    facts.push_back(On("google", FactAt(date, absl::StrCat("g", day), Spend{.amount = Usd(0)})));
    facts.push_back(On("google", FactAt(date, absl::StrCat("h", day), Spend{.amount = Usd(5)})));
    if (day <= 20) {
      facts.push_back(
          On("facebook", FactAt(date, absl::StrCat("f", day), Spend{.amount = Usd(1)})));
    }
  }
  const FactBook book = BookOf(facts);
  const MetricRow company = RowOf(book, March(), "spend_coverage");
  EXPECT_EQ(company.numerator, 20);
  EXPECT_EQ(company.denominator, 31);
  EXPECT_EQ(company.least_channel.text(), "facebook");
  Question by_channel = March();
  by_channel.dimensions = {Dimension::kChannel};
  const auto rows = ComputeRows(book, by_channel, {FindDefinition("spend_coverage")}).value();
  EXPECT_EQ(rows[1].numerator, 31);  // google
}

// Nothing reported of a paid channel is no coverage, whichever way one looks.
TEST(SpendCoverage, OfASilentPaidChannelIsZero) {
  const FactBook book = BookOf({On("google", FactAt("2026-03-02", "g", Spend{.amount = Usd(5)})),
                                On("seo", FactAt("2026-03-02 10:00", "i", Asks("a")))});
  EXPECT_EQ(RowOf(book, March(), "spend_coverage").least_channel.text(), "facebook");
  Question question = March();
  question.dimensions = {Dimension::kMonth, Dimension::kChannel};
  const auto rows = ComputeRows(book, question, {FindDefinition("spend_coverage")}).value();
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].status(), Status::kOk);  // facebook
  EXPECT_EQ(rows[0].numerator, 0);
  EXPECT_EQ(rows[0].denominator, 31);
  EXPECT_EQ(rows[0].least_channel.text(), "facebook");
  EXPECT_EQ(rows[1].numerator, 1);                           // google
  EXPECT_TRUE(Finds(rows[2], Status::kNoData, "NO_FACTS"));  // seo is not paid
  EXPECT_EQ(RowOf(BookOf({}), March(), "spend_coverage").status(), Status::kOk);
  FactBook without_paid = book;
  without_paid.channels = {ChannelNamed("seo", Paid::kNo)};
  EXPECT_TRUE(Finds(RowOf(without_paid, March(), "spend_coverage"), Status::kNoData, "NO_FACTS"));
}

Question ByMonth() {
  Question question = March();
  question.dimensions = {Dimension::kMonth};
  return question;
}

int64_t NoteOf(const MetricRow& row, NoteKind kind) {
  for (const Note& note : row.notes) {
    if (note.kind == kind) return note.value;
  }
  return 0;
}

TEST(Notes, SaySpendOfAnotherZonesDays) {
  const auto spend = [](absl::string_view id, absl::string_view zone) {
    return On("google", FactAt("2026-03-02", id,
                               Spend{.amount = Usd(5), .account_time_zone = std::string(zone)}));
  };
  const FactBook book = BookOf({spend("a", "America/Los_Angeles"), spend("b", "Asia/Shanghai"),
                                spend("c", ""), spend("d", "Asia/Singapore"), spend("e", "UTC")});
  const MetricRow row = RowOf(book, March(), "ad_spend");
  EXPECT_EQ(row.numerator, 25);
  // Singapore's days are Shanghai's by another name.
  EXPECT_EQ(NoteOf(row, NoteKind::kGrainMismatch), 2);
  EXPECT_EQ(row.status(), Status::kOk);
  EXPECT_EQ(NoteOf(RowOf(book, March(), "inquiry_count"), NoteKind::kGrainMismatch), 0);
}

TEST(Notes, SayDaysWithoutSpendBeforeTheCut) {
  std::vector<RecordedFact> facts;
  for (int day = 1; day <= 9; ++day) {
    const std::string date = absl::StrFormat("2026-03-%02d", day);
    facts.push_back(On("google", FactAt(date, absl::StrCat("g", day), Spend{.amount = Usd(0)})));
    if (day > 3) continue;
    facts.push_back(On("facebook", FactAt(date, absl::StrCat("f", day), Spend{.amount = Usd(1)})));
  }
  const FactBook book = BookOf(facts);
  Question question = ByMonth();
  EXPECT_EQ(NoteOf(RowOf(book, question, "ad_spend"), NoteKind::kSpendDaysMissing), 28);
  question.cut = At("2026-03-08 12:00");
  EXPECT_EQ(NoteOf(RowOf(book, question, "ad_spend"), NoteKind::kSpendDaysMissing), 4);
  question.dimensions = {Dimension::kChannel};
  const auto rows = ComputeRows(book, question, {FindDefinition("ad_spend")}).value();
  EXPECT_EQ(NoteOf(rows[0], NoteKind::kSpendDaysMissing), 4);  // facebook
  EXPECT_EQ(NoteOf(rows[1], NoteKind::kSpendDaysMissing), 0);  // google
  const FactBook google = BookOf({facts.front()});
  const auto silent = ComputeRows(google, question, {FindDefinition("ad_spend")}).value();
  EXPECT_EQ(NoteOf(silent[0], NoteKind::kSpendDaysMissing), 7);  // facebook
  question.dimensions = {Dimension::kCampaign};
  EXPECT_EQ(NoteOf(RowOf(book, question, "ad_spend"), NoteKind::kSpendDaysMissing), 0);
}

// Spend is credited to nobody, so that somebody's own is never whole.
TEST(Notes, SayNothingOfMissingSpendToWhoSeesTheirOwn) {
  const FactBook book =
      BookOf({On("google", FactAt("2026-03-02", "s", Spend{.amount = Usd(5)})),
              By("li-wei", On("google", FactAt("2026-03-02", "t", Spend{.amount = Usd(5)})))});
  Question question = March();
  EXPECT_EQ(RowOf(book, question, "spend_coverage").denominator, 31);
  question.audience = Audience{.members = {base::MemberId::Parse("li-wei").value()}};
  EXPECT_THAT(RowOf(book, question, "ad_spend").notes, ElementsAre());
  EXPECT_TRUE(Finds(RowOf(book, question, "spend_coverage"), Status::kNoData, "NO_FACTS"));
}

// What was sent before the tenant's currency was changed is not added to what came after.
TEST(Currencies, AreNeverAdded) {
  const base::Money euros{.minor = 500, .currency = base::Currency::Parse("EUR").value()};
  Refund refund = RefundOf("o1", 1);
  refund.amount = euros;
  FactBook book =
      BookOf({FactAt("2026-03-10 10:00", "o1", OrderFor("i", 1'000)),
              FactAt("2026-03-10 10:00", "o2", Order{.value = euros}),
              FactAt("2026-03-11 10:00", "r", refund), FactAt("2026-03-10 10:00", "i", Asks("a")),
              On("google", FactAt("2026-03-10", "s", Spend{.amount = euros}))});
  LeaveOutOtherCurrencies(book, base::Currency::Parse("USD").value());
  const MetricRow revenue = RowOf(book, March(), "revenue");
  EXPECT_EQ(revenue.numerator, 1'000);
  EXPECT_TRUE(Finds(revenue, Status::kPartial, "OTHER_CURRENCY"));
  const MetricRow spend = RowOf(book, March(), "ad_spend");
  EXPECT_FALSE(spend.has_value());
  EXPECT_TRUE(Finds(spend, Status::kPartial, "OTHER_CURRENCY"));
  EXPECT_EQ(RowOf(book, March(), "inquiry_count").status(), Status::kOk);
  LeaveOutOtherCurrencies(book, base::Currency::Parse("USD").value());
  EXPECT_EQ(RowOf(book, March(), "revenue").status(), Status::kOk);
}

// What was left out stays so, whatever is still to come: neither may hide the other.
TEST(Currencies, AreToldBesideWhatIsUnfinished) {
  const base::Money euros{.minor = 500, .currency = base::Currency::Parse("EUR").value()};
  FactBook book =
      BookOf({On("google", FactAt("2026-03-10", "s", Spend{.amount = Usd(1'000)})),
              On("google", FactAt("2026-03-10", "old", Spend{.amount = euros})),
              On("google", FactAt("2026-03-10 10:00", "u", Asks("u", Grade::kUngraded)))});
  LeaveOutOtherCurrencies(book, base::Currency::Parse("USD").value());
  book.sources[0].complete_through = At("2026-03-20 00:00");
  std::vector<absl::string_view> reasons;
  for (const Finding& finding : RowOf(book, March(), "effective_inquiry_cost").findings) {
    if (finding.status == Status::kPartial) reasons.push_back(finding.reason);
  }
  EXPECT_THAT(reasons, ::testing::ElementsAre("SOURCE_BEHIND", "UNGRADED", "OTHER_CURRENCY"));
}

// What was left out belongs to the row it would have counted in, and to no other.
TEST(Currencies, AreMissingWhereTheyWouldHaveCounted) {
  const base::Money euros{.minor = 500, .currency = base::Currency::Parse("EUR").value()};
  Refund refund = RefundOf("april", 1);
  refund.amount = euros;
  Order foreign = OrderFor("i", 1);
  foreign.value = euros;
  FactBook book = BookOf(
      {By("li-wei", FactAt("2026-03-10 10:00", "i", Asks("a"))),
       By("li-wei", FactAt("2026-03-11 10:00", "march", OrderFor("i", 1'000))),
       By("wang-fang", FactAt("2026-04-10 10:00", "april", OrderFor("j", 1'000))),
       FactAt("2026-03-12 10:00", "r", refund), FactAt("2026-04-11 10:00", "foreign", foreign),
       On("google", FactAt("2026-04-10", "s", Spend{.amount = euros}))});
  LeaveOutOtherCurrencies(book, base::Currency::Parse("USD").value());
  EXPECT_EQ(RowOf(book, March(), "revenue").status(), Status::kOk);
  EXPECT_FALSE(Finds(RowOf(book, March(), "ad_spend"), Status::kPartial, "OTHER_CURRENCY"));
  // An order of April may have converted March's inquiry.
  EXPECT_TRUE(
      Finds(RowOf(book, March(), "inquiry_order_rate"), Status::kPartial, "OTHER_CURRENCY"));
  Question april = March();
  april.period = {.begin = absl::CivilDay(2026, 4, 1), .end = absl::CivilDay(2026, 5, 1)};
  EXPECT_TRUE(Finds(RowOf(book, april, "revenue"), Status::kPartial, "OTHER_CURRENCY"));
  EXPECT_TRUE(Finds(RowOf(book, april, "ad_spend"), Status::kPartial, "OTHER_CURRENCY"));
  EXPECT_FALSE(Finds(RowOf(book, april, "inquiry_order_rate"), Status::kPartial, "OTHER_CURRENCY"));
  april.audience = Audience{.members = {base::MemberId::Parse("li-wei").value()}};
  EXPECT_FALSE(Finds(RowOf(book, april, "revenue"), Status::kPartial, "OTHER_CURRENCY"));
  april.audience = Audience{.members = {base::MemberId::Parse("wang-fang").value()}};
  EXPECT_TRUE(Finds(RowOf(book, april, "revenue"), Status::kPartial, "OTHER_CURRENCY"));
}

// An order not yet reported makes a mature inquiry look lost: orders are needed through the windows
// of the mature ones, the inquiries themselves through the period.
TEST(SourceBehind, LooksThroughTheConversionWindow) {
  FactBook book = BookOf({FactAt("2026-03-10 10:00", "i", Asks("a")),
                          FactAt("2026-03-11 10:00", "o", OrderFor("i", 1'000))});
  book.sources = {{"web", {FactKind::kInquiry}, At("2026-04-01 00:00")},
                  {"erp", {FactKind::kOrder}, At("2026-06-30 00:00")}};
  const auto is_behind = [&](const Question& question, absl::string_view metric) {
    return Finds(RowOf(book, question, metric), Status::kPartial, "SOURCE_BEHIND");
  };
  EXPECT_FALSE(is_behind(March(), "inquiry_order_rate"));
  book.sources[1].complete_through = At("2026-06-29 00:00");
  EXPECT_TRUE(is_behind(March(), "inquiry_order_rate"));
  EXPECT_FALSE(is_behind(March(), "order_count"));
  Question question = March();
  question.mode = Mode::kActivity;
  EXPECT_FALSE(is_behind(question, "inquiry_order_rate"));
  question = March();
  // The mature ones' windows have ended by then.
  question.cut = At("2026-06-29 12:00");
  EXPECT_FALSE(is_behind(question, "inquiry_order_rate"));
  question.cut = At("2026-06-30 12:00");
  EXPECT_TRUE(is_behind(question, "inquiry_order_rate"));
  book.sources[0].complete_through = At("2026-03-31 00:00");
  question.cut = At("2026-06-29 12:00");
  EXPECT_TRUE(is_behind(question, "inquiry_order_rate"));
}

// A refund not yet reported makes an order look kept.
TEST(SourceBehind, WaitsForRefundsAsForOrders) {
  FactBook book = BookOf({FactAt("2026-03-10 10:00", "i", Asks("a")),
                          FactAt("2026-03-11 10:00", "o", OrderFor("i", 1'000))});
  book.sources = {{"erp", {FactKind::kInquiry, FactKind::kOrder}, At("2026-12-31 00:00")},
                  {"bank", {FactKind::kRefund}, At("2026-06-29 00:00")}};
  const auto is_behind = [&](absl::string_view metric) {
    return Finds(RowOf(book, March(), metric), Status::kPartial, "SOURCE_BEHIND");
  };
  EXPECT_TRUE(is_behind("inquiry_order_rate"));
  EXPECT_TRUE(is_behind("effective_order_rate"));
  EXPECT_FALSE(is_behind("revenue"));
  EXPECT_FALSE(is_behind("inquiry_count"));
  book.sources[1].complete_through = At("2026-06-30 00:00");
  EXPECT_FALSE(is_behind("effective_order_rate"));
  book.sources[1].complete_through = At("2026-03-31 00:00");
  EXPECT_TRUE(is_behind("revenue"));
  EXPECT_TRUE(is_behind("order_count"));
}

TEST(SourceBehind, LooksThroughTheWindowOfWhatIsPaid) {
  FactBook book = BookOf({FactAt("2026-03-10 10:00", "i", Asks("a"))});
  book.sources = {{"web", {FactKind::kInquiry, FactKind::kOrder}, At("2026-12-31 00:00")},
                  {"bank", {FactKind::kPayment}, At("2026-06-29 00:00")}};
  const auto paid = [&] { return ComputeFunnel(book, March()).value().back().link.value(); };
  EXPECT_TRUE(Finds(paid(), Status::kPartial, "SOURCE_BEHIND"));
  book.sources[1].complete_through = At("2026-06-30 00:00");
  EXPECT_FALSE(Finds(paid(), Status::kPartial, "SOURCE_BEHIND"));
}

struct MarginCase {
  std::string name;
  int64_t margin;
  int64_t refunded;
  int64_t want;
};
class KeptMarginTest : public ::testing::TestWithParam<MarginCase> {};
TEST_P(KeptMarginTest, FallsAsTheValueFalls) {
  const Order order{.value = Usd(500), .margin = Usd(GetParam().margin)};
  EXPECT_EQ(KeptMargin(order, GetParam().refunded).value(), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(Parts, KeptMarginTest,
                         ::testing::Values(MarginCase{"Whole", 121, 0, 121},
                                           MarginCase{"ThreeQuarters", 120, 125, 90},
                                           MarginCase{"HalfAUnitAwayFromZero", 1, 250, 1},
                                           MarginCase{"ALossToo", -1, 250, -1},
                                           MarginCase{"Down", 121, 126, 91},
                                           MarginCase{"NearlyAll", 100, 499, 0},
                                           MarginCase{"Wide", base::Money::kMinorMax, 499,
                                                      base::Money::kMinorMax / 500}),
                         [](const auto& param) { return param.param.name; });

// Precedence: NO_DATA, PARTIAL, IMMATURE, PROVISIONAL, SMALL_SAMPLE, OK; all that hold are listed.
TEST(Findings, ComeInOrderOfPrecedence) {
  FactBook book = BookOf({On("google", FactAt("2026-03-02", "s", Spend{.amount = Usd(1'000)})),
                          On("google", FactAt("2026-03-02 10:00", "i", Asks("a")))});
  book.sources[0].complete_through = At("2026-03-20 00:00");
  Question question = March();
  question.cut = At("2026-04-05 00:00");
  const MetricRow row = RowOf(book, question, "inquiry_cost");
  std::vector<Status> statuses;
  for (const Finding& finding : row.findings) statuses.push_back(finding.status);
  EXPECT_THAT(statuses, ElementsAre(Status::kPartial, Status::kProvisional, Status::kSmallSample));
}

struct SampleCase {
  std::string name;
  int inquiries;
  int orders;
  Status want;
};
class SampleTest : public ::testing::TestWithParam<SampleCase> {};
TEST_P(SampleTest, JudgesUnitsAndEvents) {
  const FactBook book = BookOf(ManyInquiries(GetParam().inquiries, GetParam().orders, "google"));
  EXPECT_EQ(RowOf(book, March(), "inquiry_order_rate").status(), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(Bounds, SampleTest,
                         ::testing::Values(SampleCase{"Enough", 30, 5, Status::kOk},
                                           SampleCase{"FewUnits", 29, 5, Status::kSmallSample},
                                           SampleCase{"FewEvents", 30, 4, Status::kSmallSample}),
                         [](const auto& param) { return param.param.name; });

// Totals are ratios of sums, never means of ratios.
TEST(Rows, TotalIsTheRatioOfTheSums) {
  std::vector<RecordedFact> facts = ManyInquiries(100, 10, "google");
  for (RecordedFact& fact : ManyInquiries(10, 5, "facebook")) facts.push_back(fact);
  const MetricRow row = RowOf(BookOf(facts), March(), "inquiry_order_rate");
  EXPECT_EQ(row.numerator, 15);
  EXPECT_EQ(row.denominator, 110);
}

TEST(Rows, AreCutByMemberAsTheFactSays) {
  const FactBook book = BookOf({By("ann", FactAt("2026-03-10 10:00", "o1", OrderFor("i", 100))),
                                By("bob", FactAt("2026-03-10 10:00", "o2", OrderFor("i", 300))),
                                FactAt("2026-03-10 10:00", "o3", OrderFor("i", 5))});
  Question question = March();
  question.dimensions = {Dimension::kMember, Dimension::kRole};
  const auto rows = ComputeRows(book, question, {FindDefinition("revenue")}).value();
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_THAT(rows[0].cell.values, ElementsAre("", ""));
  EXPECT_THAT(rows[1].cell.values, ElementsAre("ann", "1"));
  EXPECT_EQ(rows[2].numerator, 300);
  question.audience = Audience{.members = {base::MemberId::Parse("ann").value()}};
  EXPECT_EQ(ComputeRows(book, question, {FindDefinition("revenue")}).value().size(), 1u);
}

TEST(Rows, RefuseASumBeyond64Bits) {
  std::vector<RecordedFact> facts;
  for (int i = 0; i < 1000; ++i) {
    facts.push_back(
        FactAt("2026-03-10 10:00", absl::StrCat("o", i), OrderFor("i", base::Money::kMinorMax)));
  }
  EXPECT_THAT(ComputeRows(BookOf(facts), March(), {FindDefinition("revenue")}),
              IsFault(absl::StatusCode::kInvalidArgument, "AMOUNT_OVERFLOW"));
}

TEST(Rows, AreBounded) {
  std::vector<RecordedFact> facts;
  for (int i = 0; i < 200; ++i) {
    facts.push_back(By(absl::StrCat("member-", i),
                       FactAt("2026-03-10 10:00", absl::StrCat("o", i), OrderFor("i", 1))));
  }
  Question question = March();
  question.dimensions = {Dimension::kDay, Dimension::kMember};
  EXPECT_THAT(ComputeRows(BookOf(facts), question, {FindDefinition("revenue")}),
              IsFault(absl::StatusCode::kInvalidArgument, "RESULT_TOO_LARGE"));
}

TEST(CheckQuestion, RefusesBadPeriodsAndTwoGrains) {
  Question question = March();
  question.period.end = question.period.begin;
  EXPECT_THAT(CheckQuestion(question),
              IsFault(absl::StatusCode::kInvalidArgument, "FIELD_INVALID"));
  question.period.end = question.period.begin + kPeriodDaysMax + 1;
  EXPECT_THAT(CheckQuestion(question),
              IsFault(absl::StatusCode::kInvalidArgument, "PERIOD_TOO_LONG"));
  question = March();
  question.dimensions = {Dimension::kDay, Dimension::kMonth};
  EXPECT_THAT(CheckQuestion(question),
              IsFault(absl::StatusCode::kInvalidArgument, "FIELD_INVALID"));
}

TEST(Catalogue, HoldsTheTwelveOfTheSpineById) {
  std::vector<std::string> ids;
  for (const MetricDefinition& definition : Catalogue()) ids.emplace_back(definition.id);
  EXPECT_THAT(ids, ElementsAre("ad_spend", "cost_per_click", "effective_inquiry_cost",
                               "effective_inquiry_count", "effective_order_rate", "inquiry_cost",
                               "inquiry_count", "inquiry_order_rate", "order_count", "revenue",
                               "spend_coverage", "traffic_to_inquiry"));
  EXPECT_EQ(FindDefinition("conversion"), nullptr);
}

// One definition, one number: the parts explained sum to the figure shown, for every metric.
TEST(Explain, AccountsForEveryFigure) {
  std::vector<RecordedFact> facts = ManyInquiries(12, 3, "google");
  facts.push_back(On("seo", FactAt("2026-03-10 10:00", "organic", Asks("z", Grade::kD))));
  facts.push_back(On("google", FactAt("2026-03-10", "s", Spend{.amount = Usd(700)})));
  facts.push_back(On("google", FactAt("2026-03-10", "s2", Spend{.amount = Usd(300)})));
  facts.push_back(On("facebook", FactAt("2026-03-11", "f", Spend{.amount = Usd(50)})));
  facts.push_back(On("google", FactAt("2026-03-10", "t", Traffic{.clicks = 9, .sessions = 8})));
  facts.push_back(On("google", FactAt("2026-03-20 10:00", "o", OrderFor("google-i0", 900))));
  facts.push_back(FactAt("2026-04-20 10:00", "r", RefundOf("o", 400)));
  const FactBook book = BookOf(facts);
  for (const MetricDefinition& metric : Catalogue()) {
    const Explanation explanation = Explain(book, March(), metric, {}).value();
    const MetricRow row = RowOf(book, March(), metric.id);
    EXPECT_EQ(explanation.row.numerator, row.numerator) << metric.id;
    int64_t numerator = 0;
    int64_t denominator = 0;
    for (const ExplainedFact& fact : explanation.facts) {
      if (fact.part == Part::kNumerator) numerator += fact.contribution;
      if (fact.part == Part::kDenominator) denominator += fact.contribution;
      EXPECT_EQ(fact.reason.empty(), fact.part != Part::kExcluded);
    }
    EXPECT_EQ(numerator, row.numerator) << metric.id;
    if (metric.ratio() && metric.aggregation == Aggregation::kSum) {
      EXPECT_EQ(denominator, row.denominator) << metric.id;
    }
  }
}

TEST(Explain, RefusesALabelOutsideThePeriod) {
  Question question = March();
  question.dimensions = {Dimension::kMonth};
  EXPECT_THAT(Explain(BookOf({}), question, *FindDefinition("revenue"), {"2026-04"}),
              IsFault(absl::StatusCode::kInvalidArgument, "FIELD_INVALID"));
}

// Frappe counts leads by their creation and deals by theirs: two cohorts in one funnel.
TEST(Funnel, FollowsOneCohort) {
  std::vector<RecordedFact> facts = ManyInquiries(40, 6, "google");
  facts.push_back(FactAt("2026-03-15 10:00", "stray", OrderFor("unknown", 10)));
  facts.push_back(
      On("google",
         FactAt("2026-03-10", "t", Traffic{.impressions = 9'000, .clicks = 300, .sessions = 250})));
  facts.push_back(FactAt("2026-04-20 10:00", "p",
                         Payment{.amount = Usd(10), .order = FactIdentity{"crm", "google-i0-o"}}));
  const auto steps = ComputeFunnel(BookOf(facts), March()).value();
  std::vector<int64_t> counts;
  for (const FunnelStep& step : steps) counts.push_back(step.count);
  EXPECT_THAT(counts, ElementsAre(9'000, 300, 250, 40, 40, 6, 1));
  EXPECT_EQ(steps[5].link->numerator, 6);
  EXPECT_EQ(steps[5].link->denominator, 40);
  EXPECT_EQ(steps[6].link->denominator, 6);
  EXPECT_FALSE(steps[0].link.has_value());
}

// No effective inquiry, and an order all the same: what is not graded is missing, not zero.
TEST(Funnel, SaysThatGradesAreMissing) {
  std::vector<RecordedFact> facts = {FactAt("2026-03-10 10:00", "i", Inquiry{.buyer_key = "ann"}),
                                     FactAt("2026-03-12 10:00", "o", OrderFor("i", 10))};
  const auto ungraded = ComputeFunnel(BookOf(facts), March()).value();
  EXPECT_EQ(ungraded[4].count, 0);
  EXPECT_EQ(ungraded[4].link->status(), Status::kPartial);
  EXPECT_THAT(ungraded[4].link->notes, ElementsAre(Note{NoteKind::kUngraded, 1}));
  for (const size_t step : {size_t{4}, size_t{5}, size_t{6}}) {
    EXPECT_TRUE(Finds(*ungraded[step].link, Status::kPartial, "UNGRADED")) << step;
  }
  EXPECT_FALSE(Finds(*ungraded[3].link, Status::kPartial, "UNGRADED"));
  facts[0].fact.payload = Asks("ann");
  const auto graded = ComputeFunnel(BookOf(facts), March()).value();
  EXPECT_FALSE(Finds(*graded[4].link, Status::kPartial, "UNGRADED"));
}

// A channel's own report has the clicks, a site's counter the sessions, of every channel.
TEST(Funnel, ComparesSessionsWithClicksWhereBothAreKnown) {
  const FactBook book = BookOf({On("google", FactAt("2026-03-10", "c", Traffic{.clicks = 300})),
                                On("google", FactAt("2026-03-10", "v", Traffic{.sessions = 250})),
                                On("google", FactAt("2026-03-11", "w", Traffic{.sessions = 70})),
                                On("seo", FactAt("2026-03-10", "x", Traffic{.sessions = 500}))});
  const FunnelStep step = ComputeFunnel(book, March()).value()[2];
  EXPECT_EQ(step.count, 820);
  EXPECT_EQ(step.link->numerator, 250);
  EXPECT_EQ(step.link->denominator, 300);
  EXPECT_TRUE(Finds(*step.link, Status::kPartial, "AGGREGATE"));
}

// Clicks alone do not say how many came: their inquiries have no visits to be divided by.
TEST(Answer, DividesNoInquiriesByVisitsThatNobodyCounted) {
  const FactBook book = BookOf({On("google", FactAt("2026-03-10", "v", Traffic{.sessions = 100})),
                                On("google", FactAt("2026-03-10 09:00", "a", Asks("ann"))),
                                On("facebook", FactAt("2026-03-10", "c", Traffic{.clicks = 300})),
                                On("facebook", FactAt("2026-03-10 09:00", "b", Asks("bob")))});
  const MetricRow row = RowOf(book, March(), "traffic_to_inquiry");
  EXPECT_EQ(row.numerator, 1);
  EXPECT_EQ(row.denominator, 100);
}

TEST(LookbackSuffices, WhenEveryChainBeginsInsideIt) {
  const auto chain = [](absl::string_view first) {
    return BookOf({FactAt(first, "a", Asks("ann")), FactAt("2026-02-28 12:00", "b", Asks("ann")),
                   FactAt("2026-03-01 08:00", "c", Asks("ann"))});
  };
  const absl::Time since = At("2026-02-26 00:00");
  const absl::Time begin = At("2026-03-01 00:00");
  EXPECT_TRUE(LookbackSuffices(chain("2026-02-27 12:00"), since, begin));
  EXPECT_FALSE(LookbackSuffices(BookOf({FactAt("2026-02-26 12:00", "a", Asks("ann")),
                                        FactAt("2026-02-27 11:00", "b", Asks("ann")),
                                        FactAt("2026-02-28 10:00", "c", Asks("ann")),
                                        FactAt("2026-03-01 09:00", "d", Asks("ann"))}),
                                since, begin));
}

}  // namespace
}  // namespace argosy::metrics
