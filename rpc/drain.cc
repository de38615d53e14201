#include "rpc/drain.h"

#include <algorithm>

namespace argosy::rpc {

Drain::Visit::Visit(Drain& drain) : drain_(drain), admitted_(true) {
  // Counted first and looked second: either this visit sees Begin, or WaitIdle sees this visit.
  drain_.in_flight_.fetch_add(1, std::memory_order_seq_cst);
  if (drain_.draining_.load(std::memory_order_seq_cst)) {
    admitted_ = false;
    drain_.Leave();
  }
}

Drain::Visit::~Visit() {
  if (admitted_) drain_.Leave();
}

void Drain::Begin() { draining_.store(true, std::memory_order_seq_cst); }

void Drain::Leave() {
  if (in_flight_.fetch_sub(1, std::memory_order_seq_cst) != 1 || !draining()) return;
  base::MutexLock lock(mutex_);
  idle_.NotifyAll();
}

bool Drain::WaitIdle(absl::Duration timeout) {
  // In short steps that are counted instead of timed: no clock is needed, and a lost wake-up costs
  // one step.
  constexpr absl::Duration kStep = absl::Milliseconds(50);
  base::MutexLock lock(mutex_);
  for (absl::Duration left = timeout; in_flight_.load(std::memory_order_seq_cst) > 0;
       left -= kStep) {
    if (left <= absl::ZeroDuration()) return false;
    idle_.WaitFor(mutex_, std::min(left, kStep));
  }
  return true;
}

}  // namespace argosy::rpc
