// How the database would run a registered statement.
#ifndef ARGOSY_TESTS_SCHEMA_QUERY_PLAN_H_
#define ARGOSY_TESTS_SCHEMA_QUERY_PLAN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/query.h"
#include "tests/schema/filled_schema.h"

namespace argosy::testing {

// The statement with a fitting value of some row in place of every placeholder: the value of the
// column named last before it, or a page's size after LIMIT. INVALID_ARGUMENT for a placeholder
// that follows no column.
absl::StatusOr<std::string> BindExample(const FilledSchema& schema, const storage::Query& query);

// Every table of the statement that is read wholly, or wholly as far as one tenant owns it, as
// "table: how"; also what keeps the database from planning. Empty for a good statement and for an
// INSERT, of which the database says nothing.
std::vector<std::string> PlanFaults(FilledSchema& schema, const storage::Query& query);

}  // namespace argosy::testing

#endif  // ARGOSY_TESTS_SCHEMA_QUERY_PLAN_H_
