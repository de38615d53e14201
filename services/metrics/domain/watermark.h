// How far sources have reported.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_WATERMARK_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_WATERMARK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/metrics/domain/ingest.h"
#include "services/metrics/domain/question.h"

namespace argosy::metrics {

// How far a batch took a source: the last occurrence of a kind, or with kNone the instant that the
// source declared itself complete through.
struct ProgressMark {
  std::string source;
  FactKind kind = FactKind::kNone;
  int64_t reached_micros = 0;

  friend bool operator==(const ProgressMark&, const ProgressMark&) = default;
};

// The marks that a batch of stored facts and declarations leaves, by source and kind.
std::vector<ProgressMark> MarksOf(absl::Span<const PreparedFact* const> stored,
                                  absl::Span<const Completeness> declared);

// What the furthest marks of each source and kind come to. A source that has declared nothing is
// presumed complete through the last day of `zone` that it has reported anything on, as far as that
// day had passed by `judged_at`: nobody reports the rest of a day that is not over.
std::vector<SourceProgress> ProgressOf(absl::Span<const ProgressMark> marks,
                                       const absl::TimeZone& zone, absl::Time judged_at);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_WATERMARK_H_
