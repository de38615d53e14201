#include <vector>

#include "base/status_macros.h"
#include "services/incentives/domain/errors.h"
#include "services/incentives/service/convert.h"
#include "services/incentives/service/plan_lookup.h"
#include "services/incentives/service/plan_service.h"

namespace argosy::incentives {

absl::StatusOr<v1::PlanAssignment> PlanService::AssignPlan(const tenants::RequestContext& ctx,
                                                           const v1::AssignPlanRequest& request) {
  ASSIGN_OR_RETURN(const base::PlanId id, ParsePlanName("parent", request.parent()));
  const v1::PlanAssignment& asked = request.plan_assignment();
  PlanAssignment next{.plan_id = id, .created_at = ctx.now()};
  ASSIGN_OR_RETURN(next.role, ParseBusinessRole(asked.business_role()));
  ASSIGN_OR_RETURN(next.starts, base::ParseCivilDay(asked.start_date()));
  ASSIGN_OR_RETURN(next.ends, ParseOptionalDay(asked.end_date()));
  next.uid = PlanAssignmentUid(with_.ids.NewUuid(ctx.now()));
  return with_.db.Mutate<v1::PlanAssignment>(
      ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::PlanAssignment> {
        // Holding the head keeps another assignment from slipping in between check and insert.
        RETURN_IF_ERROR(with_.ledger_store.LockHead(txn).status());
        ASSIGN_OR_RETURN(const Plan plan, Get(ctx, txn, id));
        ASSIGN_OR_RETURN(const std::vector<PlanAssignment> others,
                         ListAllAssignments(with_.plan_store, txn));
        ASSIGN_OR_RETURN(const auto locked_until, LockedUntil(txn));
        RETURN_IF_ERROR(CheckAssignment(next, others, locked_until));
        PlanAssignment stored = next;
        stored.plan = plan.uid;
        RETURN_IF_ERROR(with_.plan_store.InsertAssignment(txn, stored));
        return ToProto(Names(ctx.tenant().tenant_id()), stored);
      });
}

absl::StatusOr<v1::PlanAssignment> PlanService::EndPlanAssignment(
    const tenants::RequestContext& ctx, const v1::EndPlanAssignmentRequest& request) {
  ASSIGN_OR_RETURN(const PlanAssignmentName name, ParsePlanAssignmentName(request.name()));
  ASSIGN_OR_RETURN(const absl::CivilDay ends, base::ParseCivilDay(request.end_date()));
  return with_.db.Mutate<v1::PlanAssignment>(
      ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::PlanAssignment> {
        RETURN_IF_ERROR(with_.ledger_store.LockHead(txn).status());
        ASSIGN_OR_RETURN(const auto current, with_.plan_store.FindAssignment(txn, name.assignment));
        if (!current || current->plan_id != name.plan) {
          return ResourceNotFound("argosy.dev/PlanAssignment", request.name());
        }
        RETURN_IF_ERROR(
            CheckEtag(request.name(), request.etag(), current->uid.uuid(), current->version));
        ASSIGN_OR_RETURN(const auto locked_until, LockedUntil(txn));
        ASSIGN_OR_RETURN(const PlanAssignment next,
                         EndAssignment(*current, request.name(), ends, locked_until));
        ASSIGN_OR_RETURN(const bool stored, with_.plan_store.EndAssignment(txn, next));
        if (!stored) return EtagMismatch(request.name());
        return ToProto(Names(ctx.tenant().tenant_id()), next);
      });
}

}  // namespace argosy::incentives
