#include "rpc/health.h"

#include <utility>

namespace argosy::rpc {

Health::Health(grpc::HealthCheckServiceInterface& service, std::vector<std::string> names)
    : service_(service), names_(std::move(names)) {
  Set(State::kNotServing);
}

void Health::Set(State state) {
  const bool serving = state == State::kServing;
  serving_.store(serving, std::memory_order_release);
  service_.SetServingStatus("", serving);
  for (const std::string& name : names_) service_.SetServingStatus(name, serving);
}

void Health::SetDependency(const std::string& name, State state) {
  service_.SetServingStatus(name, state == State::kServing);
}

}  // namespace argosy::rpc
