#include <vector>

#include "base/status_macros.h"
#include "services/incentives/domain/errors.h"
#include "services/incentives/service/convert.h"
#include "services/incentives/service/plan_lookup.h"
#include "services/incentives/service/plan_service.h"

namespace argosy::incentives {

absl::StatusOr<v1::PlanVersion> PlanService::PublishPlanVersion(
    const tenants::RequestContext& ctx, const v1::PublishPlanVersionRequest& request) {
  ASSIGN_OR_RETURN(const PlanVersionName name, ParsePlanVersionName(request.name()));
  Publication change{.name = request.name(), .now = ctx.now()};
  ASSIGN_OR_RETURN(change.starts, base::ParseCivilDay(request.effective_start_date()));
  ASSIGN_OR_RETURN(change.ends, ParseOptionalDay(request.effective_end_date()));
  return with_.db.Mutate<v1::PlanVersion>(
      ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::PlanVersion> {
        // Holding the head keeps months from being locked meanwhile.
        RETURN_IF_ERROR(with_.ledger_store.LockHead(txn).status());
        ASSIGN_OR_RETURN(const Plan plan, Get(ctx, txn, name.plan));
        ASSIGN_OR_RETURN(const PlanVersion draft, GetVersion(ctx, txn, plan, name.version));
        RETURN_IF_ERROR(CheckEtag(request.name(), request.etag(), draft.uid.uuid(), draft.version));
        ASSIGN_OR_RETURN(const auto locked_until, LockedUntil(txn));
        ASSIGN_OR_RETURN(std::vector<PlanVersion> published,
                         ListAllPublished(with_.plan_store, txn));
        std::erase_if(published, [&](const PlanVersion& other) { return other.plan != plan.uid; });
        ASSIGN_OR_RETURN(const PlanVersion next,
                         PublishVersion(draft, change, published, locked_until));
        ASSIGN_OR_RETURN(const bool stored, with_.plan_store.Publish(txn, next));
        if (!stored) return EtagMismatch(request.name());
        return ToProto(Names(ctx.tenant().tenant_id()), plan.id, next);
      });
}

}  // namespace argosy::incentives
