// Facts sent in batches, with a count of the verdicts.
#ifndef ARGOSY_ARGOSYCTL_FACT_SENDER_H_
#define ARGOSY_ARGOSYCTL_FACT_SENDER_H_

#include <google/protobuf/timestamp.pb.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "argosy/metrics/v1/fact_service.pb.h"
#include "argosyctl/client_session.h"

namespace argosy::ctl {

// What became of the facts sent so far.
struct IngestCounts {
  int64_t sent = 0;
  int64_t accepted = 0;
  int64_t duplicate = 0;
  int64_t conflict = 0;
  int64_t invalid = 0;
};

// Collects facts and sends them when a batch is full. Sending a fact again changes nothing, so that
// work cut off may begin anew.
class FactSender {
 public:
  // The contract's bound of one batch.
  static constexpr int kBatchMax = 1'000;
  // A message may have 1 MiB; the rest is for the envelope.
  static constexpr size_t kBatchBytesMax = 900'000;

  // Told of every fact that was not taken, and its place among all facts sent, from 0.
  using OnRefused = std::function<void(int64_t, const metrics::v1::FactVerdict&)>;

  enum class Mode { kStore, kValidateOnly };

  FactSender(ClientSession& session, std::string tenant, Mode mode, OnRefused on_refused);

  absl::Status Add(metrics::v1::Fact fact);
  // Sends what is left, with what the sources declare complete.
  absl::Status Finish(const std::vector<metrics::v1::SourceCompleteness>& completeness);

  const IngestCounts& counts() const { return counts_; }
  // When the last batch was recorded; absent before the first.
  const google::protobuf::Timestamp& recorded_at() const { return recorded_at_; }

 private:
  absl::Status Send();

  ClientSession& session_;
  OnRefused on_refused_;
  metrics::v1::BatchIngestFactsRequest batch_;
  size_t batch_bytes_ = 0;
  IngestCounts counts_;
  google::protobuf::Timestamp recorded_at_;
};

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_FACT_SENDER_H_
