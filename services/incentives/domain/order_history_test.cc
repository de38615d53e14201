#include "services/incentives/domain/order_history.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/incentives/domain/company_for_test.h"

namespace argosy::incentives {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

template <typename Fact>
std::vector<std::string> IdsOf(const std::vector<Fact>& facts) {
  std::vector<std::string> ids;
  for (const Fact& fact : facts) ids.push_back(fact.key.source_event_id);
  return ids;
}

TEST(OrderHistory, LooksOneYearBackForDepositsAndNoFurther) {
  CompanyForTest recent;
  recent.Order("o1", "ann", 100, "2026-01-10").Payment("p1", "o1", 60, "2026-02-10");
  CompanyForTest older;
  older.Order("unheard", "ann", 100, "2025-12-01").Payment("pu", "unheard", 100, "2025-12-02");
  older.Payment("deposit", "o1", 40, "2025-12-20");
  OrderHistory history(recent.facts());
  EXPECT_TRUE(history.LooksFurtherBack());
  history.AddYear(older.facts());
  EXPECT_FALSE(history.LooksFurtherBack());
  EXPECT_THAT(IdsOf(history.facts().orders), ElementsAre("o1"));
  EXPECT_THAT(IdsOf(history.facts().payments), ElementsAre("p1", "deposit"));
}

TEST(OrderHistory, LooksForAnOrderUntilTheYearBeforeItsOwn) {
  CompanyForTest recent;
  recent.Payment("p1", "o1", 60, "2026-02-10").Refund("r1", "o2", 5, "2026-02-10");
  CompanyForTest year_2025;
  year_2025.Payment("p2", "o1", 30, "2025-02-10").Order("o2", "ann", 10, "2025-01-10");
  CompanyForTest year_2024;
  year_2024.Order("o1", "ann", 100, "2024-01-10").Refund("r2", "o1", 1, "2024-02-10");
  OrderHistory history(recent.facts());
  for (CompanyForTest* year : {&year_2025, &year_2024}) {
    history.AddYear(year->facts());
    EXPECT_TRUE(history.LooksFurtherBack());
  }
  history.AddYear({});
  EXPECT_FALSE(history.LooksFurtherBack());
  const SalesFacts facts = std::move(history).Take();
  EXPECT_THAT(IdsOf(facts.orders), ElementsAre("o2", "o1"));
  EXPECT_THAT(IdsOf(facts.payments), ElementsAre("p1", "p2"));
  EXPECT_THAT(IdsOf(facts.refunds), ElementsAre("r1", "r2"));
}

TEST(OrderHistory, GivesUpAnOrderNobodyHas) {
  CompanyForTest recent;
  recent.Payment("p1", "nowhere", 60, "2026-02-10");
  OrderHistory history(recent.facts());
  for (int year = 1; year <= kOrderAgeYearsMax; ++year) {
    EXPECT_TRUE(history.LooksFurtherBack()) << year;
    history.AddYear({});
  }
  EXPECT_FALSE(history.LooksFurtherBack());
  EXPECT_THAT(history.facts().orders, IsEmpty());
}

TEST(OrderHistory, LooksAfterTheOldestOrderForItsDepositAlone) {
  CompanyForTest recent;
  recent.Payment("p1", "old", 60, "2026-02-10").Payment("p2", "older", 60, "2026-02-10");
  OrderHistory history(recent.facts());
  for (int year = 1; year < kOrderAgeYearsMax; ++year) history.AddYear({});
  CompanyForTest year_2022;
  year_2022.Order("old", "ann", 100, "2022-01-10");
  history.AddYear(year_2022.facts());
  EXPECT_TRUE(history.LooksFurtherBack());
  CompanyForTest year_2021;
  year_2021.Order("older", "ann", 100, "2021-12-10").Payment("deposit", "old", 40, "2021-12-20");
  history.AddYear(year_2021.facts());
  EXPECT_FALSE(history.LooksFurtherBack());
  EXPECT_THAT(IdsOf(history.facts().orders), ElementsAre("old"));
  EXPECT_THAT(IdsOf(history.facts().payments), ElementsAre("p1", "p2", "deposit"));
}

}  // namespace
}  // namespace argosy::incentives
