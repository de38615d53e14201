// Where the other services of the product are.
#ifndef ARGOSY_RPC_CHANNEL_SOURCE_H_
#define ARGOSY_RPC_CHANNEL_SOURCE_H_

#include <grpcpp/channel.h>

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace argosy::rpc {

// Hands out the channel to a service: in-process when this process serves it too, over the network
// otherwise. Thread-safe. In-process channels exist only once the servers have started, so a caller
// asks when a call needs one and keeps nothing.
class ChannelSource {
 public:
  virtual ~ChannelSource() = default;
  // `service` is "tenancy", "teams", "metrics" or "incentives".
  // UNAVAILABLE / DEPENDENCY_DOWN when there is none (yet).
  virtual absl::StatusOr<std::shared_ptr<grpc::Channel>> ChannelTo(absl::string_view service) = 0;
};

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_CHANNEL_SOURCE_H_
