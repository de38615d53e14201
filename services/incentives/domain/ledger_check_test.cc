#include "services/incentives/domain/ledger_check.h"

#include <functional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/incentives/domain/company_for_test.h"
#include "tests/support/status_matchers.h"

namespace argosy::incentives {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A ledger of one statement of 700 with a February loss of 200.
struct Books {
  std::vector<LedgerEntry> entries;
  StatementFigures statement;
  int64_t head = 0;
};

Books SoundBooks() {
  const auto line = [](absl::string_view origin, int64_t amount) {
    return RunLine{.key = {.member = MemberForTest("ann"),
                           .plan = *base::PlanId::Parse("sales-plan"),
                           .origin = DayForTest(origin),
                           .component = *ComponentId::Parse("orders")},
                   .currency = CurrencyForTest("CNY"),
                   .amount_minor = amount};
  };
  const auto settled = SettleLines({line("2026-02-01", -200), line("2026-03-01", 700)},
                                   {.month = absl::CivilDay(2026, 3, 1)}, {});
  Books books;
  for (const Posting& posting : settled->front().postings) {
    books.entries.push_back({.seq = ++books.head, .lock_no = 1, .posting = posting});
  }
  books.statement = {
      .member = MemberForTest("ann"), .totals = settled->front().totals, .digest_holds = true};
  return books;
}

std::vector<std::string> Faults(const Books& books) {
  LedgerCheck check;
  for (const LedgerEntry& entry : books.entries) check.AddEntry(entry);
  check.AddStatement(books.statement);
  check.Finish(books.head);
  return check.faults();
}

TEST(LedgerCheck, FindsNothingInSoundBooks) { EXPECT_THAT(Faults(SoundBooks()), IsEmpty()); }

struct Damage {
  std::string name;
  std::function<void(Books&)> apply;
  std::string want;
};

class LedgerDamageTest : public ::testing::TestWithParam<Damage> {};

TEST_P(LedgerDamageTest, IsFound) {
  Books books = SoundBooks();
  GetParam().apply(books);
  EXPECT_THAT(Faults(books), ::testing::Contains(HasSubstr(GetParam().want)));
}

INSTANTIATE_TEST_SUITE_P(
    Damages, LedgerDamageTest,
    ::testing::Values(
        Damage{"EntryGone", [](Books& books) { books.entries.erase(books.entries.begin()); },
               "stands where entry 1 should"},
        Damage{"LastEntryGone", [](Books& books) { books.entries.pop_back(); }, "the head counts"},
        Damage{"AmountChanged", [](Books& books) { books.entries[0].posting.amount_minor += 1; },
               "totals are not those"},
        Damage{"AmountNegative", [](Books& books) { books.entries[0].posting.amount_minor = -1; },
               "not above 0"},
        Damage{
            "OneAccount",
            [](Books& books) { books.entries[0].posting.debit = books.entries[0].posting.credit; },
            "one account"},
        Damage{"PostedTwice",
               [](Books& books) {
                 books.entries.push_back(books.entries.back());
                 books.entries.back().seq = ++books.head;
               },
               "posted twice"},
        Damage{"Unsettled",
               [](Books& books) {
                 books.entries.pop_back();
                 books.head -= 1;
               },
               "is not settled"},
        Damage{"ContentChanged", [](Books& books) { books.statement.digest_holds = false; },
               "content and digest differ"},
        Damage{"StatementGone", [](Books& books) { books.statement.totals.clear(); },
               "which is not there"},
        Damage{"RecoveredTooMuch",
               [](Books& books) {
                 for (LedgerEntry& entry : books.entries) {
                   if (entry.posting.kind == PostingKind::kRecovery) {
                     entry.posting.amount_minor += 1;
                   }
                 }
               },
               "than was overpaid"}),
    [](const auto& made) { return made.param.name; });

}  // namespace
}  // namespace argosy::incentives
