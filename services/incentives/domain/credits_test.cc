#include "services/incentives/domain/credits.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/incentives/domain/company_for_test.h"
#include "tests/support/status_matchers.h"

namespace argosy::incentives {
namespace {

using argosy::testing::HasReason;
using argosy::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::SizeIs;

// What is left of each payment in March, in the order they came in.
std::vector<std::pair<std::string, int64_t>> LeftOfPayments(const CompanyForTest& company) {
  const CalculationInputs inputs = company.Inputs("2026-03");
  const auto book = ComputeStanding(inputs.facts, inputs.cut, inputs.zone);
  EXPECT_THAT(book, IsOk());
  std::vector<std::pair<std::string, int64_t>> left;
  for (const StandingAmount& payment : book->payments) {
    left.emplace_back(payment.key().source_event_id, payment.standing_minor);
  }
  return left;
}

CompanyForTest PaidThrice() {
  CompanyForTest company;
  company.Order("o1", "ann", 600, "2026-01-01");
  company.Payment("p1", "o1", 100, "2026-01-10").Payment("p2", "o1", 200, "2026-01-20");
  company.Payment("p3", "o1", 300, "2026-03-10");
  return company;
}

TEST(ComputeStanding, RefundTakesFromWhatHadBeenPaidByThenLatestFirst) {
  CompanyForTest company = PaidThrice();
  company.Refund("r1", "o1", 250, "2026-02-01");
  EXPECT_THAT(LeftOfPayments(company), ElementsAre(Pair("p1", 50), Pair("p2", 0), Pair("p3", 300)));
}

TEST(ComputeStanding, RefundTakesOnlyTheRestFromLaterPayments) {
  CompanyForTest company = PaidThrice();
  company.Refund("r1", "o1", 350, "2026-02-01");
  EXPECT_THAT(LeftOfPayments(company), ElementsAre(Pair("p1", 0), Pair("p2", 0), Pair("p3", 250)));
}

TEST(ComputeStanding, PaymentAtTheInstantOfTheRefundCountsAsPaidByThen) {
  CompanyForTest company = PaidThrice();
  company.Refund("r1", "o1", 150, "2026-01-20");
  EXPECT_THAT(LeftOfPayments(company),
              ElementsAre(Pair("p1", 100), Pair("p2", 50), Pair("p3", 300)));
}

TEST(ComputeStanding, WhatAReversalUndidDoesNotGoBackAgain) {
  CompanyForTest company = PaidThrice();
  company.Payment("v2", "o1", -200, "2026-01-25").Refund("r1", "o1", 250, "2026-02-01");
  // The second payment is undone by its reversal; 100 of the refund undo the first, 150 the third.
  EXPECT_THAT(LeftOfPayments(company),
              ElementsAre(Pair("p1", 0), Pair("p2", 200), Pair("v2", -200), Pair("p3", 150)));
}

TEST(ComputeStanding, RefundOfAnOrderWhosePaymentsWereReversedTakesNothing) {
  CompanyForTest company;
  company.Order("o1", "ann", 600, "2026-01-01").Payment("p1", "o1", 600, "2026-01-10");
  company.Payment("v1", "o1", -600, "2026-01-20").Refund("r1", "o1", 600, "2026-01-15");
  EXPECT_THAT(LeftOfPayments(company), ElementsAre(Pair("p1", 600), Pair("v1", -600)));
}

TEST(ComputeStanding, PaymentOfAnOrderOlderThanFourYearsDoesNotCount) {
  CompanyForTest company;
  company.Order("o1", "ann", 600, "2020-01-01").Payment("p1", "o1", 100, "2024-12-31");
  company.Payment("p2", "o1", 200, "2025-01-01").Refund("r1", "o1", 70, "2025-01-02");
  EXPECT_THAT(LeftOfPayments(company), ElementsAre(Pair("p1", 30)));
}

TEST(ComputeStanding, PaymentsBeyondTheValueOfTheOrderCountUntilTheyGoBack) {
  CompanyForTest company = PaidThrice();
  company.Payment("p4", "o1", 150, "2026-03-11");
  EXPECT_THAT(LeftOfPayments(company),
              ElementsAre(Pair("p1", 100), Pair("p2", 200), Pair("p3", 300), Pair("p4", 150)));
  company.Refund("r1", "o1", 150, "2026-03-12");
  EXPECT_THAT(LeftOfPayments(company),
              ElementsAre(Pair("p1", 100), Pair("p2", 200), Pair("p3", 300), Pair("p4", 0)));
}

// The whole order goes back, told by the system of sales and by the bank.
TEST(ComputeStanding, RefundsTakeBackNoMoreThanTheOrderIsWorth) {
  CompanyForTest company;
  company.Order("o1", "ann", 10'000'000, "2026-01-01");
  company.Refund("whole", "o1", 10'000'000, "2026-02-01");
  company.Refund("again", "o1", 10'000'000, "2026-02-02");
  const CalculationInputs inputs = company.Inputs("2026-02");
  const auto book = ComputeStanding(inputs.facts, inputs.cut, inputs.zone);
  ASSERT_THAT(book, IsOk());
  EXPECT_EQ(book->orders[0].standing_minor, 0);
  EXPECT_THAT(book->orders[0].refunds, ElementsAre(&inputs.facts.refunds[0]));
  ASSERT_THAT(book->unmatched, SizeIs(1));
  EXPECT_EQ(book->unmatched[0].movement, &inputs.facts.refunds[1]);
  EXPECT_EQ(book->unmatched[0].order, &inputs.facts.orders[0]);
  EXPECT_EQ(book->unmatched[0].reason, Exclusion::kRefundBeyondOrder);
}

// Both bounds, whatever the order earns: an order nobody gets paid for costs the same work.
TEST(ComputeStanding, RefusesAnOrderWithTooManyMovements) {
  for (const bool refunds : {false, true}) {
    CompanyForTest company = PaidThrice();
    SalesFacts& facts = company.facts();
    for (size_t i = refunds ? 0 : 3; i < kMovementsPerOrderMax; ++i) {
      const std::string id = absl::StrCat("m", i);
      refunds ? company.Refund(id, "o1", 1, "2026-02-01")
              : company.Payment(id, "o1", 1, "2026-02-01");
    }
    const CalculationInputs inputs = company.Inputs("2026-03");
    EXPECT_THAT(ComputeStanding(facts, inputs.cut, inputs.zone), IsOk());
    std::vector<MovementFact>& full = refunds ? facts.refunds : facts.payments;
    full.push_back(full.back());
    full.back().key.source_event_id = "one more";
    const absl::Status refusal = ComputeStanding(facts, inputs.cut, inputs.zone).status();
    EXPECT_THAT(refusal, HasReason("RUN_TOO_LARGE"));
    EXPECT_EQ(refusal.message(), absl::StrCat("the order 'o1' of 'crm' has more than '1000' ",
                                              refunds ? "refunds" : "payments"));
  }
}

}  // namespace
}  // namespace argosy::incentives
