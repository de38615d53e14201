#include "services/incentives/domain/calculation.h"
#include "services/incentives/domain/errors.h"
#include "services/incentives/service/order_source.h"
#include "services/incentives/service/people_source.h"

namespace argosy::incentives {

absl::Status CheckFactCount(const SalesFacts& facts) {
  if (facts.size() <= CalculationInputs::kFactsMax) return absl::OkStatus();
  return RunTooLarge("facts", static_cast<int64_t>(CalculationInputs::kFactsMax));
}

absl::Status CheckRosterSize(size_t members, size_t holdings) {
  if (members > Roster::kMembersMax) {
    return RunTooLarge("members", static_cast<int64_t>(Roster::kMembersMax));
  }
  if (holdings > Roster::kHoldingsMax) {
    return RunTooLarge("role assignments", static_cast<int64_t>(Roster::kHoldingsMax));
  }
  return absl::OkStatus();
}

}  // namespace argosy::incentives
