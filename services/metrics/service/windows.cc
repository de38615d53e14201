#include "services/metrics/service/windows.h"

#include "base/clock.h"
#include "base/period.h"

namespace argosy::metrics {

SurvivorRange RangeOf(const FactWindow& window, const absl::TimeZone& zone) {
  SurvivorRange range{.kind = window.kind};
  if (IsCivil(window.kind)) {
    range.begin_micros = CivilMicros(window.days.begin);
    range.end_micros = CivilMicros(window.days.end);
  } else {
    range.begin_micros = base::ToMicros(base::StartOfDay(window.days.begin, zone));
    range.end_micros = base::ToMicros(base::StartOfDay(window.days.end, zone));
  }
  return range;
}

}  // namespace argosy::metrics
