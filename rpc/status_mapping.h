// absl::Status with a base::Fault to grpc::Status with google.rpc details, and back.
#ifndef ARGOSY_RPC_STATUS_MAPPING_H_
#define ARGOSY_RPC_STATUS_MAPPING_H_

#include <grpcpp/support/status.h>

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace argosy::rpc {

// At about 8 KiB of trailers gRPC drops the whole connection; half of it leaves room for the rest.
inline constexpr size_t kStatusBytesMax = 4096;

// The one code the reasons that every service shares go with, or nothing for a reason of one
// service alone.
std::optional<absl::StatusCode> CodeOfReason(absl::string_view reason);

// Where an error comes from, for its details.
struct ErrorOrigin {
  absl::string_view domain;   // "metrics.argosy"
  absl::string_view call_id;  // of the log line that has the whole story
};

// What the client sees of `status`: exactly one ErrorInfo and one RequestInfo, and the details of
// its fault, serialized within kStatusBytesMax (details give way in the order of their use to a
// program; ErrorInfo and RequestInfo stay).
//
// Masked as INTERNAL / INTERNAL with a fixed text: INTERNAL, UNKNOWN, a code without a fault that
// has no reason of its own, and a fault whose reason goes with another code.
// CANCELLED and DEADLINE_EXCEEDED without a fault keep their code.
grpc::Status ToGrpcStatus(const absl::Status& status, const ErrorOrigin& origin);

// The reverse, for an inner call: code, message and fault. A status of the transport, which has no
// details, becomes UNAVAILABLE / DEPENDENCY_DOWN or DEADLINE_EXCEEDED / DEADLINE_CAPPED when its
// code is that, INTERNAL otherwise. RequestInfo is dropped: this call has its own.
absl::Status FromGrpcStatus(const grpc::Status& status);

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_STATUS_MAPPING_H_
