// What an evaluation reads: everything the judgement depends on and nothing else, so that the same
// inputs give the same verdict for ever.
#ifndef ARGOSY_SERVICES_TEAMS_DOMAIN_STAGE_INPUTS_H_
#define ARGOSY_SERVICES_TEAMS_DOMAIN_STAGE_INPUTS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "base/period.h"

namespace argosy::teams {

enum class ChannelKind {
  kSearch = 1,
  kSocial = 2,
  kB2bPlatform = 3,
  kSeo = 4,
  kExhibition = 5,
  kOther = 6,
};

// A paid channel in the ISO weeks that ended by the cut.
struct PaidChannel {
  std::string channel;
  ChannelKind kind = ChannelKind::kOther;
  int64_t spend_minor = 0;  // MEDIA spend of these weeks
  // Days with a MEDIA spend fact, 0 to 7 a week, oldest week first. One entry per week looked at.
  std::vector<int64_t> fact_days;

  friend bool operator==(const PaidChannel&, const PaidChannel&) = default;
};

// One ISO week of all paid channels together.
struct WeekFigures {
  // kOpen: a source has not reported so far, or money of the week is of another currency.
  // kUngraded: too few inquiries are graded.
  enum class State { kOpen = 1, kUngraded = 2, kClosed = 3 };

  absl::CivilDay monday;
  State state = State::kOpen;
  int64_t spend_minor = 0;        // MEDIA
  int64_t provisional_minor = 0;  // of the spend, what the media may still restate
  int64_t effective = 0;          // effective inquiries

  friend bool operator==(const WeekFigures&, const WeekFigures&) = default;
};

// One effective inquiry of the mature cohort and the kept orders that came of it within the window.
struct CohortUnit {
  int64_t occurred_at_micros = 0;
  int64_t kept_orders = 0;
  int64_t orders_with_margin = 0;  // of the kept orders
  int64_t margin_minor = 0;        // sum over these

  friend bool operator==(const CohortUnit&, const CohortUnit&) = default;
};

// Inquiries of paid channels old enough that their window had ended by the cut, and by the end of
// the month that a cut on its close is about.
struct MatureCohort {
  // kPartial: a source has not reported all orders and refunds of the windows, or money of them is
  // of another currency.
  enum class Orders { kPartial = 1, kWhole = 2 };

  base::Period period;
  // LOADED cost of the paid channels in the period; 0 while a source has not reported all of it or
  // a part is of another currency.
  int64_t loaded_cost_minor = 0;
  // Days of the months between the first and the last in which a search or social channel has MEDIA
  // spend facts, and those of them without one; of the channel that lacks the greatest share.
  int64_t spend_days = 0;
  int64_t spend_days_missing = 0;
  int64_t effective_inquiries = 0;  // what that cost is divided by
  // Inquiries without a grade while they are too many for that cost to be known, else 0.
  int64_t ungraded_inquiries = 0;
  Orders orders = Orders::kPartial;
  std::vector<CohortUnit> units;  // by occurred_at, then by the inquiry's identity

  friend bool operator==(const MatureCohort&, const MatureCohort&) = default;
};

// What an evaluation counts back from and what it knows.
struct StageMoment {
  absl::CivilDay cut;  // the first day not looked at
  absl::Time as_of;    // facts recorded up to here
  int64_t knowledge_seq = 0;
  std::string time_zone;
  std::string currency;

  friend bool operator==(const StageMoment&, const StageMoment&) = default;
};

struct StageInputs {
  // A year of the largest company foreseen is about 25,000; the evidence stays below 4 MB.
  static constexpr size_t kCohortUnitsMax = 100'000;
  // Half a year: weeks that never close do not reach into another season.
  static constexpr int64_t kLookbackWeeks = 26;
  // Weeks before the cut that VG1 looks at.
  static constexpr int64_t kSpendWeeks = 12;

  StageMoment moment;
  std::vector<PaidChannel> channels;  // by id
  std::vector<WeekFigures> weeks;  // oldest first, at most kLookbackWeeks, the last ends by the cut
  MatureCohort cohort;

  friend bool operator==(const StageInputs&, const StageInputs&) = default;
};

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_DOMAIN_STAGE_INPUTS_H_
