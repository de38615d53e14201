// How the database answers the statements that must stay fast while a tenant grows.
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/metrics/store/import_queries.h"
#include "services/metrics/store/queries.h"
#include "tests/support/test_database.h"

namespace argosy::metrics {
namespace {

using ::argosy::testing::TestDatabase;
using ::testing::AnyOf;
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
  sql = absl::StrReplaceAll(sql, {{"f.revision = ?", "f.revision = 1"}});
  for (size_t i = 1; i <= query.length; ++i) {
    sql.replace(sql.find('?'), 1, absl::StrCat("UNHEX(MD5(", i, "))"));
  }
  return sql;
}

TEST(FactLists, LookEachIdentityUp) {
  const std::unique_ptr<TestDatabase> database = TestDatabase::Create("metrics");
  database->ExecuteAsRoot("SET SESSION max_recursive_iterations = 20000");
  // The statistics are those of a young tenant: facts come in faster than the database renews them.
  Fill(*database, 1, 200);
  database->ExecuteAsRoot("ALTER TABLE facts STATS_AUTO_RECALC = 0, FORCE");
  Fill(*database, 201, 20'000);
  database->ExecuteAsRoot("FLUSH TABLES facts");
  ASSERT_EQ(database->CountRows("facts"), 20'000);
  for (const absl::Span<const ListQuery> list :
       {absl::MakeConstSpan(kFindRevisions), absl::MakeConstSpan(kFindAtRevision),
        absl::MakeConstSpan(kFindHeld)}) {
    for (const ListQuery& query : list) {
      const std::string plan =
          database->QueryAsRoot(absl::StrCat("EXPLAIN FORMAT=JSON ", WithIds(query)));
      // The tenant's 16 bytes of the index are used and the identity's, and the revision's 8 where
      // one is asked for.
      EXPECT_THAT(plan,
                  AnyOf(HasSubstr("\"key_length\": \"32\""), HasSubstr("\"key_length\": \"40\"")))
          << query.query.name << ": " << plan;
    }
  }
}

}  // namespace
}  // namespace argosy::metrics
