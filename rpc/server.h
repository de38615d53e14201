// The two gRPC servers of a process, over the same service objects.
#ifndef ARGOSY_RPC_SERVER_H_
#define ARGOSY_RPC_SERVER_H_

#include <grpcpp/channel.h>
#include <grpcpp/impl/codegen/service_type.h>
#include <grpcpp/server.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/mutex.h"
#include "rpc/chassis.h"
#include "rpc/drain.h"
#include "rpc/health.h"

namespace argosy::rpc {

// The full names of proto services: ServiceNames<v1::TenantService, v1::AccessService>().
template <typename... Services>
std::vector<std::string> ServiceNames() {
  return {Services::service_full_name()...};
}

struct TlsPair {
  std::string certificate_pem;
  std::string private_key_pem;
};

// What to serve and where.
struct ServerSpec {
  std::vector<grpc::Service*> services;    // outlive the servers
  std::vector<std::string> service_names;  // of the same services
  // "127.0.0.1:8443"; port 0 takes a free one. Empty serves no port: in-process calls only.
  std::string address;
  std::optional<TlsPair> tls;
};

// Runs both servers from Start to its destruction. Thread-safe.
class Server {
 public:
  // Messages received may have this size at most; an import travels in parts of half of it.
  static constexpr int kReceiveBytesMax = 1 << 20;
  // Metadata a client may send; beyond it gRPC ends the stream. A token has 4 KiB at most.
  static constexpr int kMetadataBytesMax = 8192;
  // One browser tab or one client library opens a handful of streams.
  static constexpr int kStreamsPerConnectionMax = 100;

  // Serves, with the health NOT_SERVING until SetReady.
  // INVALID_ARGUMENT for an address beyond loopback without TLS; UNAVAILABLE when it is taken.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ServerSpec& spec, Drain& drain);
  ~Server();

  // The port bound, 0 without an address.
  int port() const { return port_; }
  Health& health() { return *health_; }
  void SetReady() { health_->Set(Health::State::kServing); }

  // A channel to the public server without a network: the gateway's. Its calls count as a client's.
  std::shared_ptr<grpc::Channel> PublicChannel();
  // A channel to the internal server: inner calls'.
  std::shared_ptr<grpc::Channel> InternalChannel();

  // Goes down in order: NOT_SERVING, `notice` for balancers to see it, new calls refused as
  // DRAINING, calls in flight ended within `grace`, both servers shut down. Idempotent.
  struct Pace {
    absl::Duration notice = absl::Seconds(10);
    absl::Duration grace = absl::Seconds(30);
  };
  void Stop(const Pace& pace);

 private:
  struct Parts {
    std::unique_ptr<grpc::Server> visible;
    std::unique_ptr<grpc::Server> internal;
    int port = 0;
  };

 public:
  // For Start: nobody else can name Parts.
  Server(Parts parts, std::vector<std::string> service_names, Drain& drain);

 private:
  Drain& drain_;
  const std::unique_ptr<grpc::Server> public_;
  const std::unique_ptr<grpc::Server> internal_;
  const int port_;
  std::unique_ptr<Health> health_;
  base::Mutex mutex_;
  base::CondVar stopping_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_SERVER_H_
