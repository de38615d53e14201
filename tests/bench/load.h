// Clients that call as fast as they are answered.
#ifndef ARGOSY_TESTS_BENCH_LOAD_H_
#define ARGOSY_TESTS_BENCH_LOAD_H_

#include <functional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace argosy::bench {

struct Load {
  int clients = 1;
  absl::Duration duration = absl::Seconds(3);
};

// `call(client)` makes one call and returns how many units of work it did; it is never run twice at
// once for one client. The units per second of all clients together, or the first error.
absl::StatusOr<double> RunLoad(const Load& load,
                               const std::function<absl::StatusOr<int64_t>(int client)>& call);

}  // namespace argosy::bench

#endif  // ARGOSY_TESTS_BENCH_LOAD_H_
