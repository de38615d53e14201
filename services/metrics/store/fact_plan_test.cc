// How the database answers the statements that must stay fast while a tenant grows.
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/metrics/store/queries.h"
#include "tests/support/test_database.h"

namespace argosy::metrics {
namespace {

using ::argosy::testing::TestDatabase;
using ::testing::HasSubstr;

// Records facts `from` to `to` of one tenant.
void Fill(TestDatabase& database, int from, int to) {
  database.ExecuteAsRoot(absl::StrCat(
      "INSERT INTO facts (tenant_id, kind, occurred_at, id, revision, batch_id, source,"
      " source_event_id, capture, channel_id, campaign_id, member_id, acting_role, team_id,"
      " payload_hash, payload) WITH RECURSIVE n AS (SELECT ",
      from, " AS i UNION ALL SELECT i + 1 FROM n WHERE i < ", to,
      ") SELECT REPEAT('t', 16), 3, i, UNHEX(MD5(i)), 1, REPEAT('b', 16), 's', i, 1, '', '', '', 0,"
      " '', REPEAT('h', 32), 'p' FROM n"));
}

// The text of `query` for the tenant, its list holding ids that Fill made.
std::string WithIds(const ListQuery& query) {
  std::string sql = absl::StrReplaceAll(query.query.sql, {{":tenant", "REPEAT('t', 16)"}});
  for (size_t i = 1; i <= query.length; ++i) {
    sql.replace(sql.find('?'), 1, absl::StrCat("UNHEX(MD5(", i, "))"));
  }
  return sql;
}

TEST(FindRevisions, LooksEachIdentityUp) {
  const std::unique_ptr<TestDatabase> database = TestDatabase::Create("metrics");
  database->ExecuteAsRoot("SET SESSION max_recursive_iterations = 20000");
  // The statistics are those of a young tenant: facts come in faster than the database renews them.
  Fill(*database, 1, 200);
  database->ExecuteAsRoot("ALTER TABLE facts STATS_AUTO_RECALC = 0, FORCE");
  Fill(*database, 201, 20'000);
  database->ExecuteAsRoot("FLUSH TABLES facts");
  ASSERT_EQ(database->CountRows("facts"), 20'000);
  for (const ListQuery& query : kFindRevisions) {
    const std::string plan =
        database->QueryAsRoot(absl::StrCat("EXPLAIN FORMAT=JSON ", WithIds(query)));
    // Both columns of the index are used: the tenant's 16 bytes and the identity's.
    EXPECT_THAT(plan, HasSubstr("\"key_length\": \"32\"")) << query.length << " ids: " << plan;
  }
}

}  // namespace
}  // namespace argosy::metrics
