#include "services/teams/domain/team.h"

#include <cstddef>

#include "base/fault.h"
#include "base/status_macros.h"
#include "services/teams/domain/errors.h"
#include "services/teams/domain/member.h"

namespace argosy::teams {

absl::Status CheckTeam(const TeamFields& fields) {
  const size_t length = CodePoints(fields.display_name);
  if (length == 0 || length > MemberFields::kDisplayNameCharsMax) {
    return base::FieldInvalid("team.display_name", "must have 1 to 200 characters");
  }
  if (fields.monthly_budget.has_value() && fields.monthly_budget->minor <= 0) {
    return base::FieldInvalid("team.monthly_budget.amount_minor", "must be above 0");
  }
  return absl::OkStatus();
}

absl::StatusOr<Team> ReviseTeam(const Team& current, const TeamFields& fields,
                                const RowChange& change) {
  if (!change.etag.empty() && change.etag != current.etag()) return EtagMismatch(change.name);
  RETURN_IF_ERROR(CheckTeam(fields));
  Team next = current;
  next.fields = fields;
  next.version = current.version + 1;
  next.updated_at = change.at;
  return next;
}

}  // namespace argosy::teams
