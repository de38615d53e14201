// Channels and campaigns between the contract and the domain.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_CHANNEL_CONVERT_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_CHANNEL_CONVERT_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "argosy/metrics/v1/channel_service.pb.h"
#include "base/ids.h"
#include "services/metrics/domain/channel.h"

namespace argosy::metrics {

// What an update sets; what is absent stays.
struct ChannelChange {
  std::optional<std::string> display_name;
  std::optional<ChannelKind> kind;
  std::optional<Paid> paid;
};
struct CampaignChange {
  std::optional<std::string> display_name;
};

// All Parse functions: INVALID_ARGUMENT / FIELD_INVALID.
absl::StatusOr<Channel> ParseNewChannel(const v1::CreateChannelRequest& request, absl::Time now);
absl::StatusOr<ChannelChange> ParseChannelChange(const v1::UpdateChannelRequest& request);
absl::StatusOr<Campaign> ParseNewCampaign(const v1::CreateCampaignRequest& request, absl::Time now);
absl::StatusOr<CampaignChange> ParseCampaignChange(const v1::UpdateCampaignRequest& request);

v1::Channel ToProto(const base::TenantId& tenant, const Channel& channel);
v1::Campaign ToProto(const base::TenantId& tenant, const Campaign& campaign);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_CHANNEL_CONVERT_H_
