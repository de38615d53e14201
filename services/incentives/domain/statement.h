// Statements: the frozen bytes of what one payee gets from one locked run.
#ifndef ARGOSY_SERVICES_INCENTIVES_DOMAIN_STATEMENT_H_
#define ARGOSY_SERVICES_INCENTIVES_DOMAIN_STATEMENT_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/ids.h"
#include "services/incentives/domain/calculation.h"
#include "services/incentives/domain/posting.h"

namespace argosy::incentives {

using RunUid = base::UuidOf<struct RunUidTag>;
using StatementUid = base::UuidOf<struct StatementUidTag>;

// The canonical bytes of a statement: payee, month, version, totals and every line with the digest
// of its credits. They hold nothing random and no clock, so the same facts give the same bytes.
std::string ToStatementBytes(const PayeeSettlement& settlement, const LockId& lock,
                             absl::Span<const RunLine> lines);

// The totals alone, for listings, and back. DATA_LOSS for anything else.
std::string ToTotalsBytes(const std::map<base::Currency, PayeeTotals>& totals);
absl::StatusOr<std::map<base::Currency, PayeeTotals>> ParseTotals(absl::string_view bytes);

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_DOMAIN_STATEMENT_H_
