#include "argosyd/process.h"

#include <grpcpp/create_channel.h>
#include <prometheus/collectable.h>
#include <prometheus/text_serializer.h>

#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "argosy/tenancy/v1/access.grpc.pb.h"
#include "argosyd/schemas.h"
#include "base/crypto.h"
#include "base/loopback.h"
#include "base/status_macros.h"
#include "rpc/drain.h"

namespace argosy::argosyd {
namespace {

namespace tenancy_v1 = argosy::tenancy::v1;

// The directory is asked once every two seconds per tenant at most; four waiters are plenty.
constexpr size_t kDirectoryConnections = 4;
constexpr absl::Duration kWatchDeadline = absl::Seconds(2);
constexpr char kDatabaseDependency[] = "argosy.database";

storage::PoolOptions PoolOf(const storage::DatabaseOptions& database, size_t connections) {
  return {.database = database, .connections_max = connections};
}

}  // namespace

Process::Process(const Config& config, const base::Clock& clock, base::Log& log)
    : config_(config),
      clock_(clock),
      log_(log),
      entropy_(base::NewSystemEntropy()),
      ids_(*entropy_),
      accepted_keys_(clock),
      directory_pool_(PoolOf(config.directory, kDirectoryConnections), clock),
      directory_(directory_pool_),
      lookup_(directory_) {}

Process::~Process() {
  // Both call into the services, which go first otherwise.
  watch_.reset();
  admin_.reset();
  server_.reset();
}

absl::StatusOr<std::unique_ptr<Process>> Process::Start(const Config& config,
                                                        const base::Clock& clock, base::Log& log) {
  auto process = std::make_unique<Process>(config, clock, log);
  RETURN_IF_ERROR(process->Run());
  return process;
}

absl::Status Process::Run() {
  RETURN_IF_ERROR(CheckSchemas(config_));
  ASSIGN_OR_RETURN(base::SealingKey page_key, base::SealingKey::FromBytes(config_.page_key));
  page_tokens_ = std::make_unique<base::PageTokens>(std::move(page_key), *entropy_, clock_);
  OpenPools();
  RETURN_IF_ERROR(MakeChassis());
  RETURN_IF_ERROR(HostServices());
  RETURN_IF_ERROR(Listen());
  RETURN_IF_ERROR(ConnectPeers());
  Watch();
  RETURN_IF_ERROR(StartAdmin());
  watch_ = std::make_unique<Periodic>(kWatchPeriod, [this] { Watch(); });
  server_->SetReady();
  log_.Write(base::LogLevel::kInfo, "serving",
             {{"port", port()}, {"admin_port", static_cast<int>(admin_port())}});
  return absl::OkStatus();
}

void Process::OpenPools() {
  for (const std::string& service : config_.services) {
    pools_.push_back(std::make_unique<storage::Pool>(
        PoolOf(config_.databases.at(service), config_.connections_max), clock_));
    std::vector<std::string> names = ProtoServicesOf(service);
    chains_.Add(names, *pools_.back(), *entropy_);
    proto_services_.insert(proto_services_.end(), std::make_move_iterator(names.begin()),
                           std::make_move_iterator(names.end()));
  }
}

absl::Status Process::MakeChassis() {
  ASSIGN_OR_RETURN(
      chassis_,
      rpc::Chassis::Create({.clock = clock_,
                            .entropy = *entropy_,
                            .tenants = lookup_,
                            .keys = accepted_keys_,
                            .denials = chains_,
                            .log = log_,
                            .options = {.issuer = config_.issuer, .audience = config_.audience}},
                           proto_services_));
  return absl::OkStatus();
}

absl::Status Process::HostServices() {
  const SharedParts parts{.config = config_,
                          .directory = directory_,
                          .chassis = *chassis_,
                          .clock = clock_,
                          .ids = ids_,
                          .entropy = *entropy_,
                          .page_tokens = *page_tokens_,
                          .accepted_keys = accepted_keys_,
                          .channels = channels_};
  for (size_t i = 0; i < config_.services.size(); ++i) {
    ASSIGN_OR_RETURN(auto hosted, Host(config_.services[i], parts, *pools_[i]));
    hosted_.push_back(std::move(hosted));
  }
  return absl::OkStatus();
}

absl::Status Process::Listen() {
  rpc::ServerSpec spec{.service_names = proto_services_, .address = config_.listen};
  for (const auto& hosted : hosted_) {
    for (grpc::Service* service : hosted->services()) spec.services.push_back(service);
  }
  if (!config_.certificate_pem.empty()) {
    spec.tls = rpc::TlsPair{.certificate_pem = config_.certificate_pem,
                            .private_key_pem = config_.private_key_pem};
  }
  ASSIGN_OR_RETURN(server_, rpc::Server::Start(spec, chassis_->drain()));
  return absl::OkStatus();
}

absl::Status Process::ConnectPeers() {
  for (const auto& [service, address] : config_.peers) {
    if (config_.Serves(service)) continue;
    if (!base::IsLoopbackAddress(address)) {
      return absl::InvalidArgumentError(
          absl::StrCat("peers.", service, ": '", address, "' is not loopback; that needs mTLS"));
    }
    channels_.Set(service, grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  }
  for (const std::string& service : config_.services) {
    channels_.Set(service, server_->InternalChannel());
  }
  return absl::OkStatus();
}

absl::Status Process::StartAdmin() {
  ASSIGN_OR_RETURN(admin_,
                   rpc::AdminHttp::Start(config_.admin_port,
                                         {.metrics = [this] { return MetricsText(); },
                                          .ready =
                                              [this] {
                                                return server_->health().serving() &&
                                                       database_up_.load(std::memory_order_acquire);
                                              }}));
  return absl::OkStatus();
}

void Process::Watch() {
  // Any question will do; an absent tenant is an answer.
  const auto answer =
      directory_.FindById(base::TenantId::Parse("platform").value(), clock_.Now() + kWatchDeadline);
  database_up_.store(answer.ok(), std::memory_order_release);
  server_->health().SetDependency(kDatabaseDependency, answer.ok()
                                                           ? rpc::Health::State::kServing
                                                           : rpc::Health::State::kNotServing);
  FollowKeys();
}

void Process::FollowKeys() {
  if (clock_.Now() < keys_due_) return;
  const auto channel = channels_.ChannelTo("tenancy");
  if (!channel.ok()) return;
  grpc::ClientContext call;
  call.set_deadline(absl::ToChronoTime(clock_.Now() + kWatchDeadline));
  tenancy_v1::ListSigningKeysResponse keys;
  const grpc::Status status = tenancy_v1::AccessService::NewStub(*channel)->ListSigningKeys(
      &call, tenancy_v1::ListSigningKeysRequest(), &keys);
  std::vector<std::string> jwks;
  for (const auto& key : keys.signing_keys()) jwks.push_back(key.jwk());
  const bool accepted = status.ok() && accepted_keys_.Replace(jwks).ok();
  if (accepted) keys_due_ = clock_.Now() + kKeysPeriod;
  if (!accepted) log_.Write(base::LogLevel::kWarning, "no signing keys from tenancy", {});
}

std::string Process::MetricsText() const {
  return prometheus::TextSerializer().Serialize(chassis_->metrics().Collect());
}

void Process::Stop(const rpc::Server::Pace& pace) {
  log_.Write(base::LogLevel::kInfo, "stopping", {});
  server_->Stop(pace);
}

}  // namespace argosy::argosyd
