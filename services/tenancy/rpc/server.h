// The wiring of the service: builds its stores, services and gRPC services from what the process
// shares, and hands the last to argosyd.
//
// Every service has this shape, so that argosyd composes them alike: a struct ServerParts of
// references that outlive the server, a Create that reads whatever the service must have before its
// first call, and services(), which argosyd registers with both of its gRPC servers. A service that
// calls others also takes `rpc::ChannelSource& channels`; it asks it for a channel when a call needs
// one, because the in-process channel exists only after the servers have started.
#ifndef ARGOSY_SERVICES_TENANCY_RPC_SERVER_H_
#define ARGOSY_SERVICES_TENANCY_RPC_SERVER_H_

#include <grpcpp/impl/codegen/service_type.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/page_token.h"
#include "base/random.h"

namespace argosy::storage {
class Pool;
}
namespace argosy::tenants {
class Directory;
}
namespace argosy::rpc {
class Chassis;
}

namespace argosy::tenancy {

struct ServerParts {
  storage::Pool& pool;  // of the schema argosy_tenancy
  tenants::Directory& directory;
  rpc::Chassis& chassis;
  const base::Clock& clock;
  base::IdSource& ids;
  base::EntropySource& entropy;
  const base::PageTokens& page_tokens;
};

// What tenancy alone keeps secret.
struct Secrets {
  std::string environment;        // the env part of API tokens: [a-z0-9]{2,16}
  std::string token_pepper;       // keys the digests of API tokens, at least 32 bytes
  std::string signing_seal;       // 32 bytes that seal private signing keys at rest
};

// Owns the service's objects. Thread-safe once created.
class Server {
 public:
  // UNAVAILABLE when the database cannot be reached; INVALID_ARGUMENT for secrets of a wrong size.
  static absl::StatusOr<std::unique_ptr<Server>> Create(const ServerParts& parts,
                                                        const Secrets& secrets);
  ~Server();
  // To be registered with every gRPC server of the process.
  std::vector<grpc::Service*> services();

 private:
  struct Objects;
  explicit Server(std::unique_ptr<Objects> objects);

  std::unique_ptr<Objects> objects_;
};

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_RPC_SERVER_H_
