// Answers: figures with their evidence, computed from facts and nothing else.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_ANSWER_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_ANSWER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/metrics/domain/definition.h"
#include "services/metrics/domain/interval.h"
#include "services/metrics/domain/measure.h"
#include "services/metrics/domain/question.h"
#include "services/metrics/domain/tally.h"

namespace argosy::metrics {

// In order of precedence.
enum class Status { kNoData = 1, kPartial, kImmature, kProvisional, kSmallSample, kOk };

struct Finding {
  Status status = Status::kOk;
  absl::string_view reason;  // "ZERO_DENOMINATOR"; empty with kOk

  friend bool operator==(const Finding&, const Finding&) = default;
};

// Something to know of the facts behind a figure that leaves its status as it is.
enum class NoteKind { kGrainMismatch = 1, kSpendDaysMissing, kUngraded };

struct Note {
  NoteKind kind = NoteKind::kGrainMismatch;
  int64_t value = 0;  // above 0: facts, days or inquiries

  friend bool operator==(const Note&, const Note&) = default;
};

inline constexpr int64_t kSampleMin = 30;
inline constexpr int64_t kEventsMin = 5;
inline constexpr int64_t kGradedMinPercent = 90;

// One figure. The value is numerator / denominator, and absent exactly when the first finding is
// NO_DATA.
struct MetricRow {
  const MetricDefinition* definition = nullptr;
  Cell cell;
  base::Period period;
  int64_t numerator = 0;
  int64_t denominator = 1;
  std::optional<Interval> interval;
  int64_t n = 0;                  // units observed: what SMALL_SAMPLE judges
  std::vector<Finding> findings;  // in order of precedence; [OK] when none holds
  // Spend without any inquiry: the least cost compatible with that, spend / 3.69 (one-sided 97.5
  // %).
  std::optional<int64_t> cost_at_least;
  int64_t immature = 0;
  std::vector<Note> notes;        // by kind
  base::ChannelId least_channel;  // spend_coverage: whose coverage this is

  Status status() const { return findings.front().status; }
  bool has_value() const { return status() != Status::kNoData; }
};

// The rows of `metrics` in that order, each by cell. RESULT_TOO_LARGE beyond kRowsMax rows,
// AMOUNT_OVERFLOW when a sum does not fit 64 bits. `book` is arranged and `question` checked.
absl::StatusOr<std::vector<MetricRow>> ComputeRows(
    const FactBook& book, const Question& question,
    absl::Span<const MetricDefinition* const> metrics);

// One step of the way from an impression to money.
enum class FunnelStepKind {
  kImpression = 1,
  kClick,
  kSession,
  kInquiry,
  kEffectiveInquiry,
  kOrder,
  kPaid
};

struct FunnelStep {
  FunnelStepKind kind = FunnelStepKind::kImpression;
  int64_t count = 0;
  std::optional<MetricRow> link;  // from the step before; its definition is null
};

// The funnel of the whole question; its dimensions must be none and its mode COHORT.
absl::StatusOr<std::vector<FunnelStep>> ComputeFunnel(const FactBook& book,
                                                      const Question& question);

enum class Part { kNumerator = 1, kDenominator, kExcluded };

struct ExplainedFact {
  Part part = Part::kNumerator;
  size_t evidence = 0;  // position in the book
  int64_t contribution = 0;
  absl::string_view reason;  // of kExcluded
};

struct Explanation {
  MetricRow row;
  std::vector<ExplainedFact> facts;  // by part, then occurrence
};

// The facts behind the figure of `metric` at the cell whose values are `values`, one for each
// dimension of the question. FIELD_INVALID when a time value is no bucket of the period.
absl::StatusOr<Explanation> Explain(const FactBook& book, const Question& question,
                                    const MetricDefinition& metric,
                                    const std::vector<std::string>& values);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_ANSWER_H_
