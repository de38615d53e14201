// One line per call.
#ifndef ARGOSY_RPC_ACCESS_LOG_H_
#define ARGOSY_RPC_ACCESS_LOG_H_

#include <grpcpp/support/status.h>

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/log.h"
#include "rpc/trace.h"

namespace argosy::rpc {

// What the line says. Neither tokens, nor headers, nor anything of the messages.
struct AccessRecord {
  absl::string_view call_id;
  const Trace& trace;
  absl::string_view method;  // "argosy.teams.v1.TeamService/GetTeam"
  absl::string_view tenant;  // "acme", or "" before authentication
  absl::string_view actor;   // "memberships/...", or "" before authentication
  absl::string_view peer;    // as gRPC names it
  absl::Duration took;
  int64_t request_bytes;
};

// Writes the line of a finished call. `status` is the whole story: for an INTERNAL one a second
// line has the text that the client is not told.
void LogAccess(base::Log& log, const AccessRecord& record, const absl::Status& status,
               grpc::StatusCode sent);

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_ACCESS_LOG_H_
