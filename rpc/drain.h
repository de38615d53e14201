// Going down without dropping a call.
#ifndef ARGOSY_RPC_DRAIN_H_
#define ARGOSY_RPC_DRAIN_H_

#include <atomic>

#include "absl/time/time.h"
#include "base/mutex.h"

namespace argosy::rpc {

// Counts the calls in flight, and refuses new ones once draining has begun. Thread-safe.
class Drain {
 public:
  // One call in flight, for its own lifetime; not admitted when draining had begun.
  class Visit {
   public:
    explicit Visit(Drain& drain);
    ~Visit();
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;
    bool admitted() const { return admitted_; }

   private:
    Drain& drain_;
    bool admitted_;
  };

  // From now on every new visit is refused.
  void Begin();
  bool draining() const { return draining_.load(std::memory_order_acquire); }
  // Waits until no call is in flight, at most `timeout`; whether that came about.
  bool WaitIdle(absl::Duration timeout);

 private:
  void Leave();

  std::atomic<bool> draining_{false};
  std::atomic<int> in_flight_{0};
  base::Mutex mutex_;
  base::CondVar idle_;
};

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_DRAIN_H_
