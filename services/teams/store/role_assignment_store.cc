#include "services/teams/store/role_assignment_store.h"

#include <string>
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
using storage::Row;
using storage::Text;
using storage::Value;
using tenants::TenantReader;
using tenants::TenantTxn;

// Beyond every day there is, so that an absent end needs no second statement.
constexpr int64_t kDayNumberBefore = -1;
constexpr int64_t kDayNumberAfter = 999'999;

int64_t FirstDay(const std::optional<DayRange>& days) {
  return days.has_value() ? base::ToDayNumber(days->start) : kDayNumberBefore;
}

int64_t EndDay(const std::optional<DayRange>& days) {
  return days.has_value() && days->end.has_value() ? base::ToDayNumber(*days->end)
                                                   : kDayNumberAfter;
}

absl::StatusOr<RoleAssignment> ReadAssignment(const Row& row) {
  RoleAssignment assignment;
  ASSIGN_OR_RETURN(const base::Uuid id, ReadUuid(row, 0));
  assignment.id = RoleAssignmentId(id);
  ASSIGN_OR_RETURN(assignment.fields.member, ReadSlug<base::MemberId>(row, 1));
  ASSIGN_OR_RETURN(assignment.fields.team, ReadOptionalSlug<base::TeamId>(row, 2));
  ASSIGN_OR_RETURN(assignment.fields.role, ReadEnum<BusinessRole>(row, 3, kBusinessRoleLast));
  ASSIGN_OR_RETURN(assignment.fields.days, ReadDays(row, 4));
  ASSIGN_OR_RETURN(assignment.fields.share_ppm, row.Int64(6));
  ASSIGN_OR_RETURN(assignment.version, row.Int64(7));
  ASSIGN_OR_RETURN(const int64_t created_us, row.Int64(8));
  ASSIGN_OR_RETURN(const int64_t updated_us, row.Int64(9));
  assignment.created_at = base::FromMicros(created_us);
  assignment.updated_at = base::FromMicros(updated_us);
  return assignment;
}

void AddCount(BusinessRole role, int64_t members, RoleLayout& layout) {
  switch (role) {
    case BusinessRole::kSales:
      layout.sales += members;
      return;
    case BusinessRole::kOperations:
      layout.operations += members;
      return;
    case BusinessRole::kMarketing:
      layout.marketing += members;
      return;
    case BusinessRole::kCustomerService:
      layout.customer_service += members;
      return;
    case BusinessRole::kManager:
    case BusinessRole::kOwner:
    case BusinessRole::kAgency:
      return;
  }
}

}  // namespace

absl::StatusOr<RoleAssignment> RoleAssignmentStore::Get(TenantReader& reader,
                                                        const base::TenantId& tenant,
                                                        const RoleAssignmentId& id) const {
  ASSIGN_OR_RETURN(
      std::optional<RoleAssignment> found,
      reader.FindOne<RoleAssignment>(kFindAssignment, {Bytes(id.ToBytes())}, ReadAssignment));
  if (!found.has_value()) {
    return ResourceMissing("argosy.dev/RoleAssignment", AssignmentName(tenant, id));
  }
  return *std::move(found);
}

absl::StatusOr<std::vector<RoleAssignment>> RoleAssignmentStore::ListOfMember(
    TenantReader& reader, const base::MemberId& member, const DayRange& days) const {
  return reader.SelectAll<RoleAssignment>(kListAssignmentsOfMember,
                                          {Text(member.text()), EndDay(days), FirstDay(days)},
                                          ReadAssignment);
}

absl::StatusOr<std::vector<RoleAssignment>> RoleAssignmentStore::List(
    TenantReader& reader, const AssignmentFilter& filter, const RoleAssignmentId& after,
    int64_t limit) const {
  const std::string member = filter.member.has_value() ? filter.member->text() : "";
  const std::string team = filter.team.has_value() ? filter.team->text() : "";
  const int64_t role = filter.role.has_value() ? static_cast<int64_t>(*filter.role) : 0;
  return reader.SelectAll<RoleAssignment>(
      kListAssignments,
      {Bytes(after.ToBytes()), AmongValue(filter.among), Text(member), Text(team), role,
       EndDay(filter.days), FirstDay(filter.days), limit},
      ReadAssignment);
}

absl::StatusOr<std::vector<RoleAssignment>> RoleAssignmentStore::ListOfMembers(
    TenantReader& reader, const base::MemberId& first, const base::MemberId& last,
    absl::CivilDay day) const {
  const int64_t number = base::ToDayNumber(day);
  return reader.SelectAll<RoleAssignment>(kListAssignmentsOfMembers,
                                          {Text(first.text()), Text(last.text()), number, number},
                                          ReadAssignment);
}

absl::StatusOr<std::vector<base::MemberId>> RoleAssignmentStore::ListMembersLed(
    TenantReader& reader, const base::MemberId& lead, absl::CivilDay day) const {
  const int64_t number = base::ToDayNumber(day);
  return reader.SelectAll<base::MemberId>(
      kListMembersLed, {Text(lead.text()), number, number, kMembersLedMax},
      [](const Row& row) { return ReadSlug<base::MemberId>(row, 0); });
}

absl::Status RoleAssignmentStore::CountRoles(TenantReader& reader, absl::CivilDay day,
                                             RoleLayout& layout) const {
  const int64_t number = base::ToDayNumber(day);
  RETURN_IF_ERROR(reader.Select(
      kCountByRole, {Value(number), Value(number)}, [&](const Row& row) -> absl::Status {
        ASSIGN_OR_RETURN(const BusinessRole role,
                         ReadEnum<BusinessRole>(row, 0, kBusinessRoleLast));
        ASSIGN_OR_RETURN(const int64_t members, row.Int64(1));
        AddCount(role, members, layout);
        return absl::OkStatus();
      }));
  ASSIGN_OR_RETURN(
      const std::vector<base::MemberId> outsiders,
      reader.SelectAll<base::MemberId>(
          kListOutsiders, {number, number, static_cast<int64_t>(BusinessRole::kAgency)},
          [](const Row& row) { return ReadSlug<base::MemberId>(row, 0); }));
  layout.headcount -= static_cast<int64_t>(outsiders.size());
  return absl::OkStatus();
}

absl::Status RoleAssignmentStore::Insert(TenantTxn& txn,
                                         const std::vector<RoleAssignment>& added) const {
  std::vector<std::vector<Value>> rows;
  rows.reserve(added.size());
  for (const RoleAssignment& one : added) {
    rows.push_back({Bytes(one.id.ToBytes()), Text(one.fields.member.text()),
                    SlugValue(one.fields.team), static_cast<int64_t>(one.fields.role),
                    base::ToDayNumber(one.fields.days.start), DayValue(one.fields.days.end),
                    one.fields.share_ppm, one.version, base::ToMicros(one.created_at),
                    base::ToMicros(one.updated_at)});
  }
  return txn.InsertMany(kInsertAssignments, rows);
}

absl::StatusOr<bool> RoleAssignmentStore::End(TenantTxn& txn, const RoleAssignment& next,
                                              int64_t current_version) const {
  ASSIGN_OR_RETURN(const int64_t matched,
                   txn.Execute(kEndAssignment, {DayValue(next.fields.days.end), next.version,
                                                base::ToMicros(next.updated_at),
                                                Bytes(next.id.ToBytes()), current_version}));
  return matched == 1;
}

}  // namespace argosy::teams
