// Which value of a mapping says which field of a fact.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_MAPPING_FIELDS_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_MAPPING_FIELDS_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "services/metrics/domain/mapping.h"

namespace argosy::metrics {

// A field of a fact, by its path within the fact as FactProblem has it, and what says it.
struct MappedField {
  absl::string_view path;  // "order.value"
  const MappedValue* value = nullptr;
};

// The fields that `fact` says, those left out not among them. `fact` must outlive the result.
std::vector<MappedField> FieldsOf(const FactMapping& fact);

// What says `path` or the field it lies in ("order.value.amount_minor" lies in "order.value"), or
// null when no value does: a currency is the whole mapping's, a time zone is not mapped.
const MappedValue* ValueOf(const ImportMapping& mapping, const FactMapping& fact,
                           absl::string_view path);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_MAPPING_FIELDS_H_
