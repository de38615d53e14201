// The calendar of the synthetic companies: the months they have data for and how busy a day is.
#ifndef ARGOSY_DEMO_SEASON_H_
#define ARGOSY_DEMO_SEASON_H_

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "base/period.h"

namespace argosy::demo {

// Fourteen whole months, 2024-05-01 up to and without 2025-07-01. Fixed, so that every run prints
// the same numbers; in the past, so that no server takes a fact for one from the future.
base::Period DataPeriod();

// The day on which June 2025 is closed: 2025-07-05. Nothing arrives after it.
absl::CivilDay CloseDay();

// Twelve ISO weeks end before CloseDay; this is the Monday of the seventh, where a planted step in
// cost begins: 2025-05-19.
absl::CivilDay StepDay();

// UTC+8 the year round: China has no daylight saving time.
absl::TimeZone CompanyZone();

// How busy `day` is, 1 on an ordinary weekday: -60 % on Saturdays and Sundays, -70 % in the two
// weeks of Chinese New Year (2025-01-25 up to 2025-02-08), +25 % in the Canton Fair's months April
// and October.
double Busyness(absl::CivilDay day);

// Busyness over its mean in DataPeriod, so that monthly figures keep their mean.
double SeasonFactor(absl::CivilDay day);

// The local hour at which an inquiry of the given uniform draw in [0, 1) comes: buyers sit in
// Europe and America, so 45 % come between 20:00 and 06:00.
int HourOfInquiry(double draw);

}  // namespace argosy::demo

#endif  // ARGOSY_DEMO_SEASON_H_
