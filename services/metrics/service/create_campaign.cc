#include "base/fault.h"
#include "base/status_macros.h"
#include "services/metrics/domain/errors.h"
#include "services/metrics/service/channel_convert.h"
#include "services/metrics/service/channel_service.h"
#include "services/metrics/service/names.h"

namespace argosy::metrics {

absl::StatusOr<v1::Campaign> ChannelService::CreateCampaign(
    const tenants::RequestContext& ctx, const v1::CreateCampaignRequest& request) {
  ASSIGN_OR_RETURN(const Campaign campaign, ParseNewCampaign(request, ctx.now()));
  const base::TenantId& tenant = ctx.tenant().tenant_id();
  return with_.db.Mutate<v1::Campaign>(
      ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::Campaign> {
        ASSIGN_OR_RETURN(const auto channel, with_.channels.FindChannel(txn, campaign.channel));
        if (!channel.has_value()) {
          return base::FieldInvalid("campaign.channel", "does not exist");
        }
        ASSIGN_OR_RETURN(const auto current, with_.channels.FindCampaign(txn, campaign.id));
        if (current.has_value()) {
          return NounExists("argosy.dev/Campaign", CampaignName(tenant, campaign.id));
        }
        ASSIGN_OR_RETURN(const int64_t count, with_.channels.CountCampaigns(txn));
        if (count >= kCampaignsMax) return CampaignLimitReached(TenantName(tenant), kCampaignsMax);
        RETURN_IF_ERROR(with_.channels.InsertCampaign(txn, campaign));
        return ToProto(tenant, campaign);
      });
}

}  // namespace argosy::metrics
