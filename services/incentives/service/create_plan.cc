#include "base/status_macros.h"
#include "services/incentives/domain/errors.h"
#include "services/incentives/domain/plan_bytes.h"
#include "services/incentives/service/convert.h"
#include "services/incentives/service/plan_service.h"

namespace argosy::incentives {

absl::StatusOr<v1::Plan> PlanService::CreatePlan(const tenants::RequestContext& ctx,
                                                 const v1::CreatePlanRequest& request) {
  Plan plan{.display_name = request.plan().display_name(), .created_at = ctx.now()};
  ASSIGN_OR_RETURN(plan.id, base::PlanId::Parse(request.plan_id()));
  ASSIGN_OR_RETURN(plan.currency, base::Currency::Parse(request.plan().currency_code()));
  plan.uid = PlanUid(with_.ids.NewUuid(ctx.now()));
  const Names names(ctx.tenant().tenant_id());
  return with_.db.Mutate<v1::Plan>(ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::Plan> {
    ASSIGN_OR_RETURN(const auto taken, with_.plan_store.Find(txn, plan.id));
    if (taken) return ResourceExists("argosy.dev/Plan", names.Plan(plan.id));
    RETURN_IF_ERROR(with_.plan_store.Insert(txn, plan));
    return ToProto(names, plan);
  });
}

absl::StatusOr<v1::PlanVersion> PlanService::CreatePlanVersion(
    const tenants::RequestContext& ctx, const v1::CreatePlanVersionRequest& request) {
  ASSIGN_OR_RETURN(const base::PlanId id, ParsePlanName("parent", request.parent()));
  PlanVersion draft{.created_at = ctx.now()};
  ASSIGN_OR_RETURN(draft.spec, ParseSpec(request.spec()));
  draft.uid = PlanVersionUid(with_.ids.NewUuid(ctx.now()));
  return with_.db.Mutate<v1::PlanVersion>(
      ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::PlanVersion> {
        ASSIGN_OR_RETURN(const Plan plan, Get(ctx, txn, id));
        ASSIGN_OR_RETURN(const int64_t last, with_.plan_store.LastOrdinal(txn, plan.uid));
        PlanVersion next = draft;
        next.plan = plan.uid;
        next.ordinal = last + 1;
        next.content_hash = ComputeContentHash(plan.currency, next.spec);
        RETURN_IF_ERROR(with_.plan_store.InsertVersion(txn, next, plan.currency));
        return ToProto(Names(ctx.tenant().tenant_id()), plan.id, next);
      });
}

}  // namespace argosy::incentives
