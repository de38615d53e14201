#include "tests/bench/load.h"

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "base/mutex.h"

namespace argosy::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

// The first error any client met.
class FirstError {
 public:
  void Note(absl::Status status) {
    base::MutexLock lock(mutex_);
    if (status_.ok()) status_ = std::move(status);
  }
  absl::Status Get() {
    base::MutexLock lock(mutex_);
    return status_;
  }

 private:
  base::Mutex mutex_;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

absl::StatusOr<double> RunLoad(const Load& load,
                               const std::function<absl::StatusOr<int64_t>(int client)>& call) {
  FirstError error;
  std::atomic<int64_t> done{0};
  const auto begin = SteadyClock::now();
  const auto end = begin + absl::ToChronoNanoseconds(load.duration);
  std::vector<std::thread> clients;
  for (int client = 0; client < load.clients; ++client) {
    clients.emplace_back([&, client] {
      while (SteadyClock::now() < end) {
        const absl::StatusOr<int64_t> units = call(client);
        if (!units.ok()) return error.Note(units.status());
        done += *units;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  const absl::Status failed = error.Get();
  if (!failed.ok()) return failed;
  const std::chrono::duration<double> took = SteadyClock::now() - begin;
  return static_cast<double>(done) / took.count();
}

}  // namespace argosy::bench
