#include "services/teams/store/member_store.h"

#include <utility>

#include "base/clock.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/teams/domain/errors.h"
#include "services/teams/domain/names.h"
#include "services/teams/store/columns.h"
#include "services/teams/store/queries.h"
#include "storage/row.h"
#include "storage/value.h"

namespace argosy::teams {
namespace {

using storage::Bytes;
using storage::Null;
using storage::Row;
using storage::Text;
using storage::Value;
using tenants::TenantReader;
using tenants::TenantTxn;

absl::StatusOr<Member> ReadMember(const Row& row) {
  Member member;
  ASSIGN_OR_RETURN(member.id, ReadSlug<base::MemberId>(row, 0));
  ASSIGN_OR_RETURN(member.uid, ReadUuid(row, 1));
  ASSIGN_OR_RETURN(member.fields.display_name, row.Text(2));
  ASSIGN_OR_RETURN(const std::optional<std::string> membership, row.OptionalBytes(3));
  if (membership.has_value()) {
    ASSIGN_OR_RETURN(const base::Uuid uuid, base::Uuid::FromBytes(*membership));
    member.fields.membership = MembershipId(uuid);
  }
  ASSIGN_OR_RETURN(member.fields.employment, ReadDays(row, 4));
  ASSIGN_OR_RETURN(member.version, row.Int64(6));
  ASSIGN_OR_RETURN(const int64_t created_us, row.Int64(7));
  ASSIGN_OR_RETURN(const int64_t updated_us, row.Int64(8));
  member.created_at = base::FromMicros(created_us);
  member.updated_at = base::FromMicros(updated_us);
  return member;
}

Value MembershipValue(const Member& member) {
  if (!member.fields.membership.has_value()) return Null();
  return Bytes(member.fields.membership->ToBytes());
}

absl::StatusOr<Member> OrMissing(absl::StatusOr<std::optional<Member>> found,
                                 const base::TenantId& tenant, const base::MemberId& id) {
  if (!found.ok()) return std::move(found).status();
  if (!found->has_value()) return ResourceMissing("argosy.dev/Member", MemberName(tenant, id));
  return **std::move(found);
}

}  // namespace

absl::StatusOr<std::optional<Member>> MemberStore::Find(TenantReader& reader,
                                                        const base::MemberId& id) const {
  return reader.FindOne<Member>(kFindMember, {Text(id.text())}, ReadMember);
}

absl::StatusOr<Member> MemberStore::Get(TenantReader& reader, const base::TenantId& tenant,
                                        const base::MemberId& id) const {
  return OrMissing(Find(reader, id), tenant, id);
}

absl::StatusOr<Member> MemberStore::Lock(TenantTxn& txn, const base::TenantId& tenant,
                                         const base::MemberId& id) const {
  return OrMissing(txn.FindOne<Member>(kLockMember, {Text(id.text())}, ReadMember), tenant, id);
}

absl::StatusOr<std::optional<Member>> MemberStore::FindByMembership(
    TenantReader& reader, const MembershipId& membership) const {
  return reader.FindOne<Member>(kFindMemberByMembership, {Bytes(membership.ToBytes())}, ReadMember);
}

absl::StatusOr<std::vector<Member>> MemberStore::List(TenantReader& reader,
                                                      const Among<base::MemberId>& among,
                                                      absl::string_view after,
                                                      int64_t limit) const {
  return reader.SelectAll<Member>(kListMembers,
                                  {Text(std::string(after)), AmongValue(among), limit}, ReadMember);
}

absl::StatusOr<std::vector<Member>> MemberStore::ListPresent(TenantReader& reader,
                                                             const Among<base::MemberId>& among,
                                                             absl::string_view after,
                                                             absl::CivilDay day,
                                                             int64_t limit) const {
  const int64_t number = base::ToDayNumber(day);
  return reader.SelectAll<Member>(
      kListMembersPresent, {Text(std::string(after)), AmongValue(among), number, number, limit},
      ReadMember);
}

absl::StatusOr<int64_t> MemberStore::CountPresent(TenantReader& reader, absl::CivilDay day) const {
  const int64_t number = base::ToDayNumber(day);
  ASSIGN_OR_RETURN(const std::optional<int64_t> count,
                   reader.FindOne<int64_t>(kCountMembersPresent, {number, number},
                                           [](const Row& row) { return row.Int64(0); }));
  return count.value_or(0);
}

absl::Status MemberStore::Insert(TenantTxn& txn, const std::vector<Member>& members) const {
  std::vector<std::vector<Value>> rows;
  rows.reserve(members.size());
  for (const Member& member : members) {
    rows.push_back({Text(member.id.text()), Bytes(member.uid.ToBytes()),
                    Text(member.fields.display_name), MembershipValue(member),
                    base::ToDayNumber(member.fields.employment.start),
                    DayValue(member.fields.employment.end), member.version,
                    base::ToMicros(member.created_at), base::ToMicros(member.updated_at)});
  }
  return txn.InsertMany(kInsertMembers, rows);
}

absl::StatusOr<bool> MemberStore::Update(TenantTxn& txn, const Member& next,
                                         int64_t current_version) const {
  ASSIGN_OR_RETURN(
      const int64_t matched,
      txn.Execute(
          kUpdateMember,
          {Text(next.fields.display_name), MembershipValue(next),
           base::ToDayNumber(next.fields.employment.start), DayValue(next.fields.employment.end),
           next.version, base::ToMicros(next.updated_at), Text(next.id.text()), current_version}));
  return matched == 1;
}

}  // namespace argosy::teams
