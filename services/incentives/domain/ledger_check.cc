#include "services/incentives/domain/ledger_check.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace argosy::incentives {
namespace {

// What one posting adds to the totals of its statement.
void AddToTotals(const Posting& posting, PayeeTotals& totals) {
  switch (posting.kind) {
    case PostingKind::kLine:
      totals.earned_minor +=
          posting.credit.bucket == Bucket::kEarned ? posting.amount_minor : -posting.amount_minor;
      return;
    case PostingKind::kRecovery:
      totals.recovered_minor += posting.amount_minor;
      return;
    case PostingKind::kSettlement:
      totals.payable_minor += posting.amount_minor;
      return;
    case PostingKind::kOverpayment:
      return;
  }
}

}  // namespace

void LedgerCheck::Fault(std::string what) {
  if (faults_.size() < kFaultsMax) faults_.push_back(std::move(what));
}

void LedgerCheck::AddEntry(const LedgerEntry& entry) {
  const Posting& posting = entry.posting;
  ++entries_;
  if (entry.seq != entries_) {
    Fault(absl::StrCat("entry ", entry.seq, " stands where entry ", entries_, " should"));
    entries_ = entry.seq;
  }
  if (posting.amount_minor <= 0) Fault(absl::StrCat("entry ", entry.seq, ": amount not above 0"));
  if (posting.debit == posting.credit) {
    Fault(absl::StrCat("entry ", entry.seq, ": debits and credits one account"));
  }
  if (!keys_.insert(posting.idempotency_key).second) {
    Fault(absl::StrCat("entry ", entry.seq, ": posted twice"));
  }
  debits_[posting.currency] += posting.amount_minor;
  balances_[{posting.debit, posting.currency}] += posting.amount_minor;
  balances_[{posting.credit, posting.currency}] -= posting.amount_minor;
  AddToTotals(posting, posted_[{entry.statement, posting.currency}]);
}

void LedgerCheck::AddStatement(const StatementFigures& statement) {
  ++statements_;
  const std::string shown = absl::StrCat("statement ", statement.uid.ToString());
  if (!statement.digest_holds) Fault(absl::StrCat(shown, ": content and digest differ"));
  for (const auto& [currency, totals] : statement.totals) {
    const auto found = posted_.find({statement.uid, currency});
    const PayeeTotals posted = found == posted_.end() ? PayeeTotals{} : found->second;
    if (posted.earned_minor != totals.earned_minor ||
        posted.recovered_minor != totals.recovered_minor ||
        posted.payable_minor != totals.payable_minor) {
      Fault(absl::StrCat(shown, ": its ", currency.code(), " totals are not those of its entries"));
    }
    if (found != posted_.end()) posted_.erase(found);
  }
}

void LedgerCheck::CheckBalance(const Account& account, absl::int128 balance) {
  const std::string member = account.member ? account.member->text() : "the company";
  if (account.bucket == Bucket::kEarned && balance != 0) {
    Fault(absl::StrCat("earned of '", member, "' is not settled"));
  }
  if (account.bucket == Bucket::kPayable && balance > 0) {
    Fault(absl::StrCat("payable of '", member, "' is negative"));
  }
  if (account.bucket == Bucket::kOverpaid && balance < 0) {
    Fault(absl::StrCat("more was recovered from '", member, "' than was overpaid"));
  }
}

void LedgerCheck::Finish(int64_t entry_count) {
  if (entries_ != entry_count) {
    Fault(absl::StrCat("the head counts ", entry_count, " entries, there are ", entries_));
  }
  std::map<base::Currency, absl::int128> sums;
  for (const auto& [account, balance] : balances_) {
    sums[account.second] += balance;
    CheckBalance(account.first, balance);
  }
  for (const auto& [currency, sum] : sums) {
    if (sum != 0) Fault(absl::StrCat(currency.code(), ": debits and credits differ"));
  }
  for (const auto& [key, totals] : posted_) {
    Fault(
        absl::StrCat("entries name the statement ", key.first.ToString(), ", which is not there"));
  }
}

}  // namespace argosy::incentives
