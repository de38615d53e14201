// Every statement of the product, with the schema it is for.
#ifndef ARGOSY_TESTS_SCHEMA_ALL_QUERIES_H_
#define ARGOSY_TESTS_SCHEMA_ALL_QUERIES_H_

#include <ostream>
#include <vector>

#include "services/incentives/store/queries.h"
#include "services/metrics/store/import_queries.h"
#include "services/metrics/store/queries.h"
#include "services/teams/store/queries.h"
#include "services/tenancy/store/queries.h"
#include "storage/query.h"
#include "tenants/queries.h"

namespace argosy::testing {

struct ServiceQueries {
  const char* name;
  const char* service;
  std::vector<storage::Query> queries;
};

// gtest would print the bytes.
inline void PrintTo(const ServiceQueries& queries, std::ostream* out) { *out << queries.name; }

inline std::vector<ServiceQueries> AllQueries() {
  const auto list = [](const auto& queries) {
    return std::vector<storage::Query>(queries.begin(), queries.end());
  };
  return {{"Kernel", "tenancy", list(tenants::kKernelQueries)},
          {"Tenancy", "tenancy", list(tenancy::kTenantQueries)},
          {"TenancyGlobal", "tenancy", list(tenancy::kGlobalQueries)},
          {"Teams", "teams", list(teams::kTenantQueries)},
          {"Facts", "metrics", list(metrics::kFactQueries)},
          {"Imports", "metrics", list(metrics::kImportQueries)},
          {"Incentives", "incentives", list(incentives::kQueries)}};
}

}  // namespace argosy::testing

#endif  // ARGOSY_TESTS_SCHEMA_ALL_QUERIES_H_
