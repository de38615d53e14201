#include "services/incentives/rpc/grpc_people_source.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "argosy/teams/v1/people_service.grpc.pb.h"
#include "base/fault.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "rpc/client_call.h"

namespace argosy::incentives {
namespace {

namespace teams = ::argosy::teams::v1;

// The largest page the teams service gives.
constexpr int32_t kPageSize = 1'000;

// Reads one tenant's people, page by page.
class RosterReader {
 public:
  RosterReader(const tenants::RequestContext& ctx, teams::PeopleService::StubInterface& stub)
      : ctx_(ctx),
        stub_(stub),
        tenant_(absl::StrCat("tenants/", ctx.tenant().tenant_id().text())) {}

  absl::StatusOr<std::vector<base::MemberId>> ReadMembers() {
    std::vector<base::MemberId> members;
    teams::ListMembersRequest request;
    request.set_parent(tenant_);
    request.set_page_size(kPageSize);
    do {
      ASSIGN_OR_RETURN(const teams::ListMembersResponse page,
                       rpc::InnerCall<teams::ListMembersResponse>(
                           ctx_, [&](grpc::ClientContext& call, teams::ListMembersResponse& reply) {
                             return stub_.ListMembers(&call, request, &reply);
                           }));
      for (const teams::Member& member : page.members()) {
        ASSIGN_OR_RETURN(base::MemberId id, MemberOf(member.name()));
        members.push_back(std::move(id));
      }
      RETURN_IF_ERROR(CheckRosterSize(members.size(), 0));
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return members;
  }

  absl::StatusOr<std::vector<RoleHolding>> ReadHoldings() {
    std::vector<RoleHolding> holdings;
    teams::ListRoleAssignmentsRequest request;
    request.set_parent(tenant_);
    request.set_page_size(kPageSize);
    do {
      ASSIGN_OR_RETURN(
          const teams::ListRoleAssignmentsResponse page,
          rpc::InnerCall<teams::ListRoleAssignmentsResponse>(
              ctx_, [&](grpc::ClientContext& call, teams::ListRoleAssignmentsResponse& reply) {
                return stub_.ListRoleAssignments(&call, request, &reply);
              }));
      for (const teams::RoleAssignment& assignment : page.role_assignments()) {
        ASSIGN_OR_RETURN(RoleHolding holding, HoldingOf(assignment));
        holdings.push_back(std::move(holding));
      }
      RETURN_IF_ERROR(CheckRosterSize(0, holdings.size()));
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return holdings;
  }

 private:
  absl::StatusOr<base::MemberId> MemberOf(absl::string_view name) const {
    if (!absl::ConsumePrefix(&name, absl::StrCat(tenant_, "/members/"))) {
      return base::Internal("teams answered with a member of another tenant");
    }
    return base::MemberId::Parse(name);
  }

  absl::StatusOr<RoleHolding> HoldingOf(const teams::RoleAssignment& assignment) const {
    RoleHolding holding;
    ASSIGN_OR_RETURN(holding.member, MemberOf(assignment.member()));
    ASSIGN_OR_RETURN(holding.role, ParseBusinessRole(assignment.role()));
    ASSIGN_OR_RETURN(holding.starts, base::ParseCivilDay(assignment.effective_start_date()));
    if (!assignment.effective_end_date().empty()) {
      ASSIGN_OR_RETURN(holding.ends, base::ParseCivilDay(assignment.effective_end_date()));
    }
    return holding;
  }

  const tenants::RequestContext& ctx_;
  teams::PeopleService::StubInterface& stub_;
  const std::string tenant_;
};

}  // namespace

absl::StatusOr<Roster> GrpcPeopleSource::GetRoster(const tenants::RequestContext& ctx) {
  ASSIGN_OR_RETURN(const auto channel, channels_.ChannelTo("teams"));
  const auto stub = teams::PeopleService::NewStub(channel);
  RosterReader reader(ctx, *stub);
  ASSIGN_OR_RETURN(std::vector<base::MemberId> members, reader.ReadMembers());
  ASSIGN_OR_RETURN(std::vector<RoleHolding> holdings, reader.ReadHoldings());
  return Roster(std::move(members), std::move(holdings));
}

}  // namespace argosy::incentives
