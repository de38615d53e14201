#include "services/incentives/domain/statement.h"

#include <cstdint>

#include "base/bytes.h"
#include "base/period.h"

namespace argosy::incentives {
namespace {

constexpr uint8_t kLayout = 1;

}  // namespace

std::string ToStatementBytes(const PayeeSettlement& settlement, const LockId& lock,
                             absl::Span<const RunLine> lines) {
  base::ByteWriter out(kLayout);
  out.Text(settlement.member.text()).Int(base::ToDayNumber(lock.month)).Int(lock.period_version);
  out.Int(static_cast<int64_t>(settlement.totals.size()));
  for (const auto& [currency, totals] : settlement.totals) {
    out.Text(currency.code()).Int(totals.earned_minor).Int(totals.recovered_minor);
    out.Int(totals.payable_minor).Int(totals.overpaid_after_minor);
  }
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
