// The admin port: /metrics, /healthz and /readyz over plain HTTP/1.1, on loopback alone.
#ifndef ARGOSY_RPC_ADMIN_HTTP_H_
#define ARGOSY_RPC_ADMIN_HTTP_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"

namespace argosy::rpc {

// What the pages show; called by the server's thread.
struct AdminPages {
  absl::AnyInvocable<std::string()> metrics;  // Prometheus text
  // Whether calls should be sent here; /readyz answers 200 or 503. /healthz answers 200 while the
  // process lives.
  absl::AnyInvocable<bool()> ready;
};

// Serves from Start to its destruction, on one thread. Slow and silent clients are cut off after 5
// s.
class AdminHttp {
 public:
  // Port 0 takes a free one. UNAVAILABLE when the port is taken.
  static absl::StatusOr<std::unique_ptr<AdminHttp>> Start(uint16_t port, AdminPages pages);
  ~AdminHttp();

  uint16_t port() const;

 private:
  struct Listener;

 public:
  // For Start: nobody else can name a Listener.
  explicit AdminHttp(std::unique_ptr<Listener> listener);

 private:
  std::unique_ptr<Listener> listener_;
};

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_ADMIN_HTTP_H_
