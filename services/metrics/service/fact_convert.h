// Facts between the contract and the domain.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_FACT_CONVERT_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_FACT_CONVERT_H_

#include <vector>

#include "absl/status/statusor.h"
#include "argosy/metrics/v1/fact_service.pb.h"
#include "base/ids.h"
#include "services/metrics/domain/ingest.h"

namespace argosy::metrics {

// A fact as sent. Whatever cannot be read is the problem of that fact alone; its identity is read
// as far as it goes.
ParsedFact ParseFact(const v1::Fact& fact);

// FIELD_INVALID for a source that is none, for an instant that is none and for one after `now`.
absl::StatusOr<std::vector<Completeness>> ParseCompleteness(
    const v1::BatchIngestFactsRequest& request, absl::Time now);

FactIdentity ParseReference(const v1::FactReference& reference);
v1::FactReference ToProto(const FactIdentity& identity);
v1::Fact ToProto(const base::TenantId& tenant, const RecordedFact& recorded);
v1::FactVerdict ToProto(const base::TenantId& tenant, const FactVerdict& verdict);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_FACT_CONVERT_H_
