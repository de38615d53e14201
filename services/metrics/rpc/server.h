// The wiring of the service: builds its stores, services and gRPC services from what the process
// shares, and hands the last to argosyd.
#ifndef ARGOSY_SERVICES_METRICS_RPC_SERVER_H_
#define ARGOSY_SERVICES_METRICS_RPC_SERVER_H_

#include <grpcpp/impl/codegen/service_type.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/page_token.h"
#include "base/random.h"
#include "rpc/channel_source.h"
#include "rpc/chassis.h"
#include "storage/pool.h"

namespace argosy::metrics {

struct ServerParts {
  storage::Pool& pool;  // of the schema argosy_metrics
  rpc::Chassis& chassis;
  rpc::ChannelSource& channels;  // to teams
  const base::Clock& clock;
  base::IdSource& ids;
  base::EntropySource& entropy;
  const base::PageTokens& page_tokens;
};

// Owns the service's objects. Thread-safe once created.
class Server {
 public:
  // Full names of the proto services, for Chassis::Create.
  static std::vector<std::string> ServiceNames();

  // INTERNAL when a statement of the stores lets another tenant's rows in.
  static absl::StatusOr<std::unique_ptr<Server>> Create(const ServerParts& parts);
  ~Server();
  // To be registered with every gRPC server of the process.
  std::vector<grpc::Service*> services();

 private:
  struct Objects;

 public:
  // For Create: nobody else can name Objects.
  explicit Server(std::unique_ptr<Objects> objects);

 private:
  std::unique_ptr<Objects> objects_;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_RPC_SERVER_H_
