#include "services/teams/domain/member.h"

#include <algorithm>

#include "base/fault.h"
#include "base/status_macros.h"
#include "services/teams/domain/errors.h"

namespace argosy::teams {

size_t CodePoints(absl::string_view text) {
  constexpr unsigned char kTopBits = 0xC0;
  constexpr unsigned char kContinuation = 0x80;
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & kTopBits) != kContinuation;
  }));
}

absl::Status CheckMember(const MemberFields& fields) {
  const size_t length = CodePoints(fields.display_name);
  if (length == 0 || length > MemberFields::kDisplayNameCharsMax) {
    return base::FieldInvalid("member.display_name", "must have 1 to 200 characters");
  }
  if (fields.employment.is_empty()) {
    return base::FieldInvalid("member.left_date", "must be later than joined_date");
  }
  return absl::OkStatus();
}

absl::StatusOr<Member> ReviseMember(const Member& current, const MemberFields& fields,
                                    const RowChange& change,
                                    absl::Span<const RoleAssignment> assignments) {
  if (!change.etag.empty() && change.etag != current.etag()) return EtagMismatch(change.name);
  RETURN_IF_ERROR(CheckMember(fields));
  for (const RoleAssignment& assignment : assignments) {
    if (!fields.employment.Covers(assignment.fields.days)) {
      return MemberHasAssignments(change.name);
    }
  }
  Member next = current;
  next.fields = fields;
  next.version = current.version + 1;
  next.updated_at = change.at;
  return next;
}

}  // namespace argosy::teams
