// Time comes in through a Clock, so that no decision reads the wall by itself.
#ifndef ARGOSY_BASE_CLOCK_H_
#define ARGOSY_BASE_CLOCK_H_

#include <cstdint>

#include "absl/time/time.h"
#include "base/mutex.h"

namespace argosy::base {

// The present instant. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

// The machine's clock.
class SystemClock final : public Clock {
 public:
  absl::Time Now() const override;
};

// A clock that stands still until a test moves it.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(absl::Time now) : now_(now) {}
  absl::Time Now() const override;
  void Set(absl::Time now);
  void Advance(absl::Duration by);

 private:
  mutable Mutex mutex_;
  absl::Time now_ ABSL_GUARDED_BY(mutex_);
};

// Instants are stored as UTC microseconds since 1970.
int64_t ToMicros(absl::Time time);
absl::Time FromMicros(int64_t micros);

}  // namespace argosy::base

#endif  // ARGOSY_BASE_CLOCK_H_
