// From a run's lines to ledger postings: double entry, whole minor units, each posting once.
#ifndef ARGOSY_SERVICES_INCENTIVES_DOMAIN_POSTING_H_
#define ARGOSY_SERVICES_INCENTIVES_DOMAIN_POSTING_H_

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "base/ids.h"
#include "base/money.h"
#include "services/incentives/domain/calculation.h"

namespace argosy::incentives {

// A kind of account. The numbers are stored.
enum class Bucket : int64_t { kCompanyExpense = 1, kEarned = 2, kPayable = 3, kOverpaid = 4 };

struct Account {
  Bucket bucket = Bucket::kCompanyExpense;
  std::optional<base::MemberId> member;  // nothing for the company's own

  friend auto operator<=>(const Account&, const Account&) = default;
};

// Why something is posted. The numbers are stored.
enum class PostingKind : int64_t { kLine = 1, kOverpayment = 2, kRecovery = 3, kSettlement = 4 };

// An amount that goes from one account to another: debited to `debit`, credited to `credit`.
struct Posting {
  PostingKind kind = PostingKind::kLine;
  Account debit;
  Account credit;
  int64_t amount_minor = 0;  // above 0
  base::Currency currency;
  absl::CivilDay origin;        // the month that earned it
  int64_t line = 0;             // of the statement, from 1; 0 unless kLine
  std::string idempotency_key;  // 32 bytes
};

// What a statement does in one currency.
struct PayeeTotals {
  int64_t earned_minor = 0;          // the sum of the lines
  int64_t recovered_minor = 0;       // of an overpayment
  int64_t payable_minor = 0;         // never negative
  int64_t overpaid_after_minor = 0;  // never negative
};

// One payee's part of a locked run.
struct PayeeSettlement {
  base::MemberId member;
  size_t first_line = 0;  // index into the run's lines
  size_t line_count = 0;
  std::map<base::Currency, PayeeTotals> totals;
  std::vector<Posting> postings;
};

// Which lock posts: a month's n-th.
struct LockId {
  absl::CivilDay month;
  int64_t period_version = 1;
};

// What a payee owes before the lock, in minor units.
using Overpayments = std::map<std::pair<base::MemberId, base::Currency>, int64_t>;

// Settles the lines of a run, which are ordered by payee. A positive line goes from company expense
// to earned, a negative one back. What is negative is owed: it moves to overpaid. What is positive
// settles overpayments first and then becomes payable, so that pay is never negative and `earned`
// ends at 0. AMOUNT_OVERFLOW.
absl::StatusOr<std::vector<PayeeSettlement>> SettleLines(const std::vector<RunLine>& lines,
                                                         const LockId& lock,
                                                         const Overpayments& overpaid);

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_DOMAIN_POSTING_H_
