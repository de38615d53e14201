// Which services a process can hold: the one place that names them all.
#ifndef ARGOSY_ARGOSYD_HOSTED_SERVICES_H_
#define ARGOSY_ARGOSYD_HOSTED_SERVICES_H_

#include <grpcpp/impl/codegen/service_type.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "argosyd/config.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/page_token.h"
#include "base/random.h"
#include "rpc/channel_source.h"
#include "rpc/chassis.h"
#include "rpc/key_set.h"
#include "storage/pool.h"
#include "tenants/directory.h"

namespace argosy::argosyd {

// What the services of a process share; outlives them.
struct SharedParts {
  const Config& config;
  tenants::Directory& directory;
  rpc::Chassis& chassis;
  const base::Clock& clock;
  base::IdSource& ids;
  base::EntropySource& entropy;
  const base::PageTokens& page_tokens;
  rpc::AcceptedKeys& accepted_keys;
  rpc::ChannelSource& channels;
};

// A service of this process: whatever its Server is, and what it registers.
class HostedService {
 public:
  virtual ~HostedService() = default;
  virtual std::vector<grpc::Service*> services() = 0;
};

// Full names of the proto services of `service` ("tenancy"); empty for a service this program was
// built without.
std::vector<std::string> ProtoServicesOf(absl::string_view service);

// Makes `service` on its own `pool`. The errors of its Server::Create.
absl::StatusOr<std::unique_ptr<HostedService>> Host(absl::string_view service,
                                                    const SharedParts& parts, storage::Pool& pool);

}  // namespace argosy::argosyd

#endif  // ARGOSY_ARGOSYD_HOSTED_SERVICES_H_
