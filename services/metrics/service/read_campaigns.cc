#include <string>
#include <vector>

#include "base/status_macros.h"
#include "services/metrics/domain/errors.h"
#include "services/metrics/service/channel_convert.h"
#include "services/metrics/service/channel_rows.h"
#include "services/metrics/service/channel_service.h"
#include "services/metrics/service/names.h"

namespace argosy::metrics {
namespace {

constexpr int32_t kPageDefault = 100;
constexpr int32_t kPageMax = 1000;  // about 300 KiB

}  // namespace

absl::StatusOr<v1::Campaign> ChannelService::GetCampaign(const tenants::RequestContext& ctx,
                                                         const v1::GetCampaignRequest& request) {
  ASSIGN_OR_RETURN(const base::CampaignId id, ParseCampaignName(request.name(), "name"));
  ASSIGN_OR_RETURN(const Campaign campaign,
                   with_.db.Read<Campaign>(ctx, [&](tenants::TenantReader& reader) {
                     return GetCampaignRow(with_.channels, ctx, reader, id);
                   }));
  return ToProto(ctx.tenant().tenant_id(), campaign);
}

absl::StatusOr<v1::ListCampaignsResponse> ChannelService::ListCampaigns(
    const tenants::RequestContext& ctx, const v1::ListCampaignsRequest& request) {
  ASSIGN_OR_RETURN(const int32_t size, base::PageSize(request.page_size(), kPageDefault, kPageMax));
  base::ChannelId channel;
  if (!request.channel().empty()) {
    ASSIGN_OR_RETURN(channel, ParseChannelName(request.channel(), "channel"));
  }
  const base::PageScope scope = PageScopeOf(ctx, channel.text());
  ASSIGN_OR_RETURN(const std::string key, with_.pages.Open(scope, request.page_token()));
  base::CampaignId after;
  if (!key.empty()) {
    ASSIGN_OR_RETURN(after, base::CampaignId::Parse(key));
  }
  ASSIGN_OR_RETURN(std::vector<Campaign> campaigns,
                   with_.db.Read<std::vector<Campaign>>(ctx, [&](tenants::TenantReader& reader) {
                     return with_.channels.ListCampaigns(reader, channel, after, size + 1);
                   }));
  v1::ListCampaignsResponse response;
  if (campaigns.size() > static_cast<size_t>(size)) {
    campaigns.pop_back();
    response.set_next_page_token(with_.pages.Seal(scope, campaigns.back().id.text()));
  }
  for (const Campaign& campaign : campaigns) {
    *response.add_campaigns() = ToProto(ctx.tenant().tenant_id(), campaign);
  }
  return response;
}

}  // namespace argosy::metrics
