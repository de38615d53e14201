// One component in one month: every payee's credits and what they earn.
#ifndef ARGOSY_SERVICES_INCENTIVES_DOMAIN_COMPONENT_TOTALS_H_
#define ARGOSY_SERVICES_INCENTIVES_DOMAIN_COMPONENT_TOTALS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "base/ids.h"
#include "services/incentives/domain/calculation.h"
#include "services/incentives/domain/credit_bytes.h"
#include "services/incentives/domain/credits.h"

namespace argosy::incentives {

// Why an order could earn by no plan whatever: it is not confirmed, or names no member and role, or
// a member whom the roster does not have. Nothing when it could.
std::optional<Exclusion> FindOwnExclusion(const OrderFact& order, const Roster& roster);

// Why an amount of `order` on `day` earns nothing by `plan`, or nothing when it does: it could earn
// by some plan, its member acted in a role that has this one on that day and held that role by the
// roster, and it is in the plan's currency. The first obstacle in this order.
std::optional<Exclusion> FindExclusion(const OrderFact& order, absl::CivilDay day,
                                       const MonthPlan& plan, const RosterSnapshot& people);

// A payee's totals in one component and one month.
struct PayeeTotal {
  int64_t base_minor = 0;
  int64_t earned_minor = 0;
  CreditPacker credits;
};

// By payee. Totals grow from the start of the component's window; only what falls into the month of
// `plan` is returned. PAYEE_UNKNOWN, AMOUNT_OVERFLOW, RUN_TOO_LARGE.
absl::StatusOr<std::map<base::MemberId, PayeeTotal>> ComputeComponent(const MonthPlan& plan,
                                                                      const Component& component,
                                                                      const StandingBook& book,
                                                                      const RosterSnapshot& people);

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_DOMAIN_COMPONENT_TOTALS_H_
