// The canonical bytes of a plan's content: what is stored, and what the content hash covers.
#ifndef ARGOSY_SERVICES_INCENTIVES_DOMAIN_PLAN_BYTES_H_
#define ARGOSY_SERVICES_INCENTIVES_DOMAIN_PLAN_BYTES_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/money.h"
#include "services/incentives/domain/plan.h"

namespace argosy::incentives {

// Equal plans give equal bytes, different ones different bytes.
std::string ToCanonicalBytes(const base::Currency& currency, const PlanSpec& spec);

// What ToCanonicalBytes wrote. DATA_LOSS for anything else.
absl::StatusOr<PlanSpec> ParseCanonicalSpec(absl::string_view bytes);

// SHA-256 over the canonical bytes: 32 bytes.
std::string ComputeContentHash(const base::Currency& currency, const PlanSpec& spec);

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_DOMAIN_PLAN_BYTES_H_
