// A question about facts, and the facts it is asked of.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_QUESTION_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_QUESTION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "base/ids.h"
#include "base/period.h"
#include "services/metrics/domain/audience.h"
#include "services/metrics/domain/channel.h"
#include "services/metrics/domain/definition.h"
#include "services/metrics/domain/fact.h"

namespace argosy::metrics {

// Three years and a month: what a year's comparison with the year before needs, and no more.
inline constexpr int64_t kPeriodDaysMax = 1100;
inline constexpr size_t kDimensionsMax = 4;
// One reply holds so many rows: about 1 MiB.
inline constexpr int64_t kRowsMax = 5000;
// Facts of one question held in memory at once, about 500 bytes each.
inline constexpr int64_t kQuestionFactsMax = 2'000'000;
// Spend of the last days before the cut may still be restated by the medium.
inline constexpr int64_t kRestatementDays = 35;

enum class Mode { kCohort = 1, kActivity };
enum class Dimension {
  kDay = 1,
  kWeek,
  kMonth,
  kQuarter,
  kChannel,
  kCampaign,
  kRole,
  kMember,
  kTeam
};
enum class ChannelChoice { kAll, kPaidOnly };

// The calendar grain of a time dimension; nothing for the others.
std::optional<base::Grain> GrainOf(Dimension dimension);

struct Question {
  std::vector<Dimension> dimensions;
  base::Period period;
  absl::Time cut;          // what maturity and restatement are judged at
  absl::Time known_until;  // how far sources have reported is judged at
  Mode mode = Mode::kCohort;
  CostBasis basis = CostBasis::kMedia;
  absl::flat_hash_set<base::ChannelId> channels;  // empty: all
  ChannelChoice choice = ChannelChoice::kAll;
  absl::TimeZone zone;               // the reporting zone
  std::optional<Audience> audience;  // whose facts the asker sees; nothing: everybody's

  bool Sees(const Attribution& at) const { return !audience.has_value() || audience->Sees(at); }
};

// FIELD_INVALID or PERIOD_TOO_LONG unless the question can be answered: a period of 1 to
// kPeriodDaysMax days and at most one time dimension.
absl::Status CheckQuestion(const Question& question);

// How far a source has reported, as known.
struct SourceProgress {
  std::string source;
  std::vector<FactKind> kinds;
  absl::Time complete_through;
  bool declared = false;
};

// Everything an answer is computed from: surviving facts in any order, and their surroundings.
struct FactBook {
  std::vector<RecordedFact> facts;
  std::vector<Channel> channels;
  std::vector<SourceProgress> sources;
  absl::TimeZone zone;
  // Left out because their money is of another currency.
  std::vector<RecordedFact> other_currency;
};

// Civil days of occurrence a question needs to see, by kind.
struct FactWindow {
  FactKind kind = FactKind::kNone;
  base::Period days;
};

// The kinds of fact that `measures` are computed from.
std::vector<FactKind> KindsFor(absl::Span<const Measure> measures);

// What to read of `kinds` for `question`. Inquiries begin `lookback_days` earlier, so that repeats
// of what came just before the period are seen as such.
std::vector<FactWindow> WindowsFor(const Question& question, absl::Span<const FactKind> kinds,
                                   int64_t lookback_days);

// Whether the inquiries of `book`, complete from `since` on, decide which inquiries from `begin` on
// repeat earlier ones: true when every chain of repeats that reaches `begin` starts after `since`.
bool LookbackSuffices(const FactBook& book, absl::Time since, absl::Time begin);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_QUESTION_H_
