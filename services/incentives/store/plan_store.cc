#include "services/incentives/store/plan_store.h"

#include <string>
#include <utility>

#include "base/status_macros.h"
#include "services/incentives/domain/plan_bytes.h"
#include "services/incentives/store/columns.h"
#include "services/incentives/store/queries.h"

namespace argosy::incentives {
namespace {

using storage::Bytes;
using storage::Row;
using storage::Text;
using storage::Value;
using tenants::TenantReader;
using tenants::TenantTxn;

absl::StatusOr<Plan> ToPlan(const Row& row) {
  Plan plan;
  ASSIGN_OR_RETURN(plan.uid, UidColumn<PlanUid>(row, 0));
  ASSIGN_OR_RETURN(plan.id, SlugColumn<base::PlanId>(row, 1));
  ASSIGN_OR_RETURN(plan.display_name, row.Text(2));
  ASSIGN_OR_RETURN(plan.currency, CurrencyColumn(row, 3));
  ASSIGN_OR_RETURN(plan.created_at, TimeColumn(row, 4));
  ASSIGN_OR_RETURN(plan.version, row.Int64(5));
  return plan;
}

absl::StatusOr<PlanVersion> ToVersion(const Row& row) {
  PlanVersion version;
  ASSIGN_OR_RETURN(version.uid, UidColumn<PlanVersionUid>(row, 0));
  ASSIGN_OR_RETURN(version.plan, UidColumn<PlanUid>(row, 1));
  ASSIGN_OR_RETURN(version.ordinal, row.Int64(2));
  ASSIGN_OR_RETURN(version.state, EnumColumn<PlanVersionState>(row, 3));
  ASSIGN_OR_RETURN(const std::string content, row.Bytes(4));
  ASSIGN_OR_RETURN(version.spec, ParseCanonicalSpec(content));
  ASSIGN_OR_RETURN(version.content_hash, row.Bytes(5));
  ASSIGN_OR_RETURN(version.starts, OptionalDayColumn(row, 6));
  ASSIGN_OR_RETURN(version.ends, OptionalDayColumn(row, 7));
  ASSIGN_OR_RETURN(version.created_at, TimeColumn(row, 8));
  ASSIGN_OR_RETURN(version.published_at, OptionalTimeColumn(row, 9));
  ASSIGN_OR_RETURN(version.version, row.Int64(10));
  return version;
}

absl::StatusOr<PlanAssignment> ToAssignment(const Row& row) {
  PlanAssignment assignment;
  ASSIGN_OR_RETURN(assignment.uid, UidColumn<PlanAssignmentUid>(row, 0));
  ASSIGN_OR_RETURN(assignment.plan, UidColumn<PlanUid>(row, 1));
  ASSIGN_OR_RETURN(assignment.plan_id, SlugColumn<base::PlanId>(row, 2));
  ASSIGN_OR_RETURN(assignment.role, EnumColumn<BusinessRole>(row, 3));
  ASSIGN_OR_RETURN(assignment.starts, DayColumn(row, 4));
  ASSIGN_OR_RETURN(assignment.ends, OptionalDayColumn(row, 5));
  ASSIGN_OR_RETURN(assignment.created_at, TimeColumn(row, 6));
  ASSIGN_OR_RETURN(assignment.version, row.Int64(7));
  return assignment;
}

}  // namespace

absl::Status PlanStore::Insert(TenantTxn& txn, const Plan& plan) const {
  return txn
      .Execute(kInsertPlan,
               {Bytes(plan.uid.ToBytes()), Text(plan.id.text()), Text(plan.display_name),
                Text(plan.currency.code()), base::ToMicros(plan.created_at), plan.version})
      .status();
}

absl::StatusOr<std::optional<Plan>> PlanStore::Find(TenantReader& reader,
                                                    const base::PlanId& id) const {
  return reader.FindOne<Plan>(kFindPlan, {Text(id.text())}, ToPlan);
}

absl::StatusOr<std::vector<Plan>> PlanStore::List(TenantReader& reader, absl::string_view after,
                                                  int64_t limit) const {
  return reader.SelectAll<Plan>(kListPlans, {Text(std::string(after)), limit}, ToPlan);
}

absl::Status PlanStore::InsertVersion(TenantTxn& txn, const PlanVersion& version,
                                      const base::Currency& currency) const {
  return txn
      .Execute(
          kInsertPlanVersion,
          {Bytes(version.uid.ToBytes()), Bytes(version.plan.ToBytes()), version.ordinal,
           static_cast<int64_t>(version.state), Bytes(ToCanonicalBytes(currency, version.spec)),
           Bytes(version.content_hash), DayValue(version.starts), DayValue(version.ends),
           base::ToMicros(version.created_at), TimeValue(version.published_at), version.version})
      .status();
}

absl::StatusOr<std::optional<PlanVersion>> PlanStore::FindVersion(TenantReader& reader,
                                                                  const PlanVersionUid& uid) const {
  return reader.FindOne<PlanVersion>(kFindPlanVersion, {Bytes(uid.ToBytes())}, ToVersion);
}

absl::StatusOr<std::vector<PlanVersion>> PlanStore::ListVersions(TenantReader& reader,
                                                                 const PlanUid& plan,
                                                                 int64_t after_ordinal,
                                                                 int64_t limit) const {
  return reader.SelectAll<PlanVersion>(kListPlanVersions,
                                       {Bytes(plan.ToBytes()), after_ordinal, limit}, ToVersion);
}

absl::StatusOr<int64_t> PlanStore::LastOrdinal(TenantReader& reader, const PlanUid& plan) const {
  ASSIGN_OR_RETURN(const std::optional<int64_t> last,
                   reader.FindOne<int64_t>(kLastOrdinal, {Bytes(plan.ToBytes())},
                                           [](const Row& row) { return row.Int64(0); }));
  return last.value_or(0);
}

absl::StatusOr<std::vector<PlanVersion>> PlanStore::ListPublished(TenantReader& reader,
                                                                  const PlanVersionUid& after,
                                                                  int64_t limit) const {
  return reader.SelectAll<PlanVersion>(kListPublishedVersions, {Bytes(after.ToBytes()), limit},
                                       ToVersion);
}

absl::StatusOr<bool> PlanStore::Publish(TenantTxn& txn, const PlanVersion& next) const {
  ASSIGN_OR_RETURN(const int64_t matched,
                   txn.Execute(kPublishPlanVersion,
                               {static_cast<int64_t>(next.state), DayValue(next.starts),
                                DayValue(next.ends), TimeValue(next.published_at), next.version,
                                Bytes(next.uid.ToBytes()), next.version - 1}));
  return matched == 1;
}

absl::Status PlanStore::InsertAssignment(TenantTxn& txn, const PlanAssignment& assignment) const {
  return txn
      .Execute(
          kInsertAssignment,
          {Bytes(assignment.uid.ToBytes()), Bytes(assignment.plan.ToBytes()),
           static_cast<int64_t>(assignment.role), DayValue(assignment.starts),
           DayValue(assignment.ends), base::ToMicros(assignment.created_at), assignment.version})
      .status();
}

absl::StatusOr<std::optional<PlanAssignment>> PlanStore::FindAssignment(
    TenantReader& reader, const PlanAssignmentUid& uid) const {
  return reader.FindOne<PlanAssignment>(kFindAssignment, {Bytes(uid.ToBytes())}, ToAssignment);
}

absl::StatusOr<std::vector<PlanAssignment>> PlanStore::ListAssignments(
    TenantReader& reader, const std::optional<PlanUid>& plan, const PlanAssignmentUid& after,
    int64_t limit) const {
  if (plan) {
    return reader.SelectAll<PlanAssignment>(kListAssignmentsOfPlan,
                                            {Bytes(plan->ToBytes()), Bytes(after.ToBytes()), limit},
                                            ToAssignment);
  }
  return reader.SelectAll<PlanAssignment>(kListAssignments, {Bytes(after.ToBytes()), limit},
                                          ToAssignment);
}

absl::StatusOr<bool> PlanStore::EndAssignment(TenantTxn& txn, const PlanAssignment& next) const {
  ASSIGN_OR_RETURN(const int64_t matched,
                   txn.Execute(kEndAssignment, {DayValue(next.ends), next.version,
                                                Bytes(next.uid.ToBytes()), next.version - 1}));
  return matched == 1;
}

}  // namespace argosy::incentives
