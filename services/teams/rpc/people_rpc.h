// argosy.teams.v1.PeopleService on the wire: one statement per RPC.
#ifndef ARGOSY_SERVICES_TEAMS_RPC_PEOPLE_RPC_H_
#define ARGOSY_SERVICES_TEAMS_RPC_PEOPLE_RPC_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "argosy/teams/v1/people_service.grpc.pb.h"
#include "rpc/chassis.h"
#include "services/teams/service/people_service.h"

namespace argosy::teams {

// Thread-safe; both references outlive it.
class PeopleRpc final : public v1::PeopleService::Service {
 public:
  PeopleRpc(rpc::Chassis& chassis, PeopleService& service) : chassis_(chassis), service_(service) {}

  grpc::Status CreateMember(grpc::ServerContext* call, const v1::CreateMemberRequest* request,
                            v1::Member* response) override;
  grpc::Status BatchCreateMembers(grpc::ServerContext* call,
                                  const v1::BatchCreateMembersRequest* request,
                                  v1::BatchCreateMembersResponse* response) override;
  grpc::Status GetMember(grpc::ServerContext* call, const v1::GetMemberRequest* request,
                         v1::Member* response) override;
  grpc::Status ListMembers(grpc::ServerContext* call, const v1::ListMembersRequest* request,
                           v1::ListMembersResponse* response) override;
  grpc::Status UpdateMember(grpc::ServerContext* call, const v1::UpdateMemberRequest* request,
                            v1::Member* response) override;
  grpc::Status CreateTeam(grpc::ServerContext* call, const v1::CreateTeamRequest* request,
                          v1::Team* response) override;
  grpc::Status GetTeam(grpc::ServerContext* call, const v1::GetTeamRequest* request,
                       v1::Team* response) override;
  grpc::Status ListTeams(grpc::ServerContext* call, const v1::ListTeamsRequest* request,
                         v1::ListTeamsResponse* response) override;
  grpc::Status UpdateTeam(grpc::ServerContext* call, const v1::UpdateTeamRequest* request,
                          v1::Team* response) override;
  grpc::Status CreateRoleAssignment(grpc::ServerContext* call,
                                    const v1::CreateRoleAssignmentRequest* request,
                                    v1::RoleAssignment* response) override;
  grpc::Status BatchCreateRoleAssignments(
      grpc::ServerContext* call, const v1::BatchCreateRoleAssignmentsRequest* request,
      v1::BatchCreateRoleAssignmentsResponse* response) override;
  grpc::Status EndRoleAssignment(grpc::ServerContext* call,
                                 const v1::EndRoleAssignmentRequest* request,
                                 v1::RoleAssignment* response) override;
  grpc::Status ListRoleAssignments(grpc::ServerContext* call,
                                   const v1::ListRoleAssignmentsRequest* request,
                                   v1::ListRoleAssignmentsResponse* response) override;
  grpc::Status ListRoster(grpc::ServerContext* call, const v1::ListRosterRequest* request,
                          v1::ListRosterResponse* response) override;
  grpc::Status GetMemberScope(grpc::ServerContext* call, const v1::GetMemberScopeRequest* request,
                              v1::MemberScope* response) override;
  grpc::Status GetCurrentModel(grpc::ServerContext* call, const v1::GetCurrentModelRequest* request,
                               v1::CurrentModel* response) override;

 private:
  rpc::Chassis& chassis_;
  PeopleService& service_;
};

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_RPC_PEOPLE_RPC_H_
