// From civil days of occurrence to what the store reads.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_WINDOWS_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_WINDOWS_H_

#include "absl/time/time.h"
#include "services/metrics/domain/question.h"
#include "services/metrics/store/fact_store.h"

namespace argosy::metrics {

// The range of `window`: civil dates as such, instants by the reporting `zone`.
SurvivorRange RangeOf(const FactWindow& window, const absl::TimeZone& zone);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_WINDOWS_H_
