#include "services/teams/rpc/people_rpc.h"

#include "tenants/request_context.h"

namespace argosy::teams {

grpc::Status PeopleRpc::CreateMember(grpc::ServerContext* call,
                                     const v1::CreateMemberRequest* request, v1::Member* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.CreateMember(ctx, *request);
  });
}

grpc::Status PeopleRpc::BatchCreateMembers(grpc::ServerContext* call,
                                           const v1::BatchCreateMembersRequest* request,
                                           v1::BatchCreateMembersResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.BatchCreateMembers(ctx, *request);
  });
}

grpc::Status PeopleRpc::GetMember(grpc::ServerContext* call, const v1::GetMemberRequest* request,
                                  v1::Member* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.GetMember(ctx, *request);
  });
}

grpc::Status PeopleRpc::ListMembers(grpc::ServerContext* call,
                                    const v1::ListMembersRequest* request,
                                    v1::ListMembersResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListMembers(ctx, *request);
  });
}

grpc::Status PeopleRpc::UpdateMember(grpc::ServerContext* call,
                                     const v1::UpdateMemberRequest* request, v1::Member* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.UpdateMember(ctx, *request);
  });
}

grpc::Status PeopleRpc::CreateTeam(grpc::ServerContext* call, const v1::CreateTeamRequest* request,
                                   v1::Team* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.CreateTeam(ctx, *request);
  });
}

grpc::Status PeopleRpc::GetTeam(grpc::ServerContext* call, const v1::GetTeamRequest* request,
                                v1::Team* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.GetTeam(ctx, *request);
  });
}

grpc::Status PeopleRpc::ListTeams(grpc::ServerContext* call, const v1::ListTeamsRequest* request,
                                  v1::ListTeamsResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListTeams(ctx, *request);
  });
}

grpc::Status PeopleRpc::UpdateTeam(grpc::ServerContext* call, const v1::UpdateTeamRequest* request,
                                   v1::Team* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.UpdateTeam(ctx, *request);
  });
}

grpc::Status PeopleRpc::CreateRoleAssignment(grpc::ServerContext* call,
                                             const v1::CreateRoleAssignmentRequest* request,
                                             v1::RoleAssignment* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.CreateRoleAssignment(ctx, *request);
  });
}

grpc::Status PeopleRpc::BatchCreateRoleAssignments(
    grpc::ServerContext* call, const v1::BatchCreateRoleAssignmentsRequest* request,
    v1::BatchCreateRoleAssignmentsResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.BatchCreateRoleAssignments(ctx, *request);
  });
}

grpc::Status PeopleRpc::EndRoleAssignment(grpc::ServerContext* call,
                                          const v1::EndRoleAssignmentRequest* request,
                                          v1::RoleAssignment* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.EndRoleAssignment(ctx, *request);
  });
}

grpc::Status PeopleRpc::ListRoleAssignments(grpc::ServerContext* call,
                                            const v1::ListRoleAssignmentsRequest* request,
                                            v1::ListRoleAssignmentsResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListRoleAssignments(ctx, *request);
  });
}

grpc::Status PeopleRpc::ListRoster(grpc::ServerContext* call, const v1::ListRosterRequest* request,
                                   v1::ListRosterResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListRoster(ctx, *request);
  });
}

grpc::Status PeopleRpc::GetMemberScope(grpc::ServerContext* call,
                                       const v1::GetMemberScopeRequest* request,
                                       v1::MemberScope* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.GetMemberScope(ctx, *request);
  });
}

grpc::Status PeopleRpc::GetCurrentModel(grpc::ServerContext* call,
                                        const v1::GetCurrentModelRequest* request,
                                        v1::CurrentModel* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.GetCurrentModel(ctx, *request);
  });
}

}  // namespace argosy::teams
