#include "services/incentives/domain/component_totals.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/money.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/incentives/domain/tiers.h"

namespace argosy::incentives {
namespace {

base::Grain GrainOf(Accumulation accumulation) {
  switch (accumulation) {
    case Accumulation::kQuarter:
      return base::Grain::kQuarter;
    case Accumulation::kYear:
      return base::Grain::kYear;
    case Accumulation::kMonth:
      break;
  }
  return base::Grain::kMonth;
}

// A payee while amounts go by in canonical order.
struct Running {
  int64_t total_minor = 0;   // of the window so far
  int64_t earned_minor = 0;  // its rounded earning
  PayeeTotal month;
};

class ComponentRun {
 public:
  ComponentRun(const MonthPlan& plan, const Component& component, const RosterSnapshot& people)
      : plan_(plan),
        component_(component),
        people_(people),
        month_(base::PeriodOf(plan.month, base::Grain::kMonth)),
        window_begin_(
            base::PeriodOf(plan.month, GrainOf(component.commission.accumulation)).begin) {}

  absl::StatusOr<std::map<base::MemberId, PayeeTotal>> Run(const StandingBook& book) {
    const std::vector<StandingAmount>& amounts = book.of(component_.commission.base);
    // Amounts are in the order of time, so the window is one stretch of them.
    auto it = std::partition_point(
        amounts.begin(), amounts.end(),
        [&](const StandingAmount& amount) { return amount.day < window_begin_; });
    for (; it != amounts.end() && it->day < month_.end; ++it) {
      if (FindExclusion(*it->order, it->day, plan_, people_)) continue;
      RETURN_IF_ERROR(Credit(*it));
    }
    std::map<base::MemberId, PayeeTotal> totals;
    for (auto& [member, running] : running_) {
      if (running.month.credits.credit_count() > 0) totals[member] = std::move(running.month);
    }
    return totals;
  }

 private:
  absl::Status Credit(const StandingAmount& amount) {
    ASSIGN_OR_RETURN(const std::vector<CreditPart> parts,
                     ComputeParts(component_.commission.credit_rule, amount, people_.roster));
    for (const CreditPart& part : parts) RETURN_IF_ERROR(CreditPayee(amount, part));
    return absl::OkStatus();
  }

  absl::Status CreditPayee(const StandingAmount& amount, const CreditPart& part) {
    Running& running = running_[part.member];
    ASSIGN_OR_RETURN(const int64_t total,
                     base::CheckedAdd(running.total_minor, part.credited_minor));
    ASSIGN_OR_RETURN(const int64_t earned, ComputeEarning(component_.commission.table, total));
    if (month_.Contains(amount.day)) {
      ASSIGN_OR_RETURN(const int64_t step, base::CheckedSub(earned, running.earned_minor));
      ASSIGN_OR_RETURN(running.month.base_minor,
                       base::CheckedAdd(running.month.base_minor, part.credited_minor));
      ASSIGN_OR_RETURN(running.month.earned_minor,
                       base::CheckedAdd(running.month.earned_minor, step));
      running.month.credits.Add(ToCredit(amount, part, running.total_minor, step));
    }
    running.total_minor = total;
    running.earned_minor = earned;
    return absl::OkStatus();
  }

  static incentives::Credit ToCredit(const StandingAmount& amount, const CreditPart& part,
                                     int64_t before, int64_t earned) {
    incentives::Credit credit{.order = amount.order->key,
                              .event_time = amount.event_time,
                              .standing_minor = amount.standing_minor,
                              .share = part.share,
                              .credited_minor = part.credited_minor,
                              .before_minor = before,
                              .earned_minor = earned};
    if (amount.payment != nullptr) credit.payment = amount.payment->key;
    for (const MovementFact* refund : amount.refunds) credit.refunds.push_back(refund->key);
    return credit;
  }

  const MonthPlan& plan_;
  const Component& component_;
  const RosterSnapshot& people_;
  const base::Period month_;
  const absl::CivilDay window_begin_;
  std::map<base::MemberId, Running> running_;
};

}  // namespace

std::optional<Exclusion> FindOwnExclusion(const OrderFact& order, const Roster& roster) {
  if (!order.confirmed) return Exclusion::kOrderNotConfirmed;
  if (!order.member || !order.acting_role) return Exclusion::kNoMember;
  if (!roster.Has(*order.member)) return Exclusion::kMemberUnknown;
  return std::nullopt;
}

std::optional<Exclusion> FindExclusion(const OrderFact& order, absl::CivilDay day,
                                       const MonthPlan& plan, const RosterSnapshot& people) {
  if (const auto own = FindOwnExclusion(order, people.roster)) return own;
  const bool assigned = std::any_of(
      people.assignments.begin(), people.assignments.end(), [&](const PlanAssignment& assignment) {
        return assignment.role == *order.acting_role && assignment.plan_id == plan.plan &&
               assignment.Holds(day);
      });
  if (!assigned) return Exclusion::kNoPlan;
  if (!people.roster.Holds(*order.member, *order.acting_role, day)) {
    return Exclusion::kRoleNotHeld;
  }
  if (order.value.currency != plan.currency) return Exclusion::kOtherCurrency;
  return std::nullopt;
}

absl::StatusOr<std::map<base::MemberId, PayeeTotal>> ComputeComponent(
    const MonthPlan& plan, const Component& component, const StandingBook& book,
    const RosterSnapshot& people) {
  return ComponentRun(plan, component, people).Run(book);
}

}  // namespace argosy::incentives
