#include "rpc/service_channels.h"

#include <utility>

#include "rpc/errors.h"

namespace argosy::rpc {

void ServiceChannels::Set(absl::string_view service, std::shared_ptr<grpc::Channel> channel) {
  base::MutexLock lock(mutex_);
  channels_.insert_or_assign(std::string(service), std::move(channel));
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> ServiceChannels::ChannelTo(
    absl::string_view service) {
  base::MutexLock lock(mutex_);
  const auto found = channels_.find(service);
  if (found == channels_.end()) return DependencyDown(service);
  return found->second;
}

}  // namespace argosy::rpc
