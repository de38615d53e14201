#include "services/incentives/domain/run.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "base/period.h"
#include "services/incentives/domain/errors.h"

namespace argosy::incentives {
namespace {

std::string Label(absl::CivilDay month) { return base::PeriodLabel(month, base::Grain::kMonth); }

absl::CivilDay EndOf(absl::CivilDay month) {
  return base::PeriodOf(month, base::Grain::kMonth).end;
}

absl::string_view StateName(RunState state) {
  switch (state) {
    case RunState::kCalculated:
      return "CALCULATED";
    case RunState::kApproved:
      return "APPROVED";
    case RunState::kLocked:
      return "LOCKED";
  }
  return "UNKNOWN";
}

using PlanTerm = std::tuple<std::string, absl::CivilDay, std::string>;

std::set<PlanTerm> ToPlanTerms(const std::vector<AppliedPlan>& plans) {
  std::set<PlanTerm> terms;
  for (const AppliedPlan& plan : plans) {
    terms.emplace(plan.plan.text(), plan.month, plan.content_hash);
  }
  return terms;
}

using AssignmentTerm = std::tuple<std::string, BusinessRole, absl::CivilDay, absl::CivilDay>;

// Days from `end` on are cut off: they cannot have paid anything yet.
std::set<AssignmentTerm> ToAssignmentTerms(const std::vector<PlanAssignment>& assignments,
                                           absl::CivilDay end) {
  std::set<AssignmentTerm> terms;
  for (const PlanAssignment& assignment : assignments) {
    if (assignment.starts >= end) continue;
    terms.emplace(assignment.plan_id.text(), assignment.role, assignment.starts,
                  std::min(assignment.ends.value_or(end), end));
  }
  return terms;
}

}  // namespace

absl::Status CheckRunWish(const RunWish& wish, const std::vector<absl::CivilDay>& locked,
                          const absl::TimeZone& zone) {
  if (wish.as_of < base::StartOfDay(EndOf(wish.month), zone)) {
    return PeriodNotOver(Label(wish.month));
  }
  const bool is_locked = std::find(locked.begin(), locked.end(), wish.month) != locked.end();
  if (wish.kind == RunKind::kRegular && is_locked) return PeriodLocked(Label(wish.month));
  if (wish.kind == RunKind::kCorrection && !is_locked) return PeriodNotLocked(Label(wish.month));
  return absl::OkStatus();
}

std::vector<absl::CivilDay> ComputeOrigins(absl::CivilDay month,
                                           const std::vector<absl::CivilDay>& locked) {
  std::vector<absl::CivilDay> origins;
  const absl::CivilDay earliest = EarliestRestated(month);
  std::copy_if(locked.begin(), locked.end(), std::back_inserter(origins),
               [&](absl::CivilDay other) { return earliest <= other && other < month; });
  std::sort(origins.begin(), origins.end());
  origins.push_back(month);
  return origins;
}

base::Period ComputeFactDays(const std::vector<absl::CivilDay>& origins, absl::CivilDay cut_day) {
  return {.begin = absl::CivilDay(absl::CivilYear(origins.front())), .end = cut_day};
}

absl::CivilDay ComputeCutDay(absl::CivilDay month, const std::vector<absl::CivilDay>& locked) {
  absl::CivilDay latest = month;
  for (const absl::CivilDay other : locked) latest = std::max(latest, other);
  return EndOf(latest);
}

absl::StatusOr<Run> ApproveRun(const Run& run, absl::string_view name, absl::Time now) {
  if (run.state != RunState::kCalculated) {
    return StateNotAllowed(name, StateName(run.state), "approved");
  }
  Run next = run;
  next.state = RunState::kApproved;
  next.approved_at = now;
  next.version += 1;
  return next;
}

absl::StatusOr<Run> LockRun(const Run& run, const LockChange& change) {
  if (run.state != RunState::kApproved) {
    return StateNotAllowed(change.name, StateName(run.state), "locked");
  }
  if (run.ledger_version != change.ledger_version) {
    return RunStale(run.ledger_version, change.ledger_version);
  }
  Run next = run;
  next.state = RunState::kLocked;
  next.locked_at = change.now;
  next.period_version = change.locks_of_month + 1;
  next.version += 1;
  return next;
}

absl::Status CheckTermsHold(absl::CivilDay month, const RunTerms& calculated, const RunTerms& now) {
  const absl::CivilDay end = EndOf(month);
  if (ToPlanTerms(calculated.plans) != ToPlanTerms(now.plans) ||
      ToAssignmentTerms(calculated.assignments, end) != ToAssignmentTerms(now.assignments, end)) {
    return RunTermsChanged(Label(month));
  }
  return absl::OkStatus();
}

}  // namespace argosy::incentives
