#include "services/teams/domain/errors.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "base/period.h"

namespace argosy::teams {
namespace {

using base::Fault;
using base::MakeFault;

absl::Status Refused(absl::string_view message, absl::string_view reason,
                     base::PreconditionFault precondition,
                     std::vector<std::pair<std::string, std::string>> metadata) {
  return MakeFault(absl::StatusCode::kFailedPrecondition, message,
                   Fault{.reason = std::string(reason),
                         .metadata = std::move(metadata),
                         .precondition = std::move(precondition)});
}

base::ResourceFault Resource(absl::string_view type, absl::string_view name) {
  return {.type = std::string(type), .name = std::string(name)};
}

}  // namespace

absl::Status ResourceMissing(absl::string_view type, absl::string_view name) {
  return MakeFault(absl::StatusCode::kNotFound, absl::StrCat("'", name, "' does not exist"),
                   Fault{.reason = "RESOURCE_NOT_FOUND",
                         .metadata = {{"name", std::string(name)}},
                         .resource = Resource(type, name)});
}

absl::Status ResourceExists(absl::string_view type, absl::string_view name) {
  return MakeFault(absl::StatusCode::kAlreadyExists, absl::StrCat("'", name, "' exists already"),
                   Fault{.reason = "RESOURCE_EXISTS",
                         .metadata = {{"name", std::string(name)}},
                         .resource = Resource(type, name)});
}

absl::Status EtagMismatch(absl::string_view name) {
  return MakeFault(absl::StatusCode::kAborted,
                   absl::StrCat("'", name, "' has changed since it was read"),
                   Fault{.reason = "ETAG_MISMATCH", .metadata = {{"name", std::string(name)}}});
}

absl::Status OutsideOwnScope(absl::string_view permission, absl::string_view resource) {
  return MakeFault(absl::StatusCode::kPermissionDenied,
                   absl::StrCat("Permission '", permission, "' denied on resource '", resource,
                                "' (or it might not exist)."),
                   Fault{.reason = "PERMISSION_MISSING",
                         .metadata = {{"permission", std::string(permission)},
                                      {"resource", std::string(resource)}}});
}

absl::Status MembershipLinked(absl::string_view membership) {
  return MakeFault(absl::StatusCode::kAlreadyExists,
                   absl::StrCat("the account '", membership, "' belongs to another member"),
                   Fault{.reason = "MEMBERSHIP_LINKED",
                         .metadata = {{"membership", std::string(membership)}},
                         .resource = Resource("argosy.dev/Membership", membership)});
}

absl::Status MemberHasAssignments(absl::string_view member) {
  return Refused(absl::StrCat("'", member, "' holds roles outside the new dates; end them first"),
                 "MEMBER_HAS_ASSIGNMENTS",
                 {.type = "ASSIGNMENTS",
                  .subject = std::string(member),
                  .description = "a role begins before the first day or lasts beyond the last"},
                 {{"member", std::string(member)}});
}

absl::Status EffortShareExceeded(absl::string_view member, absl::CivilDay day, int64_t share_ppm) {
  const std::string date = base::FormatCivilDay(day);
  return Refused(
      absl::StrCat("the effort shares of '", member, "' on '", date, "' would sum to '", share_ppm,
                   "' ppm, more than the whole"),
      "EFFORT_SHARE_EXCEEDED",
      {.type = "EFFORT_SHARE",
       .subject = std::string(member),
       .description = "shares of one day sum to at most 1,000,000 ppm"},
      {{"member", std::string(member)}, {"date", date}, {"share_ppm", absl::StrCat(share_ppm)}});
}

absl::Status AssignmentOutsideEmployment(absl::string_view member) {
  return Refused(absl::StrCat("'", member, "' is not at work on every day of the role"),
                 "ASSIGNMENT_OUTSIDE_EMPLOYMENT",
                 {.type = "EMPLOYMENT",
                  .subject = std::string(member),
                  .description = "a role lies between the first and the last day at work"},
                 {{"member", std::string(member)}});
}

absl::Status RoleAlreadyHeld(absl::string_view member, absl::CivilDay day) {
  const std::string date = base::FormatCivilDay(day);
  return MakeFault(absl::StatusCode::kAlreadyExists,
                   absl::StrCat("'", member, "' holds this role for this team on '", date, "'"),
                   Fault{.reason = "ROLE_ALREADY_HELD",
                         .metadata = {{"member", std::string(member)}, {"date", date}},
                         .resource = Resource("argosy.dev/Member", member)});
}

absl::Status AssignmentEnded(absl::string_view assignment, absl::CivilDay end) {
  const std::string date = base::FormatCivilDay(end);
  return Refused(absl::StrCat("'", assignment, "' ends on '", date, "' already"),
                 "STATE_NOT_ALLOWED",
                 {.type = "STATE",
                  .subject = std::string(assignment),
                  .description = "a role can be ended earlier, never later"},
                 {{"name", std::string(assignment)}, {"effective_end_date", date}});
}

absl::Status EvidenceTooLarge(int64_t inquiries_max) {
  return Refused(absl::StrCat("the cohort has more than '", inquiries_max, "' inquiries"),
                 "EVIDENCE_TOO_LARGE",
                 {.type = "EVIDENCE",
                  .subject = "stageEvaluations",
                  .description = "an evaluation keeps every inquiry it judged"},
                 {{"inquiries_max", absl::StrCat(inquiries_max)}});
}

absl::Status EvidenceUnreadable() { return base::Internal("stored evidence cannot be read"); }

absl::Status AnswerUnusable(absl::string_view what) {
  return base::Internal(absl::StrCat("the metrics service answered badly: ", what));
}

}  // namespace argosy::teams
