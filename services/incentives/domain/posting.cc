#include "services/incentives/domain/posting.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/crypto.h"
#include "base/period.h"
#include "base/status_macros.h"

namespace argosy::incentives {
namespace {

constexpr uint8_t kKeyLayout = 1;

// Gains and losses of one payee in one currency.
struct Sums {
  int64_t positive_minor = 0;
  int64_t negative_minor = 0;  // as a magnitude
};

class Settlement {
 public:
  Settlement(const base::MemberId& member, const LockId& lock) : lock_(lock) {
    settlement_.member = member;
  }

  absl::Status AddLine(const RunLine& line, size_t index) {
    if (settlement_.line_count == 0) settlement_.first_line = index;
    settlement_.line_count += 1;
    Sums& sums = sums_[line.currency];
    if (line.amount_minor == 0) return absl::OkStatus();
    const Account earned = Own(Bucket::kEarned);
    Posting posting{.kind = PostingKind::kLine,
                    .currency = line.currency,
                    .origin = line.key.origin,
                    .line = static_cast<int64_t>(settlement_.line_count)};
    if (line.amount_minor > 0) {
      posting.credit = earned;
      posting.amount_minor = line.amount_minor;
      ASSIGN_OR_RETURN(sums.positive_minor,
                       base::CheckedAdd(sums.positive_minor, line.amount_minor));
    } else {
      posting.debit = earned;
      ASSIGN_OR_RETURN(posting.amount_minor, base::CheckedSub(0, line.amount_minor));
      ASSIGN_OR_RETURN(sums.negative_minor,
                       base::CheckedAdd(sums.negative_minor, posting.amount_minor));
    }
    posting.idempotency_key = LineIdempotencyKey(line);
    settlement_.postings.push_back(std::move(posting));
    return absl::OkStatus();
  }

  absl::StatusOr<PayeeSettlement> Finish(const Overpayments& overpaid) {
    for (const auto& [currency, sums] : sums_) {
      const auto owed = overpaid.find({settlement_.member, currency});
      RETURN_IF_ERROR(Settle(currency, sums, owed == overpaid.end() ? 0 : owed->second));
    }
    return std::move(settlement_);
  }

 private:
  Account Own(Bucket bucket) const { return {.bucket = bucket, .member = settlement_.member}; }

  absl::Status Settle(const base::Currency& currency, const Sums& sums, int64_t owed_before) {
    ASSIGN_OR_RETURN(const int64_t owed, base::CheckedAdd(owed_before, sums.negative_minor));
    PayeeTotals totals;
    ASSIGN_OR_RETURN(totals.earned_minor,
                     base::CheckedSub(sums.positive_minor, sums.negative_minor));
    totals.recovered_minor = std::min(sums.positive_minor, owed);
    totals.payable_minor = sums.positive_minor - totals.recovered_minor;
    totals.overpaid_after_minor = owed - totals.recovered_minor;
    const Account earned = Own(Bucket::kEarned);
    const Account overpaid = Own(Bucket::kOverpaid);
    Post(PostingKind::kOverpayment, {overpaid, earned}, {sums.negative_minor, currency});
    Post(PostingKind::kRecovery, {earned, overpaid}, {totals.recovered_minor, currency});
    Post(PostingKind::kSettlement, {earned, Own(Bucket::kPayable)},
         {totals.payable_minor, currency});
    settlement_.totals[currency] = totals;
    return absl::OkStatus();
  }

  void Post(PostingKind kind, const std::pair<Account, Account>& accounts,
            const base::Money& amount) {
    if (amount.minor == 0) return;
    settlement_.postings.push_back({.kind = kind,
                                    .debit = accounts.first,
                                    .credit = accounts.second,
                                    .amount_minor = amount.minor,
                                    .currency = amount.currency,
                                    .origin = lock_.month,
                                    .idempotency_key = KindIdempotencyKey(kind, amount.currency)});
  }

  base::ByteWriter KeyBytes(PostingKind kind, const base::Currency& currency) const {
    base::ByteWriter out(kKeyLayout);
    out.Int(base::ToDayNumber(lock_.month)).Int(lock_.period_version);
    out.Int(static_cast<int64_t>(kind)).Text(settlement_.member.text()).Text(currency.code());
    return out;
  }

  std::string KindIdempotencyKey(PostingKind kind, const base::Currency& currency) const {
    return base::Sha256(KeyBytes(kind, currency).bytes());
  }

  std::string LineIdempotencyKey(const RunLine& line) const {
    base::ByteWriter out = KeyBytes(PostingKind::kLine, line.currency);
    out.Text(line.key.plan.text()).Text(line.key.component.text());
    out.Int(base::ToDayNumber(line.key.origin));
    return base::Sha256(out.bytes());
  }

  const LockId& lock_;
  PayeeSettlement settlement_;
  std::map<base::Currency, Sums> sums_;
};

}  // namespace

absl::StatusOr<std::vector<PayeeSettlement>> SettleLines(const std::vector<RunLine>& lines,
                                                         const LockId& lock,
                                                         const Overpayments& overpaid) {
  std::vector<PayeeSettlement> settlements;
  size_t next = 0;
  while (next < lines.size()) {
    const base::MemberId& member = lines[next].key.member;
    Settlement settlement(member, lock);
    for (; next < lines.size() && lines[next].key.member == member; ++next) {
      RETURN_IF_ERROR(settlement.AddLine(lines[next], next));
    }
    ASSIGN_OR_RETURN(PayeeSettlement done, settlement.Finish(overpaid));
    settlements.push_back(std::move(done));
  }
  return settlements;
}

}  // namespace argosy::incentives
