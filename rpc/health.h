// grpc.health.v1 of a server: NOT_SERVING until it is ready, and again before it goes.
#ifndef ARGOSY_RPC_HEALTH_H_
#define ARGOSY_RPC_HEALTH_H_

#include <grpcpp/health_check_service_interface.h>

#include <atomic>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace argosy::rpc {

// The state of "" and of each service by its full name, and of dependencies under names of their
// own, so that a database that is away does not look like a server that is. Thread-safe.
class Health {
 public:
  // Starts with everything NOT_SERVING. `service` belongs to a grpc::Server, which outlives this.
  Health(grpc::HealthCheckServiceInterface& service, std::vector<std::string> names);

  enum class State { kServing, kNotServing };
  void Set(State state);
  // "argosy.database" and the like; not part of Set.
  void SetDependency(const std::string& name, State state);
  bool serving() const { return serving_.load(std::memory_order_acquire); }

 private:
  grpc::HealthCheckServiceInterface& service_;
  const std::vector<std::string> names_;
  std::atomic<bool> serving_{false};
};

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_HEALTH_H_
