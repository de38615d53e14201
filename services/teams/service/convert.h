// Between the contract of people and the domain.
#ifndef ARGOSY_SERVICES_TEAMS_SERVICE_CONVERT_H_
#define ARGOSY_SERVICES_TEAMS_SERVICE_CONVERT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "argosy/teams/v1/people.pb.h"
#include "argosy/teams/v1/people_service.pb.h"
#include "base/ids.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/teams/domain/current_model.h"
#include "services/teams/domain/member.h"
#include "services/teams/domain/role_assignment.h"
#include "services/teams/domain/team.h"
#include "services/teams/store/role_assignment_store.h"

namespace argosy::teams {

google::protobuf::Timestamp ToProto(absl::Time time);
v1::Member ToProto(const base::TenantId& tenant, const Member& member);
v1::Team ToProto(const base::TenantId& tenant, const Team& team);
v1::RoleAssignment ToProto(const base::TenantId& tenant, const RoleAssignment& assignment);
v1::CurrentModel ToProto(const RoleLayout& layout, const CurrentModel& model);

// All Parse functions: INVALID_ARGUMENT / FIELD_INVALID unless said otherwise. Names have been
// checked against the tenant before.

// The last part of "tenants/acme/members/li-wei"; `collection` is "members".
absl::StatusOr<std::string> ParseLastPart(absl::string_view name, absl::string_view collection);
absl::StatusOr<base::MemberId> ParseMemberName(absl::string_view name);
absl::StatusOr<base::TeamId> ParseTeamName(absl::string_view name);
absl::StatusOr<RoleAssignmentId> ParseAssignmentName(absl::string_view name);
absl::StatusOr<MembershipId> ParseMembershipName(absl::string_view name);

// Also DATE_MALFORMED and DATE_OUT_OF_RANGE.
absl::StatusOr<MemberFields> ParseMember(const v1::Member& member);
// Also CURRENCY_UNKNOWN.
absl::StatusOr<TeamFields> ParseTeam(const v1::Team& team);
// Also DATE_MALFORMED and DATE_OUT_OF_RANGE.
absl::StatusOr<RoleFields> ParseRole(const v1::RoleAssignment& assignment);
absl::StatusOr<AssignmentFilter> ParseFilter(const v1::ListRoleAssignmentsRequest& request);

// `current` with the fields that the mask names taken from `change`; without a mask those that are
// set. As ParseMember and ParseTeam, and for a path that cannot be changed.
absl::StatusOr<MemberFields> MergeMember(const MemberFields& current, const v1::Member& change,
                                         const google::protobuf::FieldMask& mask);
absl::StatusOr<TeamFields> MergeTeam(const TeamFields& current, const v1::Team& change,
                                     const google::protobuf::FieldMask& mask);

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_SERVICE_CONVERT_H_
