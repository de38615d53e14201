// A server's refusal as an absl::Status that carries base::Fault, and its two renderings.
#ifndef ARGOSY_ARGOSYCTL_CALL_STATUS_H_
#define ARGOSY_ARGOSYCTL_CALL_STATUS_H_

#include <grpcpp/support/status.h>

#include <string>

#include "absl/status/status.h"

namespace argosy::ctl {

// The same code and message with the google.rpc details as a fault. A status without details, as
// the transport sends, keeps code and message.
absl::Status FromGrpc(const grpc::Status& status);

// The server's id of the failed call, or "".
std::string CallIdOf(const absl::Status& status);

// "error: ..." and a line for each detail, for people.
std::string RenderErrorText(const absl::Status& status);

// {"code", "reason", "message", "call_id", "details"} on one line; details are metadata,
// field_violations, resource, precondition and retry_after_ms as far as present.
std::string RenderErrorJson(const absl::Status& status);

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_CALL_STATUS_H_
