#include "services/incentives/domain/find_excluded.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/period.h"
#include "services/incentives/domain/component_totals.h"

namespace argosy::incentives {
namespace {

bool PaysOn(const MonthPlan& plan, CommissionBase base) {
  return std::any_of(
      plan.spec.components.begin(), plan.spec.components.end(),
      [base](const Component& component) { return component.commission.base == base; });
}

absl::CivilDay MonthOf(absl::CivilDay day) { return absl::CivilDay(absl::CivilMonth(day)); }

class Finder {
 public:
  Finder(const CalculationInputs& inputs, const StandingBook& book) : inputs_(inputs), book_(book) {
    for (const absl::CivilDay month : inputs.origins) plans_[month];
    for (const MonthPlan& plan : inputs.plans) plans_[plan.month].push_back(&plan);
  }

  Exclusions Find() {
    for (const auto* amounts : {&book_.orders, &book_.payments}) {
      for (const StandingAmount& amount : *amounts) AddAmount(amount);
    }
    for (const UnmatchedMovement& unmatched : book_.unmatched) {
      Add(*unmatched.movement, unmatched.order, unmatched.reason);
    }
    for (const CommissionBase base : {CommissionBase::kContractCif, CommissionBase::kCollected}) {
      AddOutOfReach(base);
    }
    return std::move(found_);
  }

 private:
  using Plans = std::vector<const MonthPlan*>;

  // The plans of the month of `day`; null for a month that is not calculated.
  const Plans* PlansOf(absl::CivilDay day) const {
    const auto found = plans_.find(MonthOf(day));
    return found == plans_.end() ? nullptr : &found->second;
  }

  void AddAmount(const StandingAmount& amount) {
    const Plans* plans = PlansOf(amount.day);
    if (plans == nullptr) return;
    const std::optional<Exclusion> reason = ExclusionOf(amount, *plans);
    if (!reason.has_value()) return;
    found_[{MonthOf(amount.day), *reason}].Add(
        {.place = {amount.event_time, amount.key()}, .member = amount.order->member});
  }

  // Why none of `plans` pays on an amount: the last obstacle before one would. Nothing when one
  // pays, or when none pays on payments and the amount is one.
  std::optional<Exclusion> ExclusionOf(const StandingAmount& amount, const Plans& plans) const {
    std::optional<Exclusion> nearest;
    if (amount.payment == nullptr) {
      nearest = FindOwnExclusion(*amount.order, inputs_.people.roster);
      if (!nearest) nearest = Exclusion::kNoPlan;
    }
    for (const MonthPlan* plan : plans) {
      if (amount.payment != nullptr && !PaysOn(*plan, CommissionBase::kCollected)) continue;
      const auto exclusion = FindExclusion(*amount.order, amount.day, *plan, inputs_.people);
      if (!exclusion) return std::nullopt;
      if (!nearest || *exclusion != Exclusion::kNoPlan) nearest = exclusion;
    }
    return nearest;
  }

  void Add(const MovementFact& movement, const OrderFact* order, Exclusion reason) {
    const absl::CivilDay day = base::LocalDay(movement.occurred_at, inputs_.zone);
    if (PlansOf(day) == nullptr) return;
    ExcludedFact fact{.place = {movement.occurred_at, movement.key}};
    if (order != nullptr) fact.member = order->member;
    found_[{MonthOf(day), reason}].Add(std::move(fact));
  }

  // Refunds that lower what a plan of their month pays on, in a month nobody restates.
  void AddOutOfReach(CommissionBase base) {
    const absl::CivilDay earliest = EarliestRestated(inputs_.month);
    for (const StandingAmount& amount : book_.of(base)) {
      if (amount.day >= earliest) break;  // they are in the order of time
      for (const MovementFact* refund : amount.refunds) {
        const Plans* plans = PlansOf(base::LocalDay(refund->occurred_at, inputs_.zone));
        if (plans == nullptr || !IsPaidOn(*plans, base)) continue;
        // One may lower several amounts.
        if (out_of_reach_.insert(refund).second) {
          Add(*refund, amount.order, Exclusion::kRefundOutOfReach);
        }
      }
    }
  }

  static bool IsPaidOn(const Plans& plans, CommissionBase base) {
    return std::any_of(plans.begin(), plans.end(),
                       [base](const MonthPlan* plan) { return PaysOn(*plan, base); });
  }

  const CalculationInputs& inputs_;
  const StandingBook& book_;
  std::map<absl::CivilDay, Plans> plans_;  // of every month that is calculated
  std::set<const MovementFact*> out_of_reach_;
  Exclusions found_;
};

}  // namespace

Exclusions FindExcluded(const CalculationInputs& inputs, const StandingBook& book) {
  return Finder(inputs, book).Find();
}

}  // namespace argosy::incentives
