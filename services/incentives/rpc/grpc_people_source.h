// The people source over the teams service's contract.
#ifndef ARGOSY_SERVICES_INCENTIVES_RPC_GRPC_PEOPLE_SOURCE_H_
#define ARGOSY_SERVICES_INCENTIVES_RPC_GRPC_PEOPLE_SOURCE_H_

#include "rpc/channel_source.h"
#include "services/incentives/service/people_source.h"

namespace argosy::incentives {

// Thread-safe; `channels` outlives it.
class GrpcPeopleSource final : public PeopleSource {
 public:
  explicit GrpcPeopleSource(rpc::ChannelSource& channels) : channels_(channels) {}

  absl::StatusOr<Roster> GetRoster(const tenants::RequestContext& ctx) override;

 private:
  rpc::ChannelSource& channels_;
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_RPC_GRPC_PEOPLE_SOURCE_H_
