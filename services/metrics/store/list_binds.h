// Binding a list of values to a statement with a list of fixed length.
#ifndef ARGOSY_SERVICES_METRICS_STORE_LIST_BINDS_H_
#define ARGOSY_SERVICES_METRICS_STORE_LIST_BINDS_H_

#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/fault.h"
#include "services/metrics/store/queries.h"
#include "storage/value.h"

namespace argosy::metrics {

struct ListBinds {
  Query query;
  std::vector<storage::Value> values;
};

// The shortest of `queries`, which grow, that holds `values`, and the values filled up to its
// length by repeating the last: a repeated value in a list changes no answer. INTERNAL when there
// are none or more than the longest holds.
inline absl::StatusOr<ListBinds> FillList(absl::Span<const ListQuery> queries,
                                          std::vector<storage::Value> values) {
  for (const ListQuery& candidate : queries) {
    if (values.empty() || values.size() > candidate.length) continue;
    const storage::Value last = values.back();
    values.resize(candidate.length, last);
    return ListBinds{.query = candidate.query, .values = std::move(values)};
  }
  return base::Internal("a list is empty or longer than every statement for it");
}

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_STORE_LIST_BINDS_H_
