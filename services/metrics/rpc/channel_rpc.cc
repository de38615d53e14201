#include "services/metrics/rpc/channel_rpc.h"

#include "tenants/request_context.h"

namespace argosy::metrics {

grpc::Status ChannelRpc::CreateChannel(grpc::ServerContext* call,
                                       const v1::CreateChannelRequest* request,
                                       v1::Channel* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.CreateChannel(ctx, *request);
  });
}

grpc::Status ChannelRpc::GetChannel(grpc::ServerContext* call, const v1::GetChannelRequest* request,
                                    v1::Channel* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.GetChannel(ctx, *request);
  });
}

grpc::Status ChannelRpc::ListChannels(grpc::ServerContext* call,
                                      const v1::ListChannelsRequest* request,
                                      v1::ListChannelsResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListChannels(ctx, *request);
  });
}

grpc::Status ChannelRpc::UpdateChannel(grpc::ServerContext* call,
                                       const v1::UpdateChannelRequest* request,
                                       v1::Channel* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.UpdateChannel(ctx, *request);
  });
}

grpc::Status ChannelRpc::CreateCampaign(grpc::ServerContext* call,
                                        const v1::CreateCampaignRequest* request,
                                        v1::Campaign* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.CreateCampaign(ctx, *request);
  });
}

grpc::Status ChannelRpc::GetCampaign(grpc::ServerContext* call,
                                     const v1::GetCampaignRequest* request,
                                     v1::Campaign* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.GetCampaign(ctx, *request);
  });
}

grpc::Status ChannelRpc::ListCampaigns(grpc::ServerContext* call,
                                       const v1::ListCampaignsRequest* request,
                                       v1::ListCampaignsResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListCampaigns(ctx, *request);
  });
}

grpc::Status ChannelRpc::UpdateCampaign(grpc::ServerContext* call,
                                        const v1::UpdateCampaignRequest* request,
                                        v1::Campaign* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.UpdateCampaign(ctx, *request);
  });
}

}  // namespace argosy::metrics
