// The people source over the teams service's contract.
#ifndef ARGOSY_SERVICES_METRICS_RPC_GRPC_PEOPLE_SOURCE_H_
#define ARGOSY_SERVICES_METRICS_RPC_GRPC_PEOPLE_SOURCE_H_

#include <optional>

#include "rpc/channel_source.h"
#include "services/metrics/service/people_source.h"

namespace argosy::metrics {

// Thread-safe; `channels` outlives it.
class GrpcPeopleSource final : public PeopleSource {
 public:
  explicit GrpcPeopleSource(rpc::ChannelSource& channels) : channels_(channels) {}

  absl::StatusOr<Audience> GetAudience(const tenants::RequestContext& ctx,
                                       const base::MemberId& member, absl::CivilDay day) override;
  absl::StatusOr<std::optional<MemberSet>> ListMembers(const tenants::RequestContext& ctx) override;

 private:
  rpc::ChannelSource& channels_;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_RPC_GRPC_PEOPLE_SOURCE_H_
