#include "tenants/retry.h"

#include <cstdint>

#include "base/mutex.h"
#include "storage/sql_error.h"
#include "tenants/errors.h"
#include "tenants/plan_limits.h"

namespace argosy::tenants {
namespace {

// About one transaction's length; doubled at every run, so that a crowd thins out.
constexpr absl::Duration kFirstPause = absl::Milliseconds(4);

// Between half and the whole of `pause`, so that two that collided do not collide again.
absl::Duration Jittered(absl::Duration pause, base::EntropySource& entropy) {
  const auto parts = static_cast<int64_t>(entropy.Uint64() % 1024);
  return pause / 2 + pause / 2 * parts / 1024;
}

// Gives the other transaction time to end. Nothing notifies: the timeout is the purpose.
void Pause(absl::Duration pause) {
  base::Mutex mutex;
  base::CondVar never;
  base::MutexLock lock(mutex);
  never.WaitFor(mutex, pause);
}

}  // namespace

absl::Status RunWithRetry(const RetryTerms& terms, absl::FunctionRef<absl::Status()> run) {
  absl::Duration pause = kFirstPause;
  for (int runs = 1;; ++runs) {
    absl::Status status = run();
    if (!storage::IsRetryable(status)) return status;
    const absl::Duration jittered = Jittered(pause, terms.entropy);
    if (runs == kTransactionRunsMax || terms.clock.Now() + jittered >= terms.deadline) {
      return TxnConflict();
    }
    Pause(jittered);
    pause *= 2;
  }
}

}  // namespace argosy::tenants
