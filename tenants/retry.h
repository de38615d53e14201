// Runs a transaction again when the database asks for it. Private to tenants/.
#ifndef ARGOSY_TENANTS_RETRY_H_
#define ARGOSY_TENANTS_RETRY_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/random.h"

namespace argosy::tenants {

// When `run` may run until, by whose clock, and where its jitter comes from.
struct RetryTerms {
  const base::Clock& clock;
  base::EntropySource& entropy;
  absl::Time deadline;
};

// Calls `run` until it returns anything but a storage::IsRetryable status, at most
// kTransactionRunsMax times, pausing in between. ABORTED / TXN_CONFLICT when every run lost or no
// time is left for another.
absl::Status RunWithRetry(const RetryTerms& terms, absl::FunctionRef<absl::Status()> run);

}  // namespace argosy::tenants

#endif  // ARGOSY_TENANTS_RETRY_H_
