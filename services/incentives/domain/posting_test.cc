#include "services/incentives/domain/posting.h"

#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/random.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/incentives/domain/company_for_test.h"
#include "services/incentives/domain/statement.h"
#include "tests/support/status_matchers.h"

namespace argosy::incentives {
namespace {

using argosy::testing::HasReason;
using argosy::testing::IsOk;
using ::testing::SizeIs;

RunLine Line(absl::string_view member, absl::string_view component, absl::string_view origin,
             int64_t amount) {
  return {.key = {.member = MemberForTest(member),
                  .plan = *base::PlanId::Parse("sales-plan"),
                  .origin = DayForTest(origin),
                  .component = *ComponentId::Parse(component)},
          .currency = CurrencyForTest("CNY"),
          .amount_minor = amount};
}

const LockId kMarch{.month = absl::CivilDay(2026, 3, 1), .period_version = 1};

std::map<Account, int64_t> BalancesOf(const std::vector<PayeeSettlement>& settlements) {
  std::map<Account, int64_t> balances;  // debits less credits
  for (const PayeeSettlement& settlement : settlements) {
    for (const Posting& posting : settlement.postings) {
      EXPECT_GT(posting.amount_minor, 0);
      balances[posting.debit] += posting.amount_minor;
      balances[posting.credit] -= posting.amount_minor;
    }
  }
  return balances;
}

Account Of(absl::string_view member, Bucket bucket) {
  return {.bucket = bucket, .member = MemberForTest(member)};
}

TEST(SettleLines, MakesPositiveLinesPayable) {
  const auto settled =
      SettleLines({Line("ann", "orders", "2026-03-01", 650), Line("ann", "lead", "2026-03-01", 50),
                   Line("bob", "orders", "2026-03-01", 0)},
                  kMarch, {});
  ASSERT_THAT(settled, IsOk());
  ASSERT_THAT(*settled, SizeIs(2));
  std::map<Account, int64_t> balances = BalancesOf(*settled);
  EXPECT_EQ(balances[Account{}], 700);
  EXPECT_EQ(balances[Of("ann", Bucket::kEarned)], 0);
  EXPECT_EQ(balances[Of("ann", Bucket::kPayable)], -700);
  EXPECT_EQ((*settled)[0].line_count, 2);
  EXPECT_THAT((*settled)[1].postings, SizeIs(0));
}

TEST(SettleLines, NegativeLinesAreOwedAndRecoveredBeforePay) {
  // +2,000 now, -500 of February, 1,000 owed from before: 1,500 is recovered, 500 paid.
  const auto settled = SettleLines(
      {Line("ann", "orders", "2026-02-01", -500), Line("ann", "orders", "2026-03-01", 2'000)},
      kMarch, {{{MemberForTest("ann"), CurrencyForTest("CNY")}, 1'000}});
  ASSERT_THAT(settled, IsOk());
  const PayeeTotals& totals = (*settled)[0].totals.at(CurrencyForTest("CNY"));
  EXPECT_EQ(totals.earned_minor, 1'500);
  EXPECT_EQ(totals.recovered_minor, 1'500);
  EXPECT_EQ(totals.payable_minor, 500);
  EXPECT_EQ(totals.overpaid_after_minor, 0);
  std::map<Account, int64_t> balances = BalancesOf(*settled);
  EXPECT_EQ(balances[Of("ann", Bucket::kEarned)], 0);
  EXPECT_EQ(balances[Of("ann", Bucket::kOverpaid)], 500 - 1'500);
  EXPECT_EQ(balances[Account{}], 1'500);
}

TEST(SettleLines, PayIsNeverNegative) {
  const auto settled = SettleLines({Line("ann", "orders", "2026-02-01", -500)}, kMarch, {});
  ASSERT_THAT(settled, IsOk());
  const PayeeTotals& totals = (*settled)[0].totals.at(CurrencyForTest("CNY"));
  EXPECT_EQ(totals.payable_minor, 0);
  EXPECT_EQ(totals.overpaid_after_minor, 500);
}

// Over many locks: what was paid is what was earned plus what is still owed, in accounts and
// statements.
TEST(SettleLines, PaidIsEarnedPlusOwedWhateverComes) {
  constexpr uint64_t kSeed = 20'261'123;
  base::Generator random(kSeed);
  for (int i = 0; i < 200; ++i) {
    SCOPED_TRACE(absl::StrCat("seed ", kSeed, " case ", i));
    Overpayments overpaid;
    std::map<Account, int64_t> balances;
    int64_t earned = 0;
    int64_t paid = 0;
    for (int64_t version = 1; version <= 6; ++version) {
      std::vector<RunLine> lines;
      for (uint64_t line = random.Below(5); line > 0; --line) {
        const int64_t minor = static_cast<int64_t>(random.Below(2'001)) - 1'000;
        lines.push_back(Line("ann", absl::StrCat("part", line), "2026-03-01", minor));
        earned += minor;
      }
      const LockId lock{.month = kMarch.month, .period_version = version};
      const auto settled = SettleLines(lines, lock, overpaid);
      ASSERT_THAT(settled, IsOk());
      for (const auto& [account, minor] : BalancesOf(*settled)) balances[account] += minor;
      if (lines.empty()) continue;
      const PayeeTotals& totals = settled->front().totals.at(CurrencyForTest("CNY"));
      ASSERT_GE(totals.payable_minor, 0);
      ASSERT_GE(totals.overpaid_after_minor, 0);
      paid += totals.payable_minor;
      overpaid[{MemberForTest("ann"), CurrencyForTest("CNY")}] = totals.overpaid_after_minor;
      ASSERT_EQ(paid, earned + totals.overpaid_after_minor);
      ASSERT_EQ(balances[Of("ann", Bucket::kEarned)], 0);
      ASSERT_EQ(balances[Of("ann", Bucket::kOverpaid)], totals.overpaid_after_minor);
      ASSERT_EQ(balances[Of("ann", Bucket::kPayable)], -paid);
      ASSERT_EQ(balances[Account{}], earned);
    }
  }
}

TEST(SettleLines, EveryPostingHasItsOwnKeyAndEveryLockOthers) {
  const std::vector<RunLine> lines = {
      Line("ann", "orders", "2026-02-01", -500), Line("ann", "orders", "2026-03-01", 2'000),
      Line("ann", "lead", "2026-03-01", 2'000), Line("bob", "orders", "2026-03-01", 2'000)};
  std::set<std::string> keys;
  size_t postings = 0;
  for (const int64_t version : {1, 2}) {
    const auto settled = SettleLines(lines, {.month = kMarch.month, .period_version = version}, {});
    ASSERT_THAT(settled, IsOk());
    for (const PayeeSettlement& settlement : *settled) {
      for (const Posting& posting : settlement.postings) {
        keys.insert(posting.idempotency_key);
        ++postings;
      }
    }
  }
  EXPECT_EQ(keys.size(), postings);
  EXPECT_EQ(postings, 2 * 8);
}

TEST(SettleLines, RefusesSumsBeyondInt64) {
  const int64_t most = std::numeric_limits<int64_t>::max();
  EXPECT_THAT(
      SettleLines({Line("ann", "orders", "2026-03-01", most), Line("ann", "lead", "2026-03-01", 1)},
                  kMarch, {}),
      HasReason("AMOUNT_OVERFLOW"));
  EXPECT_THAT(SettleLines({Line("ann", "orders", "2026-03-01", -1)}, kMarch,
                          {{{MemberForTest("ann"), CurrencyForTest("CNY")}, most}}),
              HasReason("AMOUNT_OVERFLOW"));
}

TEST(ToStatementBytes, ChangeWithEveryFigure) {
  std::vector<RunLine> lines = {Line("ann", "orders", "2026-03-01", 650)};
  const auto settled = SettleLines(lines, kMarch, {});
  ASSERT_THAT(settled, IsOk());
  const std::string bytes = ToStatementBytes((*settled)[0], kMarch, lines);
  EXPECT_EQ(bytes, ToStatementBytes((*settled)[0], kMarch, lines));
  lines[0].credits_digest = "other";
  EXPECT_NE(bytes, ToStatementBytes((*settled)[0], kMarch, lines));
}

}  // namespace
}  // namespace argosy::incentives
