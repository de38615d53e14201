// Channels and campaigns.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_CHANNEL_SERVICE_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_CHANNEL_SERVICE_H_

#include "absl/status/statusor.h"
#include "argosy/metrics/v1/channel_service.pb.h"
#include "services/metrics/service/collaborators.h"
#include "tenants/request_context.h"

namespace argosy::metrics {

// The verbs of argosy.metrics.v1.ChannelService, whose contract says what each refuses.
// Thread-safe.
class ChannelService {
 public:
  explicit ChannelService(const Collaborators& with) : with_(with) {}

  absl::StatusOr<v1::Channel> CreateChannel(const tenants::RequestContext& ctx,
                                            const v1::CreateChannelRequest& request);
  absl::StatusOr<v1::Channel> GetChannel(const tenants::RequestContext& ctx,
                                         const v1::GetChannelRequest& request);
  absl::StatusOr<v1::ListChannelsResponse> ListChannels(const tenants::RequestContext& ctx,
                                                        const v1::ListChannelsRequest& request);
  absl::StatusOr<v1::Channel> UpdateChannel(const tenants::RequestContext& ctx,
                                            const v1::UpdateChannelRequest& request);
  absl::StatusOr<v1::Campaign> CreateCampaign(const tenants::RequestContext& ctx,
                                              const v1::CreateCampaignRequest& request);
  absl::StatusOr<v1::Campaign> GetCampaign(const tenants::RequestContext& ctx,
                                           const v1::GetCampaignRequest& request);
  absl::StatusOr<v1::ListCampaignsResponse> ListCampaigns(const tenants::RequestContext& ctx,
                                                          const v1::ListCampaignsRequest& request);
  absl::StatusOr<v1::Campaign> UpdateCampaign(const tenants::RequestContext& ctx,
                                              const v1::UpdateCampaignRequest& request);

 private:
  Collaborators with_;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_CHANNEL_SERVICE_H_
