// Calendar periods in a reporting time zone: half-open ranges of civil days and their instants.
#ifndef ARGOSY_BASE_PERIOD_H_
#define ARGOSY_BASE_PERIOD_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace argosy::base {

// The IANA zone `name`. INVALID_ARGUMENT / TIME_ZONE_UNKNOWN; "localtime" and paths are unknown.
absl::StatusOr<absl::TimeZone> ParseTimeZone(absl::string_view name);

// "2026-03-09". INVALID_ARGUMENT / DATE_MALFORMED; DATE_OUT_OF_RANGE outside 2000..2099.
absl::StatusOr<absl::CivilDay> ParseCivilDay(absl::string_view text);
std::string FormatCivilDay(absl::CivilDay day);

// Days since 1970-01-01: how a civil day is stored.
int64_t ToDayNumber(absl::CivilDay day);
absl::CivilDay FromDayNumber(int64_t number);

// The local day of `instant` in `zone`.
absl::CivilDay LocalDay(absl::Time instant, const absl::TimeZone& zone);

// The first instant of `day` in `zone`. Where midnight does not exist (a clock change), the first
// instant after it; where it exists twice, the earlier.
absl::Time StartOfDay(absl::CivilDay day, const absl::TimeZone& zone);

// Civil days [begin, end); empty when begin >= end.
struct Period {
  absl::CivilDay begin;
  absl::CivilDay end;

  bool Contains(absl::CivilDay day) const { return begin <= day && day < end; }
  int64_t days() const { return begin < end ? end - begin : 0; }
  friend bool operator==(const Period& a, const Period& b) {
    return a.begin == b.begin && a.end == b.end;
  }
};

// Instants [begin, end) of `period` in `zone`.
struct InstantRange {
  absl::Time begin;
  absl::Time end;
  bool Contains(absl::Time t) const { return begin <= t && t < end; }
};
InstantRange ToInstants(const Period& period, const absl::TimeZone& zone);

enum class Grain { kDay, kIsoWeek, kMonth, kQuarter, kYear };

// The whole period of `grain` that `day` lies in. ISO weeks begin on Monday.
Period PeriodOf(absl::CivilDay day, Grain grain);

// "2026-03-09", "2026-W11", "2026-03", "2026-Q1", "2026". The ISO week's year is that of its
// Thursday.
std::string PeriodLabel(absl::CivilDay day, Grain grain);

// A label of any grain back to its period. INVALID_ARGUMENT / PERIOD_MALFORMED.
absl::StatusOr<Period> ParsePeriodLabel(absl::string_view label);

// The periods of `grain` that touch `whole`, in order, each cut to it.
std::vector<Period> Buckets(const Period& whole, Grain grain);

}  // namespace argosy::base

#endif  // ARGOSY_BASE_PERIOD_H_
