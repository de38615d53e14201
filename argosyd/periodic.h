// Something done over and over on a thread of its own.
#ifndef ARGOSY_ARGOSYD_PERIODIC_H_
#define ARGOSY_ARGOSYD_PERIODIC_H_

#include <thread>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"
#include "base/mutex.h"

namespace argosy::argosyd {

// Calls `work` at once and then every `period`, until it dies; a call that runs is waited for.
class Periodic {
 public:
  Periodic(absl::Duration period, absl::AnyInvocable<void()> work);
  ~Periodic();
  Periodic(const Periodic&) = delete;
  Periodic& operator=(const Periodic&) = delete;

 private:
  void Run();
  // False when it is time to end.
  bool WaitPeriod();

  const absl::Duration period_;
  absl::AnyInvocable<void()> work_;
  base::Mutex mutex_;
  base::CondVar ending_;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace argosy::argosyd

#endif  // ARGOSY_ARGOSYD_PERIODIC_H_
