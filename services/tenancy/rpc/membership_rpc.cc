#include "services/tenancy/rpc/membership_rpc.h"

#include "tenants/request_context.h"

namespace argosy::tenancy {

grpc::Status MembershipRpc::CreateMembership(grpc::ServerContext* call,
                                             const v1::CreateMembershipRequest* request,
                                             v1::Membership* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.CreateMembership(ctx, *request);
  });
}

grpc::Status MembershipRpc::GetMembership(grpc::ServerContext* call,
                                          const v1::GetMembershipRequest* request,
                                          v1::Membership* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.GetMembership(ctx, *request);
  });
}

grpc::Status MembershipRpc::ListMemberships(grpc::ServerContext* call,
                                            const v1::ListMembershipsRequest* request,
                                            v1::ListMembershipsResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListMemberships(ctx, *request);
  });
}

grpc::Status MembershipRpc::UpdateMembership(grpc::ServerContext* call,
                                             const v1::UpdateMembershipRequest* request,
                                             v1::Membership* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.UpdateMembership(ctx, *request);
  });
}

grpc::Status MembershipRpc::DeleteMembership(grpc::ServerContext* call,
                                             const v1::DeleteMembershipRequest* request,
                                             google::protobuf::Empty* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.DeleteMembership(ctx, *request);
  });
}

}  // namespace argosy::tenancy
