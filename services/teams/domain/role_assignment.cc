#include "services/teams/domain/role_assignment.h"

#include <algorithm>
#include <vector>

#include "base/fault.h"
#include "base/status_macros.h"
#include "services/teams/domain/errors.h"

namespace argosy::teams {
namespace {

// Shares only rise where a role begins, so these are the only days to look at.
absl::Status CheckShares(absl::string_view member, const RoleFields& added,
                         absl::Span<const RoleAssignment> held) {
  std::vector<absl::CivilDay> days = {added.days.start};
  for (const RoleAssignment& other : held) {
    if (added.days.Contains(other.fields.days.start)) days.push_back(other.fields.days.start);
  }
  std::sort(days.begin(), days.end());
  for (const absl::CivilDay day : days) {
    int64_t sum = added.share_ppm;
    for (const RoleAssignment& other : held) {
      if (other.fields.days.Contains(day)) sum += other.fields.share_ppm;
    }
    if (sum > RoleFields::kSharePpmMax) {
      return EffortShareExceeded(member, day, sum);
    }
  }
  return absl::OkStatus();
}

}  // namespace

bool DayRange::Covers(const DayRange& other) const {
  if (other.start < start) return false;
  return !end.has_value() || (other.end.has_value() && *other.end <= *end);
}

bool DayRange::Overlaps(const DayRange& other) const {
  return (!end || other.start < *end) && (!other.end || start < *other.end);
}

absl::Status CheckRole(absl::string_view member, const RoleFields& added,
                       const DayRange& employment, absl::Span<const RoleAssignment> held) {
  if (added.days.is_empty()) {
    return base::FieldInvalid("role_assignment.effective_end_date",
                              "must be later than effective_start_date");
  }
  if (added.share_ppm < RoleFields::kSharePpmMin || added.share_ppm > RoleFields::kSharePpmMax) {
    return base::FieldInvalid("role_assignment.effort_share_ppm", "must be 10,000 to 1,000,000");
  }
  if (!employment.Covers(added.days)) return AssignmentOutsideEmployment(member);
  for (const RoleAssignment& other : held) {
    const bool same = other.fields.role == added.role && other.fields.team == added.team;
    if (same && other.fields.days.Overlaps(added.days)) {
      return RoleAlreadyHeld(member, std::max(other.fields.days.start, added.days.start));
    }
  }
  return CheckShares(member, added, held);
}

absl::StatusOr<RoleAssignment> EndRole(const RoleAssignment& current, absl::CivilDay end,
                                       const RowChange& change) {
  if (change.etag != current.etag()) return EtagMismatch(change.name);
  if (end <= current.fields.days.start) {
    return base::FieldInvalid("effective_end_date", "must be later than effective_start_date");
  }
  if (current.fields.days.end.has_value() && *current.fields.days.end <= end) {
    return AssignmentEnded(change.name, *current.fields.days.end);
  }
  RoleAssignment next = current;
  next.fields.days.end = end;
  next.version = current.version + 1;
  next.updated_at = change.at;
  return next;
}

}  // namespace argosy::teams
