// A person at work. Pure.
#ifndef ARGOSY_SERVICES_TEAMS_DOMAIN_MEMBER_H_
#define ARGOSY_SERVICES_TEAMS_DOMAIN_MEMBER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "base/ids.h"
#include "services/teams/domain/ids.h"
#include "services/teams/domain/role_assignment.h"

namespace argosy::teams {

// What people may change of a member.
struct MemberFields {
  // Fits a line of a roster in any language.
  static constexpr size_t kDisplayNameCharsMax = 200;

  std::string display_name;
  std::optional<MembershipId> membership;
  DayRange employment;

  friend bool operator==(const MemberFields&, const MemberFields&) = default;
};

struct Member {
  base::MemberId id;
  base::Uuid uid;
  MemberFields fields;
  int64_t version = 1;
  absl::Time created_at;
  absl::Time updated_at;

  std::string etag() const { return RowEtag(uid, version); }
  friend bool operator==(const Member&, const Member&) = default;
};

// INVALID_ARGUMENT / FIELD_INVALID: no name, one too long, or an end that is not after the start.
absl::Status CheckMember(const MemberFields& fields);

// The next version of `current`. ETAG_MISMATCH when the etag is neither empty nor the present one;
// MEMBER_HAS_ASSIGNMENTS when one of `assignments`, all of this member, would not lie inside the
// employment; FIELD_INVALID as CheckMember.
absl::StatusOr<Member> ReviseMember(const Member& current, const MemberFields& fields,
                                    const RowChange& change,
                                    absl::Span<const RoleAssignment> assignments);

// Code points of UTF-8 text, which the wire has checked to be valid.
size_t CodePoints(absl::string_view text);

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_DOMAIN_MEMBER_H_
