// Every refusal of facts, channels and queries, each made by one function. Those of imports stand
// in import_errors.h.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_ERRORS_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_ERRORS_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/metrics/domain/fact_rules.h"

namespace argosy::metrics {

// NOT_FOUND / RESOURCE_NOT_FOUND. `type` is "argosy.dev/Channel".
absl::Status NounNotFound(absl::string_view type, absl::string_view name);

// ALREADY_EXISTS / RESOURCE_EXISTS.
absl::Status NounExists(absl::string_view type, absl::string_view name);

// ABORTED / ETAG_MISMATCH.
absl::Status NounChanged(absl::string_view name);

// FAILED_PRECONDITION / CHANNEL_LIMIT_REACHED.
absl::Status ChannelLimitReached(absl::string_view parent, int64_t limit);

// FAILED_PRECONDITION / CAMPAIGN_LIMIT_REACHED.
absl::Status CampaignLimitReached(absl::string_view parent, int64_t limit);

// PERMISSION_DENIED / PERMISSION_MISSING: the caller sees their own facts alone and has none.
absl::Status ScopeEmpty(absl::string_view tenant);

// INVALID_ARGUMENT / AS_OF_IN_FUTURE.
absl::Status AsOfInFuture(absl::Time as_of);

// INVALID_ARGUMENT / METRIC_UNKNOWN.
absl::Status MetricUnknown(absl::string_view metric);

// INVALID_ARGUMENT / PERIOD_TOO_LONG.
absl::Status PeriodTooLong(int64_t days, int64_t limit);

// INVALID_ARGUMENT / RESULT_TOO_LARGE.
absl::Status ResultTooLarge(absl::string_view what, int64_t limit);

// The verdict CONFLICT of a fact: REVISION_CONFLICT.
FactProblem RevisionConflict(int64_t revision);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_ERRORS_H_
