// argosy.teams.v1.PeopleService as absl::Status: one method per RPC. Calls no other service.
#ifndef ARGOSY_SERVICES_TEAMS_SERVICE_PEOPLE_SERVICE_H_
#define ARGOSY_SERVICES_TEAMS_SERVICE_PEOPLE_SERVICE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "argosy/teams/v1/people.pb.h"
#include "argosy/teams/v1/people_service.pb.h"
#include "services/teams/domain/role_assignment.h"
#include "services/teams/service/collaborators.h"
#include "tenants/request_context.h"

namespace argosy::teams {

// The refusals of each method are those its RPC names, and those of TenantSession. Thread-safe.
class PeopleService {
 public:
  explicit PeopleService(const Collaborators& with) : with_(with) {}

  absl::StatusOr<v1::Member> CreateMember(const tenants::RequestContext& ctx,
                                          const v1::CreateMemberRequest& request);
  absl::StatusOr<v1::BatchCreateMembersResponse> BatchCreateMembers(
      const tenants::RequestContext& ctx, const v1::BatchCreateMembersRequest& request);
  absl::StatusOr<v1::Member> GetMember(const tenants::RequestContext& ctx,
                                       const v1::GetMemberRequest& request);
  absl::StatusOr<v1::ListMembersResponse> ListMembers(const tenants::RequestContext& ctx,
                                                      const v1::ListMembersRequest& request);
  absl::StatusOr<v1::Member> UpdateMember(const tenants::RequestContext& ctx,
                                          const v1::UpdateMemberRequest& request);

  absl::StatusOr<v1::Team> CreateTeam(const tenants::RequestContext& ctx,
                                      const v1::CreateTeamRequest& request);
  absl::StatusOr<v1::Team> GetTeam(const tenants::RequestContext& ctx,
                                   const v1::GetTeamRequest& request);
  absl::StatusOr<v1::ListTeamsResponse> ListTeams(const tenants::RequestContext& ctx,
                                                  const v1::ListTeamsRequest& request);
  absl::StatusOr<v1::Team> UpdateTeam(const tenants::RequestContext& ctx,
                                      const v1::UpdateTeamRequest& request);

  absl::StatusOr<v1::RoleAssignment> CreateRoleAssignment(
      const tenants::RequestContext& ctx, const v1::CreateRoleAssignmentRequest& request);
  absl::StatusOr<v1::BatchCreateRoleAssignmentsResponse> BatchCreateRoleAssignments(
      const tenants::RequestContext& ctx, const v1::BatchCreateRoleAssignmentsRequest& request);
  absl::StatusOr<v1::RoleAssignment> EndRoleAssignment(const tenants::RequestContext& ctx,
                                                       const v1::EndRoleAssignmentRequest& request);
  absl::StatusOr<v1::ListRoleAssignmentsResponse> ListRoleAssignments(
      const tenants::RequestContext& ctx, const v1::ListRoleAssignmentsRequest& request);

  absl::StatusOr<v1::ListRosterResponse> ListRoster(const tenants::RequestContext& ctx,
                                                    const v1::ListRosterRequest& request);
  absl::StatusOr<v1::MemberScope> GetMemberScope(const tenants::RequestContext& ctx,
                                                 const v1::GetMemberScopeRequest& request);
  absl::StatusOr<v1::CurrentModel> GetCurrentModel(const tenants::RequestContext& ctx,
                                                   const v1::GetCurrentModelRequest& request);

 private:
  const Collaborators& with_;
};

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_SERVICE_PEOPLE_SERVICE_H_
