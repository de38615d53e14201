#include <memory>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/teams/store/queries.h"
#include "tenants/tenant_sql.h"
#include "tests/support/schema_rules.h"
#include "tests/support/status_matchers.h"
#include "tests/support/test_database.h"

namespace argosy::teams {
namespace {

using argosy::testing::IsOk;
using argosy::testing::TestDatabase;

TEST(TeamsQueries, AreConfinedToOneTenant) {
  EXPECT_THAT(tenants::CheckTenantPredicates({kTenantQueries.begin(), kTenantQueries.end()}),
              IsOk());
}

TEST(TeamsSchema, KeepsTheRules) {
  const std::unique_ptr<TestDatabase> database = TestDatabase::Create("teams");
  EXPECT_THAT(argosy::testing::SchemaFaults(*database, {}), ::testing::IsEmpty());
}

}  // namespace
}  // namespace argosy::teams
