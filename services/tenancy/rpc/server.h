// The wiring of the service: builds its stores, services and gRPC services from what the process
// shares, and hands the last to argosyd.
//
// Every service has this shape, so that argosyd composes them alike: ServiceNames() for the
// chassis, a struct ServerParts of references that outlive the server, a Create that reads whatever
// the service must have before its first call, and services(), which argosyd registers with both of
// its gRPC servers. A service that calls others also takes `rpc::ChannelSource& channels`; it asks
// it for a channel when a call needs one, because the in-process channel exists only after the
// servers have started.
#ifndef ARGOSY_SERVICES_TENANCY_RPC_SERVER_H_
#define ARGOSY_SERVICES_TENANCY_RPC_SERVER_H_

#include <grpcpp/impl/codegen/service_type.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/page_token.h"
#include "base/random.h"
#include "rpc/chassis.h"
#include "rpc/key_set.h"
#include "storage/pool.h"
#include "tenants/directory.h"

namespace argosy::tenancy {

struct ServerParts {
  storage::Pool& pool;  // of the schema argosy_tenancy
  tenants::Directory& directory;
  rpc::Chassis& chassis;
  const base::Clock& clock;
  base::IdSource& ids;
  base::EntropySource& entropy;
  const base::PageTokens& page_tokens;
  rpc::AcceptedKeys& accepted_keys;  // told which keys tenancy signs with
};

// What tenancy alone is told.
struct Options {
  std::string environment;   // the env part of API tokens: 2 to 16 characters a-z and 0-9
  std::string issuer;        // the "iss" of access tokens
  std::string audience;      // their "aud"
  std::string token_pepper;  // keys the digests of API tokens; 32 bytes or more
  std::string signing_seal;  // seals private signing keys at rest; 32 bytes
};

// INVALID_ARGUMENT for a bad environment, an empty issuer or audience, and secrets of a wrong size.
absl::Status CheckOptions(const Options& options);

// Owns the service's objects. Thread-safe once created.
class Server {
 public:
  // Full names of the proto services, for Chassis::Create.
  static std::vector<std::string> ServiceNames();

  // Reads the signing keys, and makes the first one. As CheckOptions; UNAVAILABLE when the database
  // cannot be reached; INTERNAL when a statement of the stores lets another tenant's rows in.
  static absl::StatusOr<std::unique_ptr<Server>> Create(const ServerParts& parts,
                                                        const Options& options);
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

// What `argosyd bootstrap` asks for.
struct FirstOperator {
  std::string principal;  // 3 to 128 characters a-z, 0-9 and ._@+-
  bool reissue = false;   // a platform that exists gives its operator one more token
};

struct BootstrapParts {
  storage::Pool& pool;
  tenants::Directory& directory;
  const base::Clock& clock;
  base::IdSource& ids;
  base::EntropySource& entropy;
  const base::PageTokens& page_tokens;
};
// Makes the platform's tenant, its first operator and an API token, whose value is returned and
// stored nowhere. RESOURCE_EXISTS when that was done before and no new token is asked for.
absl::StatusOr<std::string> BootstrapPlatform(const BootstrapParts& parts, const Options& options,
                                              const FirstOperator& first);

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_RPC_SERVER_H_
