// argosy.metrics.v1.ChannelService on the wire: one statement per RPC.
#ifndef ARGOSY_SERVICES_METRICS_RPC_CHANNEL_RPC_H_
#define ARGOSY_SERVICES_METRICS_RPC_CHANNEL_RPC_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "argosy/metrics/v1/channel_service.grpc.pb.h"
#include "rpc/chassis.h"
#include "services/metrics/service/channel_service.h"

namespace argosy::metrics {

// Thread-safe; both references outlive it.
class ChannelRpc final : public v1::ChannelService::Service {
 public:
  ChannelRpc(rpc::Chassis& chassis, ChannelService& service)
      : chassis_(chassis), service_(service) {}

  grpc::Status CreateChannel(grpc::ServerContext* call, const v1::CreateChannelRequest* request,
                             v1::Channel* response) override;
  grpc::Status GetChannel(grpc::ServerContext* call, const v1::GetChannelRequest* request,
                          v1::Channel* response) override;
  grpc::Status ListChannels(grpc::ServerContext* call, const v1::ListChannelsRequest* request,
                            v1::ListChannelsResponse* response) override;
  grpc::Status UpdateChannel(grpc::ServerContext* call, const v1::UpdateChannelRequest* request,
                             v1::Channel* response) override;
  grpc::Status CreateCampaign(grpc::ServerContext* call, const v1::CreateCampaignRequest* request,
                              v1::Campaign* response) override;
  grpc::Status GetCampaign(grpc::ServerContext* call, const v1::GetCampaignRequest* request,
                           v1::Campaign* response) override;
  grpc::Status ListCampaigns(grpc::ServerContext* call, const v1::ListCampaignsRequest* request,
                             v1::ListCampaignsResponse* response) override;
  grpc::Status UpdateCampaign(grpc::ServerContext* call, const v1::UpdateCampaignRequest* request,
                              v1::Campaign* response) override;

 private:
  rpc::Chassis& chassis_;
  ChannelService& service_;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_RPC_CHANNEL_RPC_H_
