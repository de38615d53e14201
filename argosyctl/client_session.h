// One connection to argosyd: finds the method of a request, signs the call in, repeats it when the
// server is away, and turns a refusal into a status that can be shown.
#ifndef ARGOSY_ARGOSYCTL_CLIENT_SESSION_H_
#define ARGOSY_ARGOSYCTL_CLIENT_SESSION_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <grpcpp/channel.h>

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "argosyctl/environment.h"

namespace argosy::ctl {

enum class Verbosity { kQuiet, kCalls };

struct SessionOptions {
  // A gRPC target. Without `tls_ca` a loopback address or unix: socket is spoken to in the clear,
  // any other with TLS and the machine's roots.
  std::string address;
  std::string tls_ca;     // a PEM file, or ""
  std::string api_token;  // "" when none is known
  absl::Duration timeout = absl::Seconds(30);
  Verbosity verbosity = Verbosity::kQuiet;
};

// Not thread-safe.
class ClientSession {
 public:
  // INVALID_ARGUMENT / FIELD_INVALID when the CA file cannot be read.
  static absl::StatusOr<std::unique_ptr<ClientSession>> Open(const SessionOptions& options,
                                                             const Environment& environment);

  // Over a channel that is already there: a test's, in process.
  ClientSession(SessionOptions options, const Environment& environment,
                std::shared_ptr<grpc::Channel> channel)
      : options_(std::move(options)), environment_(environment), channel_(std::move(channel)) {}

  // The unary method whose request has the type of `request`; requests are unique to their method.
  // Null for a message that is no request.
  static const google::protobuf::MethodDescriptor* MethodOf(
      const google::protobuf::Descriptor* request);

  // Calls the method of `request`. UNAVAILABLE is tried again, up to kAttemptsMax times, with the
  // same bytes and so with the same request_id; an expired access token is exchanged once more.
  absl::Status Call(const google::protobuf::Message& request, google::protobuf::Message& reply);
  template <typename Reply>
  absl::StatusOr<Reply> Call(const google::protobuf::Message& request) {
    Reply reply;
    absl::Status status = Call(request, reply);
    if (!status.ok()) return status;
    return reply;
  }

  // The tenant calls are made in: that of the API token, unless ActIn named another.
  // UNAUTHENTICATED / CREDENTIAL_MISSING without an API token.
  absl::StatusOr<std::string> Tenant();

  // From now on calls carry an access token of `tenant` ("tenants/acme"); "" means the API token's
  // own. The platform operator may name a tenant that is ONBOARDING.
  void ActIn(std::string tenant) { acting_tenant_ = std::move(tenant); }

  // From now on calls are made with another API token, that of a tenant's owner.
  void SignInWith(std::string api_token);

  const Environment& environment() const { return environment_; }

 private:
  // Enough for a restart of the server behind a load balancer, at most about 6 s of waiting.
  static constexpr int kAttemptsMax = 6;

  struct AccessToken {
    std::string text;
    std::string tenant;
    absl::Time expires;
  };

  absl::Status Attempt(const google::protobuf::MethodDescriptor& method,
                       const google::protobuf::Message& request, google::protobuf::Message& reply);
  absl::StatusOr<const AccessToken*> FindAccessToken();

  SessionOptions options_;
  const Environment& environment_;
  std::shared_ptr<grpc::Channel> channel_;
  std::string acting_tenant_;
  std::map<std::string, AccessToken> access_tokens_;  // by acting tenant; at most a handful
};

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_CLIENT_SESSION_H_
