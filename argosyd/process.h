// A running argosyd: the chosen services behind two gRPC servers and an admin port.
#ifndef ARGOSY_ARGOSYD_PROCESS_H_
#define ARGOSY_ARGOSYD_PROCESS_H_

#include <grpcpp/channel.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "argosyd/audit_chains.h"
#include "argosyd/config.h"
#include "argosyd/hosted_services.h"
#include "argosyd/periodic.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/log.h"
#include "base/page_token.h"
#include "base/random.h"
#include "rpc/admin_http.h"
#include "rpc/chassis.h"
#include "rpc/key_set.h"
#include "rpc/server.h"
#include "rpc/service_channels.h"
#include "rpc/tenant_lookup.h"
#include "storage/pool.h"
#include "tenants/directory.h"

namespace argosy::argosyd {

// The only composer. Everything runs from Start to Stop or destruction. Thread-safe.
class Process {
 public:
  // How often the database is looked at.
  static constexpr absl::Duration kWatchPeriod = absl::Seconds(5);
  // How often tenancy is asked for its keys: a new one is published minutes before it signs.
  static constexpr absl::Duration kKeysPeriod = absl::Minutes(1);

  Process(const Config& config, const base::Clock& clock, base::Log& log);
  // Serves the services of `config`; the references outlive the process. FAILED_PRECONDITION when a
  // schema lacks migrations this program was built for; otherwise the errors of what is started.
  static absl::StatusOr<std::unique_ptr<Process>> Start(const Config& config,
                                                        const base::Clock& clock, base::Log& log);
  ~Process();

  int port() const { return server_->port(); }
  uint16_t admin_port() const { return admin_->port(); }
  // A client's channel to this process, without a network.
  std::shared_ptr<grpc::Channel> PublicChannel() { return server_->PublicChannel(); }

  // Health NOT_SERVING, a pause for balancers, drain, shutdown; bounded by the configuration.
  void Stop(const rpc::Server::Pace& pace);

 private:
  absl::Status Run();
  absl::Status MakeChassis();
  void OpenPools();
  absl::Status HostServices();
  absl::Status Listen();
  absl::Status ConnectPeers();
  absl::Status StartAdmin();
  // One look at the dependencies.
  void Watch();
  // Asks tenancy for its keys when that is due, wherever it is served: in this process too, so that
  // a key made by another one is known here before it signs.
  void FollowKeys();
  std::string MetricsText() const;

  const Config config_;
  const base::Clock& clock_;
  base::Log& log_;
  const std::unique_ptr<base::EntropySource> entropy_;
  base::IdSource ids_;
  std::unique_ptr<base::PageTokens> page_tokens_;
  rpc::AcceptedKeys accepted_keys_;
  storage::Pool directory_pool_;
  tenants::Directory directory_;
  rpc::DirectoryLookup lookup_;
  rpc::ServiceChannels channels_;
  std::vector<std::unique_ptr<storage::Pool>> pools_;  // in the order of config_.services
  AuditChains chains_;
  std::unique_ptr<rpc::Chassis> chassis_;
  std::vector<std::string> proto_services_;
  std::vector<std::unique_ptr<HostedService>> hosted_;
  std::unique_ptr<rpc::Server> server_;
  std::atomic<bool> database_up_{false};
  absl::Time keys_due_ = absl::InfinitePast();  // of the watching thread
  std::unique_ptr<rpc::AdminHttp> admin_;
  std::unique_ptr<Periodic> watch_;
};

}  // namespace argosy::argosyd

#endif  // ARGOSY_ARGOSYD_PROCESS_H_
