#include "base/clock.h"

#include "absl/time/clock.h"

namespace argosy::base {

// Whole microseconds, as instants are stored: what a change answers is then what is read later.
absl::Time SystemClock::Now() const { return FromMicros(ToMicros(absl::Now())); }

absl::Time FakeClock::Now() const {
  MutexLock lock(mutex_);
  return now_;
}

void FakeClock::Set(absl::Time now) {
  MutexLock lock(mutex_);
  now_ = now;
}

void FakeClock::Advance(absl::Duration by) {
  MutexLock lock(mutex_);
  now_ += by;
}

int64_t ToMicros(absl::Time time) { return absl::ToUnixMicros(time); }
absl::Time FromMicros(int64_t micros) { return absl::FromUnixMicros(micros); }

}  // namespace argosy::base
