#include <string>
#include <vector>

#include "base/status_macros.h"
#include "services/tenancy/domain/errors.h"
#include "services/tenancy/service/convert.h"
#include "services/tenancy/service/membership_service.h"

namespace argosy::tenancy {

absl::StatusOr<Membership> MembershipService::Get(const tenants::RequestContext& ctx,
                                                  tenants::TenantReader& reader,
                                                  const MembershipId& id) const {
  ASSIGN_OR_RETURN(const auto found, with_.memberships.Find(reader, id));
  if (!found) {
    return ResourceMissing("argosy.dev/Membership", MembershipName(ctx.tenant().tenant_id(), id));
  }
  return *found;
}

absl::StatusOr<v1::Membership> MembershipService::GetMembership(
    const tenants::RequestContext& ctx, const v1::GetMembershipRequest& request) {
  ASSIGN_OR_RETURN(const MembershipId id, ParseMembershipName(request.name()));
  ASSIGN_OR_RETURN(const Membership membership,
                   with_.db.Read<Membership>(
                       ctx, [&](tenants::TenantReader& reader) { return Get(ctx, reader, id); }));
  return ToProto(ctx.tenant().tenant_id(), membership);
}

absl::StatusOr<v1::ListMembershipsResponse> MembershipService::ListMemberships(
    const tenants::RequestContext& ctx, const v1::ListMembershipsRequest& request) {
  ASSIGN_OR_RETURN(const int32_t size, base::PageSize(request.page_size(), kPageDefault, kPageMax));
  ASSIGN_OR_RETURN(const std::string key, with_.pages.Open(PageScopeOf(ctx), request.page_token()));
  MembershipId after;
  if (!key.empty()) {
    ASSIGN_OR_RETURN(after, MembershipId::Parse(key));
  }
  ASSIGN_OR_RETURN(std::vector<Membership> memberships,
                   with_.db.Read<std::vector<Membership>>(ctx, [&](tenants::TenantReader& reader) {
                     return with_.memberships.List(reader, after, size + 1);
                   }));
  v1::ListMembershipsResponse response;
  if (memberships.size() > static_cast<size_t>(size)) {
    memberships.pop_back();
    response.set_next_page_token(
        with_.pages.Seal(PageScopeOf(ctx), memberships.back().id.ToString()));
  }
  for (const Membership& membership : memberships) {
    *response.add_memberships() = ToProto(ctx.tenant().tenant_id(), membership);
  }
  return response;
}

}  // namespace argosy::tenancy
