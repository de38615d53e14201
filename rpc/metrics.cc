#include "rpc/metrics.h"

#include <prometheus/client_metric.h>
#include <prometheus/metric_type.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace argosy::rpc {
namespace {

constexpr std::array<absl::string_view, 17> kCodeLabels = {
    "OK",       "Canceled",       "Unknown",          "InvalidArgument",   "DeadlineExceeded",
    "NotFound", "AlreadyExists",  "PermissionDenied", "ResourceExhausted", "FailedPrecondition",
    "Aborted",  "OutOfRange",     "Unimplemented",    "Internal",          "Unavailable",
    "DataLoss", "Unauthenticated"};

size_t CodeIndex(grpc::StatusCode code) {
  const auto index = static_cast<size_t>(code);
  return index < kCodeLabels.size() ? index : static_cast<size_t>(grpc::StatusCode::UNKNOWN);
}

prometheus::MetricFamily CounterFamily(const char* name, const char* help) {
  prometheus::MetricFamily family;
  family.name = name;
  family.help = help;
  family.type = prometheus::MetricType::Counter;
  return family;
}

}  // namespace

absl::string_view CodeLabel(grpc::StatusCode code) { return kCodeLabels[CodeIndex(code)]; }

CallMetrics::CallMetrics(std::vector<Name> names) : names_(std::move(names)) {
  for (size_t i = 0; i < names_.size(); ++i) series_.push_back(std::make_unique<Series>());
}

void CallMetrics::Started(size_t index) {
  series_[index]->started.fetch_add(1, std::memory_order_relaxed);
}

void CallMetrics::Handled(size_t index, grpc::StatusCode code, absl::Duration took) {
  Series& series = *series_[index];
  series.handled[CodeIndex(code)].fetch_add(1, std::memory_order_relaxed);
  if (code == grpc::StatusCode::OK) series.sent.fetch_add(1, std::memory_order_relaxed);
  const double seconds = absl::ToDoubleSeconds(took);
  const auto* const bucket =
      std::lower_bound(kBucketSeconds.begin(), kBucketSeconds.end(), seconds);
  series.buckets[static_cast<size_t>(bucket - kBucketSeconds.begin())].fetch_add(
      1, std::memory_order_relaxed);
  series.sum_us.fetch_add(
      static_cast<uint64_t>(std::max<int64_t>(0, absl::ToInt64Microseconds(took))),
      std::memory_order_relaxed);
}

prometheus::ClientMetric CallMetrics::Labelled(size_t index) const {
  prometheus::ClientMetric metric;
  metric.label = {{"grpc_method", names_[index].method},
                  {"grpc_service", names_[index].service},
                  {"grpc_type", "unary"}};
  return metric;
}

prometheus::MetricFamily CallMetrics::HandledFamily() const {
  auto family = CounterFamily("grpc_server_handled_total", "Calls completed, by code.");
  for (size_t i = 0; i < names_.size(); ++i) {
    for (size_t code = 0; code < kCodes; ++code) {
      prometheus::ClientMetric metric = Labelled(i);
      metric.label.push_back({"grpc_code", std::string(kCodeLabels[code])});
      metric.counter.value =
          static_cast<double>(series_[i]->handled[code].load(std::memory_order_relaxed));
      family.metric.push_back(std::move(metric));
    }
  }
  return family;
}

prometheus::MetricFamily CallMetrics::HistogramFamily() const {
  prometheus::MetricFamily family;
  family.name = "grpc_server_handling_seconds";
  family.help = "Time from the received message to the answer.";
  family.type = prometheus::MetricType::Histogram;
  for (size_t i = 0; i < names_.size(); ++i) {
    prometheus::ClientMetric metric = Labelled(i);
    uint64_t count = 0;
    for (size_t b = 0; b < series_[i]->buckets.size(); ++b) {
      count += series_[i]->buckets[b].load(std::memory_order_relaxed);
      metric.histogram.bucket.push_back(
          {.cumulative_count = count,
           .upper_bound = b < kBucketSeconds.size() ? kBucketSeconds[b]
                                                    : std::numeric_limits<double>::infinity()});
    }
    metric.histogram.sample_count = count;
    metric.histogram.sample_sum =
        static_cast<double>(series_[i]->sum_us.load(std::memory_order_relaxed)) / 1e6;
    family.metric.push_back(std::move(metric));
  }
  return family;
}

std::vector<prometheus::MetricFamily> CallMetrics::Collect() const {
  auto started = CounterFamily("grpc_server_started_total", "Calls started.");
  auto received = CounterFamily("grpc_server_msg_received_total", "Messages received.");
  auto sent = CounterFamily("grpc_server_msg_sent_total", "Messages sent.");
  for (size_t i = 0; i < names_.size(); ++i) {
    prometheus::ClientMetric metric = Labelled(i);
    metric.counter.value = static_cast<double>(series_[i]->started.load(std::memory_order_relaxed));
    // A unary call starts with its one message.
    started.metric.push_back(metric);
    received.metric.push_back(metric);
    metric.counter.value = static_cast<double>(series_[i]->sent.load(std::memory_order_relaxed));
    sent.metric.push_back(std::move(metric));
  }
  auto unrecorded =
      CounterFamily("argosy_denials_unrecorded_total", "Denied calls that are in no audit chain.");
  unrecorded.metric.emplace_back();
  unrecorded.metric.back().counter.value =
      static_cast<double>(denials_unrecorded_.load(std::memory_order_relaxed));
  return {std::move(started), std::move(received), std::move(sent),
          HandledFamily(),    HistogramFamily(),   std::move(unrecorded)};
}

std::string MetricsText(absl::Span<const prometheus::Collectable* const> sources) {
  std::vector<prometheus::MetricFamily> families;
  for (const prometheus::Collectable* source : sources) {
    for (prometheus::MetricFamily& family : source->Collect()) {
      families.push_back(std::move(family));
    }
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace argosy::rpc
