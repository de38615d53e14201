#include "storage/errors.h"

#include "absl/time/time.h"
#include "base/fault.h"

namespace argosy::storage {
namespace {

// A restarted or failed-over server is back within seconds; sooner retries only add load.
constexpr absl::Duration kRetryAfterOutage = absl::Seconds(1);
// A connection comes free as soon as one transaction ends.
constexpr absl::Duration kRetryAfterCrowd = absl::Milliseconds(200);

}  // namespace

absl::Status CommitUnknown() {
  return base::MakeFault(
      absl::StatusCode::kUnavailable,
      "whether the change was stored is not known; repeat the call with the same request_id",
      {.reason = "COMMIT_UNKNOWN", .retry_after = kRetryAfterOutage});
}

absl::Status DeadlineCapped() {
  return base::MakeFault(absl::StatusCode::kDeadlineExceeded, "the call ran out of time",
                         {.reason = "DEADLINE_CAPPED"});
}

absl::Status PoolExhausted() {
  return base::MakeFault(
      absl::StatusCode::kResourceExhausted, "every database connection is in use",
      {.reason = "CONCURRENCY_LIMITED",
       .metadata = {{"scope", "system"}},
       .quota = base::QuotaFault{.subject = "system", .description = "database connections"},
       .retry_after = kRetryAfterCrowd});
}

absl::Status DatabaseDown() {
  return base::MakeFault(absl::StatusCode::kUnavailable, "the database does not answer",
                         {.reason = "DEPENDENCY_DOWN", .retry_after = kRetryAfterOutage});
}

}  // namespace argosy::storage
