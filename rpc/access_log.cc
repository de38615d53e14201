#include "rpc/access_log.h"

#include <string>

#include "base/fault.h"
#include "rpc/metrics.h"

namespace argosy::rpc {

void LogAccess(base::Log& log, const AccessRecord& record, const absl::Status& status,
               grpc::StatusCode sent) {
  const std::string reason = status.ok() ? "" : base::ReasonOf(status);
  log.Write(base::LogLevel::kInfo, "call",
            {{"trace_id", record.trace.trace_id},
             {"span_id", record.trace.span_id},
             {"call_id", record.call_id},
             {"tenant", record.tenant},
             {"actor", record.actor},
             {"method", record.method},
             {"code", CodeLabel(sent)},
             {"reason", reason},
             {"us", absl::ToInt64Microseconds(record.took)},
             {"peer", record.peer},
             {"bytes", record.request_bytes}});
  if (sent != grpc::StatusCode::INTERNAL && sent != grpc::StatusCode::DATA_LOSS) return;
  log.Write(base::LogLevel::kError, "call failed",
            {{"call_id", record.call_id},
             {"method", record.method},
             {"status", status.ToString(absl::StatusToStringMode::kWithNoExtraData)}});
}

}  // namespace argosy::rpc
