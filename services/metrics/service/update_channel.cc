#include "base/fault.h"
#include "base/status_macros.h"
#include "services/metrics/domain/errors.h"
#include "services/metrics/service/channel_convert.h"
#include "services/metrics/service/channel_rows.h"
#include "services/metrics/service/channel_service.h"
#include "services/metrics/service/names.h"

namespace argosy::metrics {
namespace {

// Figures and verdicts already given were computed with them; an answered past never changes.
absl::Status CheckKindAndPaid(const ChannelChange& change, const Channel& current) {
  constexpr char kNeverChanges[] = "never changes: create another channel instead";
  if (change.kind.value_or(current.kind) != current.kind) {
    return base::FieldInvalid("channel.kind", kNeverChanges);
  }
  if (change.paid.value_or(current.paid) != current.paid) {
    return base::FieldInvalid("channel.paid", kNeverChanges);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::Channel> ChannelService::UpdateChannel(const tenants::RequestContext& ctx,
                                                          const v1::UpdateChannelRequest& request) {
  ASSIGN_OR_RETURN(const base::ChannelId id,
                   ParseChannelName(request.channel().name(), "channel.name"));
  ASSIGN_OR_RETURN(const ChannelChange change, ParseChannelChange(request));
  const std::string name = ChannelName(ctx.tenant().tenant_id(), id);
  return with_.db.Mutate<v1::Channel>(
      ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::Channel> {
        ASSIGN_OR_RETURN(const Channel current, GetChannelRow(with_.channels, ctx, txn, id));
        RETURN_IF_ERROR(CheckEtag(request.channel().etag(), current.version, name));
        RETURN_IF_ERROR(CheckKindAndPaid(change, current));
        Channel next = current;
        next.display_name = change.display_name.value_or(current.display_name);
        next.version = current.version + 1;
        next.updated_at = ctx.now();
        ASSIGN_OR_RETURN(const bool updated,
                         with_.channels.UpdateChannel(txn, next, current.version));
        if (!updated) return NounChanged(name);
        return ToProto(ctx.tenant().tenant_id(), next);
      });
}

}  // namespace argosy::metrics
