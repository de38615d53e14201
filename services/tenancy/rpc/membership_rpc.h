// argosy.tenancy.v1.MembershipService on the wire: one statement per RPC.
#ifndef ARGOSY_SERVICES_TENANCY_RPC_MEMBERSHIP_RPC_H_
#define ARGOSY_SERVICES_TENANCY_RPC_MEMBERSHIP_RPC_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "argosy/tenancy/v1/membership.grpc.pb.h"
#include "google/protobuf/empty.pb.h"
#include "rpc/chassis.h"
#include "services/tenancy/service/membership_service.h"

namespace argosy::tenancy {

// Thread-safe; both references outlive it.
class MembershipRpc final : public v1::MembershipService::Service {
 public:
  MembershipRpc(rpc::Chassis& chassis, MembershipService& service)
      : chassis_(chassis), service_(service) {}

  grpc::Status CreateMembership(grpc::ServerContext* call,
                                const v1::CreateMembershipRequest* request,
                                v1::Membership* response) override;
  grpc::Status GetMembership(grpc::ServerContext* call, const v1::GetMembershipRequest* request,
                             v1::Membership* response) override;
  grpc::Status ListMemberships(grpc::ServerContext* call, const v1::ListMembershipsRequest* request,
                               v1::ListMembershipsResponse* response) override;
  grpc::Status UpdateMembership(grpc::ServerContext* call,
                                const v1::UpdateMembershipRequest* request,
                                v1::Membership* response) override;
  grpc::Status DeleteMembership(grpc::ServerContext* call,
                                const v1::DeleteMembershipRequest* request,
                                google::protobuf::Empty* response) override;

 private:
  rpc::Chassis& chassis_;
  MembershipService& service_;
};

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_RPC_MEMBERSHIP_RPC_H_
