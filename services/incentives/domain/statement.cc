#include "services/incentives/domain/statement.h"

#include <cstdint>

#include "base/bytes.h"
#include "base/period.h"
#include "base/status_macros.h"

namespace argosy::incentives {
namespace {

constexpr uint8_t kLayout = 1;

void WriteTotals(const std::map<base::Currency, PayeeTotals>& all, base::ByteWriter& out) {
  out.Int(static_cast<int64_t>(all.size()));
  for (const auto& [currency, totals] : all) {
    out.Text(currency.code()).Int(totals.earned_minor).Int(totals.recovered_minor);
    out.Int(totals.payable_minor).Int(totals.overpaid_after_minor);
  }
}

}  // namespace

std::string ToTotalsBytes(const std::map<base::Currency, PayeeTotals>& totals) {
  base::ByteWriter out(kLayout);
  WriteTotals(totals, out);
  return out.bytes();
}

absl::StatusOr<std::map<base::Currency, PayeeTotals>> ParseTotals(absl::string_view bytes) {
  ASSIGN_OR_RETURN(base::ByteReader in, base::ByteReader::Open(bytes, kLayout));
  ASSIGN_OR_RETURN(const int64_t count, in.Int());
  std::map<base::Currency, PayeeTotals> all;
  for (int64_t i = 0; i < count; ++i) {
    ASSIGN_OR_RETURN(const std::string code, in.Text());
    ASSIGN_OR_RETURN(const base::Currency currency, base::Currency::Parse(code));
    PayeeTotals& totals = all[currency];
    ASSIGN_OR_RETURN(totals.earned_minor, in.Int());
    ASSIGN_OR_RETURN(totals.recovered_minor, in.Int());
    ASSIGN_OR_RETURN(totals.payable_minor, in.Int());
    ASSIGN_OR_RETURN(totals.overpaid_after_minor, in.Int());
  }
  if (!in.at_end()) return absl::DataLossError("the totals of a statement are broken");
  return all;
}

std::string ToStatementBytes(const PayeeSettlement& settlement, const LockId& lock,
                             absl::Span<const RunLine> lines) {
  base::ByteWriter out(kLayout);
  out.Text(settlement.member.text()).Int(base::ToDayNumber(lock.month)).Int(lock.period_version);
  WriteTotals(settlement.totals, out);
  out.Int(static_cast<int64_t>(lines.size()));
  for (const RunLine& line : lines) {
    out.Text(line.key.plan.text()).Text(line.content_hash).Text(line.key.component.text());
    out.Int(base::ToDayNumber(line.key.origin)).Text(line.currency.code());
    out.Int(line.base_minor).Int(line.earned_minor).Int(line.posted_minor).Int(line.amount_minor);
    out.Int(line.credit_count).Text(line.credits_digest);
  }
  return out.bytes();
}

}  // namespace argosy::incentives
