// ChannelSource of a process: its own internal server for the services it serves, the network for
// the rest.
#ifndef ARGOSY_RPC_SERVICE_CHANNELS_H_
#define ARGOSY_RPC_SERVICE_CHANNELS_H_

#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "base/mutex.h"
#include "rpc/channel_source.h"

namespace argosy::rpc {

// Told its channels while the process starts. Thread-safe.
class ServiceChannels final : public ChannelSource {
 public:
  // `channel` answers for `service` from now on.
  void Set(absl::string_view service, std::shared_ptr<grpc::Channel> channel);
  absl::StatusOr<std::shared_ptr<grpc::Channel>> ChannelTo(absl::string_view service) override;

 private:
  base::Mutex mutex_;
  absl::flat_hash_map<std::string, std::shared_ptr<grpc::Channel>> channels_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_SERVICE_CHANNELS_H_
