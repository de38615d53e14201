// The order source over the metrics service's contract.
#ifndef ARGOSY_SERVICES_INCENTIVES_RPC_GRPC_ORDER_SOURCE_H_
#define ARGOSY_SERVICES_INCENTIVES_RPC_GRPC_ORDER_SOURCE_H_

#include "rpc/channel_source.h"
#include "services/incentives/service/order_source.h"

namespace argosy::incentives {

// Thread-safe; `channels` outlives it.
class GrpcOrderSource final : public OrderSource {
 public:
  explicit GrpcOrderSource(rpc::ChannelSource& channels) : channels_(channels) {}

  absl::StatusOr<Knowledge> ResolveKnowledge(const tenants::RequestContext& ctx,
                                             const std::optional<absl::Time>& as_of) override;
  absl::StatusOr<SalesFacts> ListSalesFacts(const tenants::RequestContext& ctx,
                                            const base::Period& days, int64_t seq) override;

 private:
  rpc::ChannelSource& channels_;
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_RPC_GRPC_ORDER_SOURCE_H_
