// What a run keeps besides its columns: origins, plans, totals and exclusions, as canonical bytes.
#ifndef ARGOSY_SERVICES_INCENTIVES_DOMAIN_RUN_BYTES_H_
#define ARGOSY_SERVICES_INCENTIVES_DOMAIN_RUN_BYTES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/incentives/domain/run.h"

namespace argosy::incentives {

// Origins, plans, totals and exclusions of `run`.
std::string ToSummaryBytes(const Run& run);

// Puts what ToSummaryBytes wrote into `run`. DATA_LOSS for anything else.
absl::Status ParseSummary(absl::string_view bytes, Run& run);

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_DOMAIN_RUN_BYTES_H_
