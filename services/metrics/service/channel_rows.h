// One channel or campaign that has to be there.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_CHANNEL_ROWS_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_CHANNEL_ROWS_H_

#include "absl/status/statusor.h"
#include "base/ids.h"
#include "services/metrics/domain/channel.h"
#include "services/metrics/store/channel_store.h"
#include "tenants/request_context.h"
#include "tenants/tenant_txn.h"

namespace argosy::metrics {

// NOT_FOUND / RESOURCE_NOT_FOUND with its name.
absl::StatusOr<Channel> GetChannelRow(const ChannelStore& channels,
                                      const tenants::RequestContext& ctx,
                                      tenants::TenantReader& reader, const base::ChannelId& id);
absl::StatusOr<Campaign> GetCampaignRow(const ChannelStore& channels,
                                        const tenants::RequestContext& ctx,
                                        tenants::TenantReader& reader, const base::CampaignId& id);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_CHANNEL_ROWS_H_
