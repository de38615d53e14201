#include "base/status_macros.h"
#include "services/metrics/domain/errors.h"
#include "services/metrics/service/channel_convert.h"
#include "services/metrics/service/channel_rows.h"
#include "services/metrics/service/channel_service.h"
#include "services/metrics/service/names.h"

namespace argosy::metrics {

absl::StatusOr<v1::Campaign> ChannelService::UpdateCampaign(
    const tenants::RequestContext& ctx, const v1::UpdateCampaignRequest& request) {
  ASSIGN_OR_RETURN(const base::CampaignId id,
                   ParseCampaignName(request.campaign().name(), "campaign.name"));
  ASSIGN_OR_RETURN(const CampaignChange change, ParseCampaignChange(request));
  const std::string name = CampaignName(ctx.tenant().tenant_id(), id);
  return with_.db.Mutate<v1::Campaign>(
      ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::Campaign> {
        ASSIGN_OR_RETURN(const Campaign current, GetCampaignRow(with_.channels, ctx, txn, id));
        RETURN_IF_ERROR(CheckEtag(request.campaign().etag(), current.version, name));
        Campaign next = current;
        next.display_name = change.display_name.value_or(current.display_name);
        next.version = current.version + 1;
        next.updated_at = ctx.now();
        ASSIGN_OR_RETURN(const bool updated,
                         with_.channels.UpdateCampaign(txn, next, current.version));
        if (!updated) return NounChanged(name);
        return ToProto(ctx.tenant().tenant_id(), next);
      });
}

}  // namespace argosy::metrics
