#include "argosyd/periodic.h"

#include <algorithm>
#include <utility>

namespace argosy::argosyd {

Periodic::Periodic(absl::Duration period, absl::AnyInvocable<void()> work)
    : period_(period), work_(std::move(work)), thread_([this] { Run(); }) {}

Periodic::~Periodic() {
  {
    base::MutexLock lock(mutex_);
    ended_ = true;
    ending_.NotifyAll();
  }
  thread_.join();
}

void Periodic::Run() {
  do {
    work_();
  } while (WaitPeriod());
}

bool Periodic::WaitPeriod() {
  // In steps, because a wait may wake for no reason: the period is then longer by a step at most.
  const absl::Duration step = std::min(period_, absl::Milliseconds(500));
  base::MutexLock lock(mutex_);
  for (absl::Duration left = period_; left > absl::ZeroDuration() && !ended_; left -= step) {
    ending_.WaitFor(mutex_, std::min(left, step));
  }
  return !ended_;
}

}  // namespace argosy::argosyd
