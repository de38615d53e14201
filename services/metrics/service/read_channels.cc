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
constexpr int32_t kPageMax = 200;  // as many as a tenant may have

}  // namespace

absl::StatusOr<v1::Channel> ChannelService::GetChannel(const tenants::RequestContext& ctx,
                                                       const v1::GetChannelRequest& request) {
  ASSIGN_OR_RETURN(const base::ChannelId id, ParseChannelName(request.name(), "name"));
  ASSIGN_OR_RETURN(const Channel channel,
                   with_.db.Read<Channel>(ctx, [&](tenants::TenantReader& reader) {
                     return GetChannelRow(with_.channels, ctx, reader, id);
                   }));
  return ToProto(ctx.tenant().tenant_id(), channel);
}

absl::StatusOr<v1::ListChannelsResponse> ChannelService::ListChannels(
    const tenants::RequestContext& ctx, const v1::ListChannelsRequest& request) {
  ASSIGN_OR_RETURN(const int32_t size, base::PageSize(request.page_size(), kPageDefault, kPageMax));
  const base::PageScope scope = PageScopeOf(ctx, "");
  ASSIGN_OR_RETURN(const std::string key, with_.pages.Open(scope, request.page_token()));
  base::ChannelId after;
  if (!key.empty()) {
    ASSIGN_OR_RETURN(after, base::ChannelId::Parse(key));
  }
  ASSIGN_OR_RETURN(std::vector<Channel> channels,
                   with_.db.Read<std::vector<Channel>>(ctx, [&](tenants::TenantReader& reader) {
                     return with_.channels.ListChannels(reader, after, size + 1);
                   }));
  v1::ListChannelsResponse response;
  if (channels.size() > static_cast<size_t>(size)) {
    channels.pop_back();
    response.set_next_page_token(with_.pages.Seal(scope, channels.back().id.text()));
  }
  for (const Channel& channel : channels) {
    *response.add_channels() = ToProto(ctx.tenant().tenant_id(), channel);
  }
  return response;
}

}  // namespace argosy::metrics
