// Counts of calls, under the names of go-grpc-middleware, which dashboards already know.
#ifndef ARGOSY_RPC_METRICS_H_
#define ARGOSY_RPC_METRICS_H_

#include <grpcpp/support/status.h>
#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

namespace argosy::rpc {

// "PermissionDenied": the code as a label.
absl::string_view CodeLabel(grpc::StatusCode code);

// Series of every method from the start, so that a rate of nothing is 0 and not absent. No tenant
// and no person is ever a label. Thread-safe, without a lock: plain atomics per method.
class CallMetrics final : public prometheus::Collectable {
 public:
  struct Name {
    std::string service;
    std::string method;
  };

  explicit CallMetrics(std::vector<Name> names);

  // `index` is the method's place in the names given. A call whose message has been received.
  void Started(size_t index);
  void Handled(size_t index, grpc::StatusCode code, absl::Duration took);
  // A denied call that is in no audit chain: one too many, or the chain could not be written.
  void DenialUnrecorded() { denials_unrecorded_.fetch_add(1, std::memory_order_relaxed); }

  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  static constexpr std::array<double, 11> kBucketSeconds = {.005, .01, .025, .05, .1, .25,
                                                            .5,   1,   2.5,  5,   10};
  static constexpr size_t kCodes = 17;  // OK to UNAUTHENTICATED

  // A cache line of its own: calls of different methods do not slow each other down.
  struct alignas(64) Series {
    std::atomic<uint64_t> started{0};
    std::atomic<uint64_t> sent{0};
    std::array<std::atomic<uint64_t>, kCodes> handled{};
    std::array<std::atomic<uint64_t>, kBucketSeconds.size() + 1> buckets{};
    std::atomic<uint64_t> sum_us{0};
  };

  prometheus::ClientMetric Labelled(size_t index) const;
  prometheus::MetricFamily HandledFamily() const;
  prometheus::MetricFamily HistogramFamily() const;

  std::vector<Name> names_;
  std::vector<std::unique_ptr<Series>> series_;
  std::atomic<uint64_t> denials_unrecorded_{0};
};

// All of `sources` in Prometheus' text format.
std::string MetricsText(absl::Span<const prometheus::Collectable* const> sources);

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_METRICS_H_
