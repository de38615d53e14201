#include "services/tenancy/store/membership_store.h"

#include <string>
#include <utility>

#include "base/clock.h"
#include "base/status_macros.h"
#include "services/tenancy/store/queries.h"
#include "storage/value.h"

namespace argosy::tenancy {
namespace {

using storage::Bytes;
using storage::Null;
using storage::Row;
using storage::Text;
using storage::Value;
using tenants::GlobalTxn;
using tenants::TenantReader;
using tenants::TenantTxn;

absl::StatusOr<Membership> FirstColumns(const Row& row) { return MembershipOf(row, 0); }

Value MemberValue(const Membership& membership) {
  if (!membership.member) return Null();
  return Text(membership.member->text());
}

}  // namespace

absl::StatusOr<Membership> MembershipOf(const Row& row, size_t first) {
  Membership membership;
  ASSIGN_OR_RETURN(const std::string id, row.Bytes(first));
  ASSIGN_OR_RETURN(const base::Uuid uuid, base::Uuid::FromBytes(id));
  membership.id = MembershipId(uuid);
  ASSIGN_OR_RETURN(membership.principal, row.Text(first + 1));
  ASSIGN_OR_RETURN(const std::string role, row.Text(first + 2));
  ASSIGN_OR_RETURN(membership.role, ParseAccessRole(role));
  ASSIGN_OR_RETURN(const std::optional<std::string> member, row.OptionalText(first + 3));
  if (member) {
    ASSIGN_OR_RETURN(membership.member, base::MemberId::Parse(*member));
  }
  ASSIGN_OR_RETURN(membership.version, row.Int64(first + 4));
  ASSIGN_OR_RETURN(const int64_t created_us, row.Int64(first + 5));
  ASSIGN_OR_RETURN(const int64_t updated_us, row.Int64(first + 6));
  membership.create_time = base::FromMicros(created_us);
  membership.update_time = base::FromMicros(updated_us);
  return membership;
}

absl::StatusOr<std::optional<Membership>> MembershipStore::Find(TenantReader& reader,
                                                                const MembershipId& id) const {
  return reader.FindOne<Membership>(kGetMembership, {Bytes(id.ToBytes())}, FirstColumns);
}

absl::StatusOr<std::optional<Membership>> MembershipStore::FindByPrincipal(
    TenantReader& reader, absl::string_view principal) const {
  return reader.FindOne<Membership>(kFindMembershipByPrincipal, {Text(std::string(principal))},
                                    FirstColumns);
}

absl::StatusOr<std::vector<Membership>> MembershipStore::List(TenantReader& reader,
                                                              const MembershipId& after,
                                                              int64_t limit) const {
  return reader.SelectAll<Membership>(kListMemberships, {Bytes(after.ToBytes()), limit},
                                      FirstColumns);
}

absl::Status MembershipStore::Insert(TenantTxn& txn, const Membership& membership) const {
  return txn
      .Execute(
          kInsertMembership,
          {Bytes(membership.id.ToBytes()), Text(membership.principal),
           Text(std::string(ToText(membership.role))), MemberValue(membership), membership.version,
           base::ToMicros(membership.create_time), base::ToMicros(membership.update_time)})
      .status();
}

absl::StatusOr<bool> MembershipStore::Update(TenantTxn& txn, const Membership& next,
                                             int64_t current_version) const {
  ASSIGN_OR_RETURN(
      const int64_t matched,
      txn.Execute(kUpdateMembership,
                  {Text(std::string(ToText(next.role))), MemberValue(next), next.version,
                   base::ToMicros(next.update_time), Bytes(next.id.ToBytes()), current_version}));
  return matched == 1;
}

absl::StatusOr<bool> MembershipStore::Delete(TenantTxn& txn, const Membership& membership) const {
  ASSIGN_OR_RETURN(
      const int64_t matched,
      txn.Execute(kDeleteMembership, {Bytes(membership.id.ToBytes()), membership.version}));
  return matched == 1;
}

absl::StatusOr<std::optional<Membership>> MembershipStore::FindFirst(
    GlobalTxn& txn, const base::TenantUid& tenant) const {
  return txn.FindOne<Membership>(kFindFirstMembership, {Bytes(tenant.ToBytes())}, FirstColumns);
}

absl::Status MembershipStore::InsertFirst(GlobalTxn& txn, const base::TenantUid& tenant,
                                          const Membership& membership) const {
  return txn
      .Execute(kInsertFirstMembership,
               {Bytes(tenant.ToBytes()), Bytes(membership.id.ToBytes()), Text(membership.principal),
                Text(std::string(ToText(membership.role))), membership.version,
                base::ToMicros(membership.create_time), base::ToMicros(membership.update_time)})
      .status();
}

}  // namespace argosy::tenancy
