// Memberships: who may do what in a tenant.
#ifndef ARGOSY_SERVICES_TENANCY_SERVICE_MEMBERSHIP_SERVICE_H_
#define ARGOSY_SERVICES_TENANCY_SERVICE_MEMBERSHIP_SERVICE_H_

#include "absl/status/statusor.h"
#include "argosy/tenancy/v1/membership.pb.h"
#include "google/protobuf/empty.pb.h"
#include "services/tenancy/service/collaborators.h"
#include "tenants/request_context.h"

namespace argosy::tenancy {

// The verbs of argosy.tenancy.v1.MembershipService, whose contract says what each refuses.
// Thread-safe.
class MembershipService {
 public:
  explicit MembershipService(const Collaborators& with) : with_(with) {}

  absl::StatusOr<v1::Membership> CreateMembership(const tenants::RequestContext& ctx,
                                                  const v1::CreateMembershipRequest& request);
  absl::StatusOr<v1::Membership> GetMembership(const tenants::RequestContext& ctx,
                                               const v1::GetMembershipRequest& request);
  absl::StatusOr<v1::ListMembershipsResponse> ListMemberships(
      const tenants::RequestContext& ctx, const v1::ListMembershipsRequest& request);
  absl::StatusOr<v1::Membership> UpdateMembership(const tenants::RequestContext& ctx,
                                                  const v1::UpdateMembershipRequest& request);
  absl::StatusOr<google::protobuf::Empty> DeleteMembership(
      const tenants::RequestContext& ctx, const v1::DeleteMembershipRequest& request);

 private:
  // NOT_FOUND / RESOURCE_NOT_FOUND.
  absl::StatusOr<Membership> Get(const tenants::RequestContext& ctx, tenants::TenantReader& reader,
                                 const MembershipId& id) const;

  Collaborators with_;
};

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_SERVICE_MEMBERSHIP_SERVICE_H_
