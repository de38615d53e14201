// Every refusal of this service, each made by one function.
#ifndef ARGOSY_SERVICES_TEAMS_DOMAIN_ERRORS_H_
#define ARGOSY_SERVICES_TEAMS_DOMAIN_ERRORS_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace argosy::teams {

// NOT_FOUND / RESOURCE_NOT_FOUND. `type` is "argosy.dev/Team", `name` "tenants/acme/teams/east".
absl::Status ResourceMissing(absl::string_view type, absl::string_view name);

// ALREADY_EXISTS / RESOURCE_EXISTS.
absl::Status ResourceExists(absl::string_view type, absl::string_view name);

// ABORTED / ETAG_MISMATCH: another change came first.
absl::Status EtagMismatch(absl::string_view name);

// PERMISSION_DENIED / PERMISSION_MISSING: outside the caller's own scope, or it does not exist; the
// same words for both.
absl::Status OutsideOwnScope(absl::string_view permission, absl::string_view resource);

// ALREADY_EXISTS / MEMBERSHIP_LINKED: the account belongs to another member.
absl::Status MembershipLinked(absl::string_view membership);

// FAILED_PRECONDITION / MEMBER_HAS_ASSIGNMENTS: the new dates would cut an assignment off.
absl::Status MemberHasAssignments(absl::string_view member);

// FAILED_PRECONDITION / EFFORT_SHARE_EXCEEDED: the member's shares of `day` would sum to
// `share_ppm`.
absl::Status EffortShareExceeded(absl::string_view member, absl::CivilDay day, int64_t share_ppm);

// FAILED_PRECONDITION / ASSIGNMENT_OUTSIDE_EMPLOYMENT: the member is not at work on all its days.
absl::Status AssignmentOutsideEmployment(absl::string_view member);

// ALREADY_EXISTS / ROLE_ALREADY_HELD: the member holds the role for the team on `day`.
absl::Status RoleAlreadyHeld(absl::string_view member, absl::CivilDay day);

// FAILED_PRECONDITION / STATE_NOT_ALLOWED: the assignment has ended by then.
absl::Status AssignmentEnded(absl::string_view assignment, absl::CivilDay end);

// FAILED_PRECONDITION / EVIDENCE_TOO_LARGE: more inquiries than an evaluation keeps.
absl::Status EvidenceTooLarge(int64_t inquiries_max);

// INTERNAL: stored evidence is not what this program writes.
absl::Status EvidenceUnreadable();

// INTERNAL: the metrics service answered something it never should.
absl::Status AnswerUnusable(absl::string_view what);

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_DOMAIN_ERRORS_H_
