#include "argosyd/hosted_services.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "services/incentives/rpc/server.h"
#include "services/metrics/rpc/server.h"
#include "services/teams/rpc/server.h"
#include "services/tenancy/rpc/server.h"

namespace argosy::argosyd {
namespace {

template <typename Server>
class Hosted final : public HostedService {
 public:
  explicit Hosted(std::unique_ptr<Server> server) : server_(std::move(server)) {}
  std::vector<grpc::Service*> services() override { return server_->services(); }

 private:
  std::unique_ptr<Server> server_;
};

template <typename Server>
absl::StatusOr<std::unique_ptr<HostedService>> Wrap(
    absl::StatusOr<std::unique_ptr<Server>> server) {
  if (!server.ok()) return server.status();
  return std::make_unique<Hosted<Server>>(*std::move(server));
}

absl::StatusOr<std::unique_ptr<HostedService>> MakeTenancy(const SharedParts& parts,
                                                           storage::Pool& pool) {
  return Wrap(tenancy::Server::Create({.pool = pool,
                                       .directory = parts.directory,
                                       .chassis = parts.chassis,
                                       .clock = parts.clock,
                                       .ids = parts.ids,
                                       .entropy = parts.entropy,
                                       .page_tokens = parts.page_tokens,
                                       .accepted_keys = parts.accepted_keys},
                                      {.environment = parts.config.environment,
                                       .issuer = parts.config.issuer,
                                       .audience = parts.config.audience,
                                       .token_pepper = parts.config.token_pepper,
                                       .signing_seal = parts.config.signing_seal}));
}

absl::StatusOr<std::unique_ptr<HostedService>> MakeTeams(const SharedParts& parts,
                                                         storage::Pool& pool) {
  return Wrap(teams::Server::Create({.pool = pool,
                                     .chassis = parts.chassis,
                                     .channels = parts.channels,
                                     .ids = parts.ids,
                                     .entropy = parts.entropy,
                                     .page_tokens = parts.page_tokens}));
}

absl::StatusOr<std::unique_ptr<HostedService>> MakeMetrics(const SharedParts& parts,
                                                           storage::Pool& pool) {
  return Wrap(metrics::Server::Create({.pool = pool,
                                       .chassis = parts.chassis,
                                       .channels = parts.channels,
                                       .clock = parts.clock,
                                       .ids = parts.ids,
                                       .entropy = parts.entropy,
                                       .page_tokens = parts.page_tokens}));
}

absl::StatusOr<std::unique_ptr<HostedService>> MakeIncentives(const SharedParts& parts,
                                                              storage::Pool& pool) {
  return Wrap(incentives::Server::Create({.pool = pool,
                                          .chassis = parts.chassis,
                                          .channels = parts.channels,
                                          .ids = parts.ids,
                                          .entropy = parts.entropy,
                                          .page_tokens = parts.page_tokens}));
}

struct Entry {
  absl::string_view name;
  std::vector<std::string> (*proto_services)();
  absl::StatusOr<std::unique_ptr<HostedService>> (*make)(const SharedParts&, storage::Pool&);
};

// A service joins the program by a line here.
constexpr Entry kEntries[] = {
    {"tenancy", &tenancy::Server::ServiceNames, &MakeTenancy},
    {"teams", &teams::Server::ServiceNames, &MakeTeams},
    {"metrics", &metrics::Server::ServiceNames, &MakeMetrics},
    {"incentives", &incentives::Server::ServiceNames, &MakeIncentives},
};

}  // namespace

std::vector<std::string> ProtoServicesOf(absl::string_view service) {
  for (const Entry& entry : kEntries) {
    if (entry.name == service) return entry.proto_services();
  }
  return {};
}

absl::StatusOr<std::unique_ptr<HostedService>> Host(absl::string_view service,
                                                    const SharedParts& parts, storage::Pool& pool) {
  for (const Entry& entry : kEntries) {
    if (entry.name == service) return entry.make(parts, pool);
  }
  return absl::InvalidArgumentError(absl::StrCat("this program has no service '", service, "'"));
}

}  // namespace argosy::argosyd
