#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/teams/service/convert.h"
#include "services/teams/service/own_scope.h"
#include "services/teams/service/people_service.h"
#include "tenants/tenant_txn.h"

namespace argosy::teams {
namespace {

using tenants::RequestContext;
using tenants::TenantReader;

// What a listing of members is narrowed to, and where it goes on.
struct MemberListing {
  std::optional<MembershipId> membership;
  std::optional<absl::CivilDay> present_on;
  std::string after;
  int64_t limit = 0;
};

absl::StatusOr<MemberListing> ParseListing(const v1::ListMembersRequest& request) {
  MemberListing listing;
  if (!request.membership().empty()) {
    ASSIGN_OR_RETURN(listing.membership, ParseMembershipName(request.membership()));
  }
  if (!request.present_on_date().empty()) {
    ASSIGN_OR_RETURN(listing.present_on, base::ParseCivilDay(request.present_on_date()));
  }
  ASSIGN_OR_RETURN(listing.limit, base::PageSize(request.page_size(), kPageDefault, kPageMax));
  return listing;
}

absl::StatusOr<std::vector<Member>> Load(const Collaborators& with, TenantReader& reader,
                                         const VisiblePeople& visible,
                                         const MemberListing& listing) {
  if (listing.membership.has_value()) {
    ASSIGN_OR_RETURN(auto linked, with.members.FindByMembership(reader, *listing.membership));
    const bool wanted = linked.has_value() && visible.Has(linked->id) &&
                        linked->id.text() > listing.after &&
                        (!listing.present_on.has_value() ||
                         linked->fields.employment.Contains(*listing.present_on));
    return wanted ? std::vector<Member>{*std::move(linked)} : std::vector<Member>();
  }
  // One row more than the page tells whether another follows.
  if (!listing.present_on.has_value()) {
    return with.members.List(reader, visible.members(), listing.after, listing.limit + 1);
  }
  return with.members.ListPresent(reader, visible.members(), listing.after, *listing.present_on,
                                  listing.limit + 1);
}

}  // namespace

absl::StatusOr<v1::Member> PeopleService::GetMember(const RequestContext& ctx,
                                                    const v1::GetMemberRequest& request) {
  ASSIGN_OR_RETURN(const base::MemberId id, ParseMemberName(request.name()));
  return with_.db.Read<v1::Member>(ctx, [&](TenantReader& reader) -> absl::StatusOr<v1::Member> {
    ASSIGN_OR_RETURN(const VisiblePeople visible, ReadVisible(with_, reader, ctx));
    if (!visible.Has(id)) return Unseen(request.name());
    ASSIGN_OR_RETURN(const Member member, with_.members.Get(reader, ctx.tenant().tenant_id(), id));
    return ToProto(ctx.tenant().tenant_id(), member);
  });
}

absl::StatusOr<v1::ListMembersResponse> PeopleService::ListMembers(
    const RequestContext& ctx, const v1::ListMembersRequest& request) {
  ASSIGN_OR_RETURN(MemberListing listing, ParseListing(request));
  const base::PageScope scope = PageScopeOf(
      ctx, base::ByteWriter(1).Text(request.membership()).Text(request.present_on_date()).bytes());
  ASSIGN_OR_RETURN(listing.after, with_.pages.Open(scope, request.page_token()));
  return with_.db.Read<v1::ListMembersResponse>(
      ctx, [&](TenantReader& reader) -> absl::StatusOr<v1::ListMembersResponse> {
        ASSIGN_OR_RETURN(const VisiblePeople visible, ReadVisible(with_, reader, ctx));
        ASSIGN_OR_RETURN(std::vector<Member> members, Load(with_, reader, visible, listing));
        v1::ListMembersResponse reply;
        if (static_cast<int64_t>(members.size()) > listing.limit) {
          members.pop_back();
          reply.set_next_page_token(with_.pages.Seal(scope, members.back().id.text()));
        }
        for (const Member& member : members) {
          *reply.add_members() = ToProto(ctx.tenant().tenant_id(), member);
        }
        return reply;
      });
}

}  // namespace argosy::teams
