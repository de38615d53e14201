#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/incentives/store/queries.h"
#include "tenants/tenant_sql.h"
#include "tests/support/schema_rules.h"
#include "tests/support/status_matchers.h"
#include "tests/support/test_database.h"

namespace argosy::incentives {
namespace {

using argosy::testing::IsOk;
using ::testing::IsEmpty;

TEST(IncentivesSchema, KeepsTheRules) {
  const auto database = argosy::testing::TestDatabase::Create("incentives");
  EXPECT_THAT(argosy::testing::SchemaFaults(*database, {}), IsEmpty());
}

TEST(IncentivesQueries, AreConfinedToOneTenant) {
  EXPECT_THAT(tenants::CheckTenantPredicates({kQueries.begin(), kQueries.end()}), IsOk());
}

}  // namespace
}  // namespace argosy::incentives
