#include "demo/generator.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "base/period.h"
#include "demo/fingerprint.h"
#include "demo/season.h"
#include "demo/staff.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace argosy::demo {
namespace {

using testing::Each;
using testing::Field;
using testing::HasSubstr;
using testing::SizeIs;

constexpr double kMonths = 14;

using Identity = std::pair<std::string, std::string>;

// The facts that stand at the end: of each identity the highest revision, unless it is retracted.
std::map<Identity, Fact> Survivors(const Company& company) {
  std::map<Identity, Fact> best;
  for (const Fact& fact : company.facts) {
    auto [entry, is_new] = best.try_emplace({fact.source, fact.source_event_id}, fact);
    if (!is_new && fact.revision > entry->second.revision) entry->second = fact;
  }
  std::erase_if(best, [](const auto& entry) {
    return std::holds_alternative<Retraction>(entry.second.body);
  });
  return best;
}

const Company& Made(CompanyKind kind) {
  static const auto* companies = new std::map<CompanyKind, Company>{
      {CompanyKind::kValidate, MakeCompany(CompanyKind::kValidate, {})},
      {CompanyKind::kReplicate, MakeCompany(CompanyKind::kReplicate, {})},
      {CompanyKind::kOptimize, MakeCompany(CompanyKind::kOptimize, {})}};
  return companies->at(kind);
}

// What the table of the three companies says, and how far a draw of 14 months may be off.
struct TableCase {
  std::string name;
  CompanyKind kind;
  size_t members;
  double media_a_month;
  double inquiries_a_month;
  std::vector<double> grades;
  double order_rate;  // of effective inquiries old enough to have become orders
  std::string fingerprint;
};

class TableTest : public testing::TestWithParam<TableCase> {};

TEST_P(TableTest, SameSeedSameBytes) {
  EXPECT_EQ(FingerprintOf(Made(GetParam().kind)), GetParam().fingerprint);
}

TEST_P(TableTest, HasItsPeople) {
  EXPECT_THAT(Made(GetParam().kind).members, SizeIs(GetParam().members));
}

TEST_P(TableTest, SpendsItsBudget) {
  const Company& company = Made(GetParam().kind);
  double minor = 0;
  for (const auto& [identity, fact] : Survivors(company)) {
    const auto* spend = std::get_if<Spend>(&fact.body);
    if (spend == nullptr) continue;
    if (spend->kind == SpendKind::kMedia || spend->kind == SpendKind::kContent)
      minor += double(spend->amount_minor);
  }
  // Restated spend of the last weeks has not arrived yet and the last click passes the day's
  // budget.
  EXPECT_NEAR(minor / 100 / kMonths / GetParam().media_a_month, 1, 0.04);
}

TEST_P(TableTest, ReceivesItsInquiriesInItsGrades) {
  double count = 0;
  std::vector<double> grades(4);
  for (const auto& [identity, fact] : Survivors(Made(GetParam().kind))) {
    const auto* inquiry = std::get_if<Inquiry>(&fact.body);
    if (inquiry == nullptr) continue;
    ++count;
    ++grades[static_cast<size_t>(inquiry->grade)];
  }
  EXPECT_NEAR(count / kMonths / GetParam().inquiries_a_month, 1, 0.12);
  for (size_t i = 0; i < grades.size(); ++i) {
    EXPECT_NEAR(grades[i] / count, GetParam().grades[i], 0.04) << "grade " << i;
  }
}

TEST_P(TableTest, WinsItsOrders) {
  const absl::Time old_enough = absl::FromCivil(DataPeriod().end - 180, CompanyZone());
  double effective = 0;
  double won = 0;
  for (const auto& [identity, fact] : Survivors(Made(GetParam().kind))) {
    const auto* inquiry = std::get_if<Inquiry>(&fact.body);
    if (inquiry == nullptr || inquiry->grade == Grade::kD || inquiry->at >= old_enough) continue;
    ++effective;
    won += inquiry->outcome == Outcome::kWon ? 1 : 0;
  }
  const double error = std::sqrt(GetParam().order_rate / effective);
  EXPECT_NEAR(won / effective, GetParam().order_rate, 4 * error);
}

TEST_P(TableTest, MixesInLateRepeatedCorrectedAndRetractedFacts) {
  const Company& company = Made(GetParam().kind);
  std::set<std::tuple<std::string, std::string, int64_t>> seen;
  double repeated = 0;
  double inquiries = 0;
  double retracted = 0;
  for (const Fact& fact : company.facts) {
    const bool is_new = seen.insert({fact.source, fact.source_event_id, fact.revision}).second;
    repeated += is_new ? 0 : 1;
    if (!is_new) continue;
    inquiries += std::holds_alternative<Inquiry>(fact.body) && fact.revision == 1 ? 1 : 0;
    retracted += std::holds_alternative<Retraction>(fact.body) ? 1 : 0;
  }
  EXPECT_NEAR(repeated / double(seen.size()), 0.02, 0.006);
  EXPECT_NEAR(retracted / inquiries, 0.01, 0.01);
  EXPECT_GT(retracted, 0);
}

TEST_P(TableTest, ArrivesInOrderAndEndsWithTheClose) {
  const std::vector<Fact>& facts = Made(GetParam().kind).facts;
  EXPECT_TRUE(std::is_sorted(facts.begin(), facts.end(),
                             [](const Fact& a, const Fact& b) { return a.arrival < b.arrival; }));
  EXPECT_LT(facts.back().arrival, absl::FromCivil(CloseDay(), CompanyZone()));
}

TEST_P(TableTest, CallsItselfSynthetic) {
  const Company& company = Made(GetParam().kind);
  EXPECT_THAT(company.tenant_id, HasSubstr("synthetic"));
  EXPECT_THAT(company.display_name, HasSubstr("合成"));
  EXPECT_THAT(company.channels, Each(Field(&Channel::display_name, HasSubstr("合成"))));
  EXPECT_THAT(company.facts, Each(Field(&Fact::source, HasSubstr("synthetic"))));
}

TEST_P(TableTest, NamesEverybodyOnce) {
  std::set<std::string> ids;
  std::set<std::string> names;
  for (const Member& member : Made(GetParam().kind).members) {
    ids.insert(member.id);
    names.insert(member.display_name);
  }
  EXPECT_THAT(ids, SizeIs(GetParam().members));
  EXPECT_THAT(names, SizeIs(GetParam().members));
}

TEST_P(TableTest, RefundsNoMoreThanTheOrder) {
  std::map<std::string, int64_t> standing;
  const std::map<Identity, Fact> survivors = Survivors(Made(GetParam().kind));
  for (const auto& [identity, fact] : survivors) {
    if (const auto* order = std::get_if<Order>(&fact.body))
      standing[identity.second] = order->value_minor;
  }
  for (const auto& [identity, fact] : survivors) {
    const auto* refund = std::get_if<Refund>(&fact.body);
    if (refund == nullptr) continue;
    ASSERT_TRUE(standing.contains(refund->order));
    EXPECT_LE(refund->amount_minor, standing[refund->order]);
  }
}

INSTANTIATE_TEST_SUITE_P(Companies, TableTest,
                         testing::ValuesIn(std::vector<TableCase>{
                             {.name = "Validate",
                              .kind = CompanyKind::kValidate,
                              .members = 8,
                              .media_a_month = 3'000,
                              .inquiries_a_month = 50,
                              .grades = {0.10, 0.28, 0.35, 0.27},
                              .order_rate = 0.04,
                              .fingerprint = "3fc0c10a11381cb3"},
                             {.name = "Replicate",
                              .kind = CompanyKind::kReplicate,
                              .members = 18,
                              .media_a_month = 15'000,
                              .inquiries_a_month = 280,
                              .grades = {0.14, 0.33, 0.30, 0.23},
                              .order_rate = 0.05,
                              .fingerprint = "8669e44467ae9e6c"},
                             {.name = "Optimize",
                              .kind = CompanyKind::kOptimize,
                              .members = 60,
                              .media_a_month = 560'000,
                              .inquiries_a_month = 1'600,
                              .grades = {0.18, 0.36, 0.28, 0.18},
                              .order_rate = 0.05,
                              .fingerprint = "9ce9cadb20639b73"}}),
                         [](const auto& test) { return test.param.name; });

// What `channel` spends on media per inquiry, and per effective inquiry.
struct Prices {
  double any = 0;
  double effective = 0;
};

Prices PricesOf(const std::map<Identity, Fact>& facts, const std::string& channel,
                const base::Period& period) {
  double minor = 0;
  double any = 0;
  double effective = 0;
  for (const auto& [identity, fact] : facts) {
    if (fact.channel != channel) continue;
    const auto* spend = std::get_if<Spend>(&fact.body);
    const auto* inquiry = std::get_if<Inquiry>(&fact.body);
    if (spend != nullptr && spend->kind == SpendKind::kMedia && period.Contains(spend->day)) {
      minor += double(spend->amount_minor);
    }
    if (inquiry == nullptr) continue;
    if (!period.Contains(base::LocalDay(inquiry->at, CompanyZone()))) continue;
    ++any;
    effective += inquiry->grade == Grade::kD ? 0 : 1;
  }
  return {.any = minor / any, .effective = minor / effective};
}

TEST_P(TableTest, SocialInquiriesAreCheapAndTheEffectiveOnesDear) {
  const std::map<Identity, Fact> facts = Survivors(Made(GetParam().kind));
  const Prices social = PricesOf(facts, "facebook", DataPeriod());
  const Prices search = PricesOf(facts, "search-ads", DataPeriod());
  EXPECT_LT(social.any, search.any);
  EXPECT_GT(social.effective, search.effective);
}

// The quarter that the demo reports about.
TEST_P(TableTest, InTheLastQuarterThatHoldsButForTheSmallCompanysPrice) {
  const std::map<Identity, Fact> facts = Survivors(Made(GetParam().kind));
  const base::Period quarter = base::PeriodOf(DataPeriod().end - 1, base::Grain::kQuarter);
  const Prices social = PricesOf(facts, "facebook", quarter);
  const Prices search = PricesOf(facts, "search-ads", quarter);
  EXPECT_EQ(social.any < search.any, GetParam().kind != CompanyKind::kValidate);
  EXPECT_GT(social.effective, search.effective);
}

TEST(Story, CostStepsUpInTheSecondHalfOfTheLastTwelveWeeks) {
  const std::map<Identity, Fact> facts = Survivors(Made(CompanyKind::kReplicate));
  const Prices before = PricesOf(facts, "search-ads", {.begin = StepDay() - 42, .end = StepDay()});
  const Prices after = PricesOf(facts, "search-ads", {.begin = StepDay(), .end = StepDay() + 42});
  EXPECT_GT(after.effective / before.effective, 1.25);
}

TEST(Story, OnePersonOfTheLargestCompanyLeaves) {
  const Company& company = Made(CompanyKind::kOptimize);
  const size_t before = HoldersOf(company, Role::kSales, absl::CivilDay(2025, 2, 28)).size();
  EXPECT_EQ(HoldersOf(company, Role::kSales, absl::CivilDay(2025, 3, 1)).size(), before - 1);
}

TEST(Season, FallsAtWeekendsAndNewYearAndRisesInTheFairMonths) {
  EXPECT_DOUBLE_EQ(Busyness(absl::CivilDay(2025, 6, 4)), 1);
  EXPECT_DOUBLE_EQ(Busyness(absl::CivilDay(2025, 6, 7)), 0.4);
  EXPECT_DOUBLE_EQ(Busyness(absl::CivilDay(2025, 1, 29)), 0.3);
  EXPECT_DOUBLE_EQ(Busyness(absl::CivilDay(2025, 4, 2)), 1.25);
}

TEST(MakeCompany, GivesOtherFactsForAnotherSeed) {
  EXPECT_NE(FingerprintOf(MakeCompany(CompanyKind::kValidate, {.seed = 2})),
            FingerprintOf(Made(CompanyKind::kValidate)));
}

TEST(MakeCompanyOfSize, GivesExactlySoManyFacts) {
  EXPECT_THAT(MakeCompanyOfSize(CompanyKind::kReplicate, 3, 5'000).facts, SizeIs(5'000));
  EXPECT_THAT(MakeCompanyOfSize(CompanyKind::kValidate, 3, 0).facts, SizeIs(0));
}

}  // namespace
}  // namespace argosy::demo
