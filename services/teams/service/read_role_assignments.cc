#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/status_macros.h"
#include "services/teams/service/convert.h"
#include "services/teams/service/own_scope.h"
#include "services/teams/service/people_service.h"
#include "tenants/tenant_txn.h"

namespace argosy::teams {
namespace {

using tenants::RequestContext;
using tenants::TenantReader;

std::string FilterBytes(const v1::ListRoleAssignmentsRequest& request) {
  return base::ByteWriter(1)
      .Text(request.member())
      .Text(request.team())
      .Int(request.role())
      .Text(request.period().start_date())
      .Text(request.period().end_date())
      .bytes();
}

absl::StatusOr<RoleAssignmentId> ParseAfter(const std::string& key) {
  if (key.empty()) return RoleAssignmentId();
  ASSIGN_OR_RETURN(const base::Uuid uuid, base::Uuid::FromBytes(key));
  return RoleAssignmentId(uuid);
}

}  // namespace

absl::StatusOr<v1::ListRoleAssignmentsResponse> PeopleService::ListRoleAssignments(
    const RequestContext& ctx, const v1::ListRoleAssignmentsRequest& request) {
  ASSIGN_OR_RETURN(AssignmentFilter filter, ParseFilter(request));
  ASSIGN_OR_RETURN(const int64_t limit,
                   base::PageSize(request.page_size(), kPageDefault, kPageMax));
  const base::PageScope scope = PageScopeOf(ctx, FilterBytes(request));
  ASSIGN_OR_RETURN(const std::string key, with_.pages.Open(scope, request.page_token()));
  ASSIGN_OR_RETURN(const RoleAssignmentId after, ParseAfter(key));
  return with_.db.Read<v1::ListRoleAssignmentsResponse>(
      ctx, [&](TenantReader& reader) -> absl::StatusOr<v1::ListRoleAssignmentsResponse> {
        ASSIGN_OR_RETURN(const VisiblePeople visible, ReadVisible(with_, reader, ctx));
        filter.among = visible.members();
        ASSIGN_OR_RETURN(std::vector<RoleAssignment> found,
                         with_.assignments.List(reader, filter, after, limit + 1));
        v1::ListRoleAssignmentsResponse reply;
        if (static_cast<int64_t>(found.size()) > limit) {
          found.pop_back();
          reply.set_next_page_token(with_.pages.Seal(scope, found.back().id.ToBytes()));
        }
        for (const RoleAssignment& one : found) {
          *reply.add_role_assignments() = ToProto(ctx.tenant().tenant_id(), one);
        }
        return reply;
      });
}

}  // namespace argosy::teams
