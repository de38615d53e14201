#include "services/metrics/service/channel_rows.h"

#include "base/status_macros.h"
#include "services/metrics/domain/errors.h"
#include "services/metrics/service/names.h"

namespace argosy::metrics {

absl::StatusOr<Channel> GetChannelRow(const ChannelStore& channels,
                                      const tenants::RequestContext& ctx,
                                      tenants::TenantReader& reader, const base::ChannelId& id) {
  ASSIGN_OR_RETURN(const auto channel, channels.FindChannel(reader, id));
  if (channel.has_value()) return *channel;
  return NounNotFound("argosy.dev/Channel", ChannelName(ctx.tenant().tenant_id(), id));
}

absl::StatusOr<Campaign> GetCampaignRow(const ChannelStore& channels,
                                        const tenants::RequestContext& ctx,
                                        tenants::TenantReader& reader, const base::CampaignId& id) {
  ASSIGN_OR_RETURN(const auto campaign, channels.FindCampaign(reader, id));
  if (campaign.has_value()) return *campaign;
  return NounNotFound("argosy.dev/Campaign", CampaignName(ctx.tenant().tenant_id(), id));
}

}  // namespace argosy::metrics
