#include "base/status_macros.h"
#include "services/metrics/domain/errors.h"
#include "services/metrics/service/channel_convert.h"
#include "services/metrics/service/channel_service.h"
#include "services/metrics/service/names.h"

namespace argosy::metrics {

absl::StatusOr<v1::Channel> ChannelService::CreateChannel(const tenants::RequestContext& ctx,
                                                          const v1::CreateChannelRequest& request) {
  ASSIGN_OR_RETURN(Channel channel, ParseNewChannel(request, ctx.now()));
  const base::TenantId& tenant = ctx.tenant().tenant_id();
  return with_.db.Mutate<v1::Channel>(
      ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::Channel> {
        ASSIGN_OR_RETURN(const auto current, with_.channels.FindChannel(txn, channel.id));
        if (current.has_value()) {
          return NounExists("argosy.dev/Channel", ChannelName(tenant, channel.id));
        }
        ASSIGN_OR_RETURN(const int64_t count, with_.channels.CountChannels(txn));
        if (count >= kChannelsMax) return ChannelLimitReached(TenantName(tenant), kChannelsMax);
        // Under the lock, so that no batch takes that place before this channel is there.
        ASSIGN_OR_RETURN(const KnowledgeHead head, with_.knowledge.LockHead(txn));
        channel.known_from = head.sequence + 1;
        RETURN_IF_ERROR(with_.channels.InsertChannel(txn, channel));
        return ToProto(tenant, channel);
      });
}

}  // namespace argosy::metrics
