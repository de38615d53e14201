#include "services/metrics/rpc/grpc_people_source.h"

#include <grpcpp/client_context.h>

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "argosy/teams/v1/people_service.grpc.pb.h"
#include "base/fault.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "rpc/client_call.h"

namespace argosy::metrics {
namespace {

// The largest page the teams service gives.
constexpr int32_t kPageSize = 1'000;

std::string TenantOf(const tenants::RequestContext& ctx) {
  return absl::StrCat("tenants/", ctx.tenant().tenant_id().text());
}

// The id behind `prefix` ("tenants/acme/teams/") in a name that teams answered with.
template <typename Id>
absl::StatusOr<Id> IdIn(absl::string_view name, const std::string& prefix) {
  if (!absl::ConsumePrefix(&name, prefix)) {
    return base::Internal("teams answered with a name of another tenant");
  }
  return Id::Parse(name);
}

}  // namespace

absl::StatusOr<Audience> GrpcPeopleSource::GetAudience(const tenants::RequestContext& ctx,
                                                       const base::MemberId& member,
                                                       absl::CivilDay day) {
  ASSIGN_OR_RETURN(const auto channel, channels_.ChannelTo("teams"));
  const auto stub = teams::v1::PeopleService::NewStub(channel);
  const std::string tenant = TenantOf(ctx);
  teams::v1::GetMemberScopeRequest request;
  request.set_name(absl::StrCat(tenant, "/members/", member.text()));
  request.set_date(base::FormatCivilDay(day));
  using Reply = teams::v1::MemberScope;
  ASSIGN_OR_RETURN(const Reply scope,
                   rpc::InnerCall<Reply>(ctx, [&](grpc::ClientContext& call, Reply& reply) {
                     return stub->GetMemberScope(&call, request, &reply);
                   }));
  Audience audience;
  for (const std::string& name : scope.members()) {
    ASSIGN_OR_RETURN(base::MemberId id, IdIn<base::MemberId>(name, tenant + "/members/"));
    audience.members.insert(std::move(id));
  }
  for (const std::string& name : scope.teams()) {
    ASSIGN_OR_RETURN(base::TeamId id, IdIn<base::TeamId>(name, tenant + "/teams/"));
    audience.teams.insert(std::move(id));
  }
  return audience;
}

absl::StatusOr<std::optional<MemberSet>> GrpcPeopleSource::ListMembers(
    const tenants::RequestContext& ctx) {
  ASSIGN_OR_RETURN(const auto channel, channels_.ChannelTo("teams"));
  const auto stub = teams::v1::PeopleService::NewStub(channel);
  const std::string prefix = TenantOf(ctx) + "/members/";
  teams::v1::ListMembersRequest request;
  request.set_parent(TenantOf(ctx));
  request.set_page_size(kPageSize);
  MemberSet members;
  using Reply = teams::v1::ListMembersResponse;
  do {
    ASSIGN_OR_RETURN(const Reply page,
                     rpc::InnerCall<Reply>(ctx, [&](grpc::ClientContext& call, Reply& reply) {
                       return stub->ListMembers(&call, request, &reply);
                     }));
    for (const teams::v1::Member& member : page.members()) {
      ASSIGN_OR_RETURN(base::MemberId id, IdIn<base::MemberId>(member.name(), prefix));
      members.insert(std::move(id));
    }
    if (members.size() > kMembersMax) return std::optional<MemberSet>();
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return std::optional<MemberSet>(std::move(members));
}

}  // namespace argosy::metrics
