#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "services/teams/domain/errors.h"
#include "services/teams/domain/names.h"
#include "services/teams/service/convert.h"
#include "services/teams/service/people_service.h"
#include "tenants/errors.h"
#include "tenants/tenant_txn.h"

namespace argosy::teams {
namespace {

absl::StatusOr<Member> NewMember(const tenants::RequestContext& ctx, base::IdSource& ids,
                                 const std::string& id, const v1::Member& member) {
  Member made{.uid = ids.NewUuid(ctx.now()), .created_at = ctx.now(), .updated_at = ctx.now()};
  ASSIGN_OR_RETURN(made.id, base::MemberId::Parse(id));
  ASSIGN_OR_RETURN(made.fields, ParseMember(member));
  return made;
}

absl::Status CheckFree(const Collaborators& with, tenants::TenantTxn& txn,
                       const base::TenantId& tenant, const Member& member) {
  ASSIGN_OR_RETURN(const auto same, with.members.Find(txn, member.id));
  if (same.has_value()) return ResourceExists("argosy.dev/Member", MemberName(tenant, member.id));
  if (!member.fields.membership.has_value()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto linked,
                   with.members.FindByMembership(txn, *member.fields.membership));
  if (!linked.has_value()) return absl::OkStatus();
  return MembershipLinked(MembershipName(tenant, *member.fields.membership));
}

absl::StatusOr<std::vector<Member>> NewMembers(const tenants::RequestContext& ctx,
                                               base::IdSource& ids,
                                               const v1::BatchCreateMembersRequest& request) {
  std::vector<Member> members;
  absl::flat_hash_set<base::MemberId> names;
  absl::flat_hash_set<MembershipId> memberships;
  for (const v1::NewMember& item : request.members()) {
    ASSIGN_OR_RETURN(Member member, NewMember(ctx, ids, item.member_id(), item.member()));
    const std::string path = "members[" + std::to_string(members.size()) + "]";
    if (!names.insert(member.id).second) {
      return base::FieldInvalid(path + ".member_id", "stands twice in the batch");
    }
    if (member.fields.membership.has_value() &&
        !memberships.insert(*member.fields.membership).second) {
      return base::FieldInvalid(path + ".member.membership", "stands twice in the batch");
    }
    members.push_back(std::move(member));
  }
  return members;
}

v1::BatchCreateMembersResponse ToReply(const base::TenantId& tenant,
                                       const std::vector<Member>& members) {
  v1::BatchCreateMembersResponse reply;
  for (const Member& member : members) *reply.add_members() = ToProto(tenant, member);
  return reply;
}

}  // namespace

absl::StatusOr<v1::Member> PeopleService::CreateMember(const tenants::RequestContext& ctx,
                                                       const v1::CreateMemberRequest& request) {
  ASSIGN_OR_RETURN(const Member member,
                   NewMember(ctx, with_.ids, request.member_id(), request.member()));
  const base::TenantId& tenant = ctx.tenant().tenant_id();
  return with_.db.Mutate<v1::Member>(ctx,
                                     [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::Member> {
                                       RETURN_IF_ERROR(CheckFree(with_, txn, tenant, member));
                                       RETURN_IF_ERROR(with_.members.Insert(txn, {member}));
                                       return ToProto(tenant, member);
                                     });
}

absl::StatusOr<v1::BatchCreateMembersResponse> PeopleService::BatchCreateMembers(
    const tenants::RequestContext& ctx, const v1::BatchCreateMembersRequest& request) {
  ASSIGN_OR_RETURN(const std::vector<Member> members, NewMembers(ctx, with_.ids, request));
  const base::TenantId& tenant = ctx.tenant().tenant_id();
  auto reply = with_.db.Mutate<v1::BatchCreateMembersResponse>(
      ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::BatchCreateMembersResponse> {
        for (const Member& member : members) RETURN_IF_ERROR(CheckFree(with_, txn, tenant, member));
        RETURN_IF_ERROR(with_.members.Insert(txn, members));
        txn.Note("members", static_cast<int64_t>(members.size()));
        return ToReply(tenant, members);
      });
  if (!tenants::IsReplyNotStored(reply.status())) return reply;
  return with_.db.Read<v1::BatchCreateMembersResponse>(
      ctx, [&](tenants::TenantReader& reader) -> absl::StatusOr<v1::BatchCreateMembersResponse> {
        std::vector<Member> present;
        for (const Member& member : members) {
          ASSIGN_OR_RETURN(Member one, with_.members.Get(reader, tenant, member.id));
          present.push_back(std::move(one));
        }
        return ToReply(tenant, present);
      });
}

}  // namespace argosy::teams
