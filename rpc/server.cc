#include "rpc/server.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "base/loopback.h"
#include "rpc/chassis_parts.h"

namespace argosy::rpc {
namespace {

constexpr int kSecondMs = 1000;
constexpr int kMinuteMs = 60 * kSecondMs;

// Idle threads of a server. gRPC's own two mean that nearly every call which waited for the
// database ends its thread and another makes one; many more wake one another for every event.
constexpr int kPollersMax = 4;

std::shared_ptr<grpc::ServerCredentials> Credentials(const std::optional<TlsPair>& tls) {
  if (!tls) return grpc::InsecureServerCredentials();
  grpc::SslServerCredentialsOptions options;
  options.pem_key_cert_pairs.push_back({tls->private_key_pem, tls->certificate_pem});
  return grpc::SslServerCredentials(options);
}

// What both servers have.
void Configure(grpc::ServerBuilder& builder, const ServerSpec& spec, const char* name,
               int threads) {
  grpc::ResourceQuota quota(name);
  quota.SetMaxThreads(threads);
  builder.SetResourceQuota(quota);
  builder.SetSyncServerOption(grpc::ServerBuilder::SyncServerOption::MAX_POLLERS, kPollersMax);
  builder.SetMaxReceiveMessageSize(Server::kReceiveBytesMax);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, Server::kMetadataBytesMax);
  for (grpc::Service* service : spec.services) builder.RegisterService(service);
}

// What a server with a port needs against clients that are not ours.
void Harden(grpc::ServerBuilder& builder) {
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, Server::kStreamsPerConnectionMax);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10 * kSecondMs);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, 2);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, 5 * kMinuteMs);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, 10 * kMinuteMs);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, 70 * kSecondMs);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
}

}  // namespace

Server::Server(Parts parts, std::vector<std::string> service_names, Drain& drain)
    : drain_(drain),
      public_(std::move(parts.visible)),
      internal_(std::move(parts.internal)),
      port_(parts.port),
      health_(
          std::make_unique<Health>(*public_->GetHealthCheckService(), std::move(service_names))) {}

Server::~Server() { Stop({.notice = absl::ZeroDuration(), .grace = absl::ZeroDuration()}); }

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ServerSpec& spec, Drain& drain) {
  if (!spec.address.empty() && !spec.tls && !base::IsLoopbackAddress(spec.address)) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", spec.address, "' is not loopback: that needs a TLS certificate"));
  }
  // Asked for by each builder; the servers of a process have it or have it not together.
  grpc::EnableDefaultHealthCheckService(true);
  Parts parts;
  grpc::ServerBuilder visible;
  Configure(visible, spec, "public", kPublicThreads);
  Harden(visible);
  if (!spec.address.empty()) {
    visible.AddListeningPort(spec.address, Credentials(spec.tls), &parts.port);
  }
  parts.visible = visible.BuildAndStart();
  if (parts.visible == nullptr || (!spec.address.empty() && parts.port == 0)) {
    return absl::UnavailableError(absl::StrCat("cannot listen on '", spec.address, "'"));
  }
  grpc::ServerBuilder internal;
  Configure(internal, spec, "internal", kInternalThreads);
  parts.internal = internal.BuildAndStart();
  if (parts.internal == nullptr) return base::Internal("the internal server does not start");
  return std::make_unique<Server>(std::move(parts), spec.service_names, drain);
}

std::shared_ptr<grpc::Channel> Server::PublicChannel() {
  return public_->InProcessChannel(grpc::ChannelArguments());
}

std::shared_ptr<grpc::Channel> Server::InternalChannel() {
  return internal_->InProcessChannel(grpc::ChannelArguments());
}

void Server::Stop(const Pace& pace) {
  {
    base::MutexLock lock(mutex_);
    if (stopped_) return;
    stopped_ = true;
    health_->Set(Health::State::kNotServing);
    // Counted in steps rather than timed, so that no clock is needed.
    constexpr absl::Duration kStep = absl::Milliseconds(100);
    for (absl::Duration left = pace.notice; left > absl::ZeroDuration(); left -= kStep) {
      stopping_.WaitFor(mutex_, std::min(left, kStep));
    }
  }
  drain_.Begin();
  drain_.WaitIdle(pace.grace);
  // Idle by now, or out of grace: what still runs is cancelled.
  const auto at_once = std::chrono::system_clock::time_point::min();
  public_->Shutdown(at_once);
  internal_->Shutdown(at_once);
  public_->Wait();
  internal_->Wait();
}

}  // namespace argosy::rpc
