// No statement reads more than it has to.
#include "tests/schema/query_plan.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/schema/all_queries.h"
#include "tests/schema/filled_schema.h"

namespace argosy::testing {
namespace {

using storage::Query;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Statements that read all there is, or all a tenant has, and why they may.
const std::map<std::string, std::string> kMayReadAll = {
    {"incentives.ledger_entry.company_sums", "the balance of a ledger is the sum of it"},
    {"incentives.ledger_entry.overpaid", "every payee's debt, once a run"},
    {"metrics.campaign.count",
     "a tenant's campaigns are bounded; a new one asks how many there are"},
    {"metrics.channel.count", "a tenant's channels are bounded; a new one asks how many there are"},
    {"metrics.channel.list_known", "a tenant's channels are bounded; an answer looks at them all"},
    {"metrics.progress.list", "the furthest each source has come, by what was known"},
    {"teams.assignment.count_by_role", "the roles of everybody present"},
    {"teams.assignment.list_outsiders", "the least role of everybody present"},
    {"teams.member.count_present", "everybody present"},
    {"teams.team.count_departments", "a company has few teams"},
    {"tenancy.key.list", "two keys at a time are accepted, and old ones are few"},
    {"tenancy.membership.find_first", "one row, the first of the primary key"},
    {"tenancy.token.end_by", "every token of a company that is activated"},
};

class QueriesTest : public ::testing::TestWithParam<ServiceQueries> {};
TEST_P(QueriesTest, ReadNoMoreThanTheyMust) {
  const auto schema = FilledSchema::Create(GetParam().service);
  EXPECT_FALSE(GetParam().queries.empty());
  for (const Query& query : GetParam().queries) {
    const auto faults = PlanFaults(*schema, query);
    const auto allowed = kMayReadAll.find(query.name);
    if (allowed == kMayReadAll.end()) {
      EXPECT_THAT(faults, IsEmpty()) << query.name << query.sql;
    } else {
      EXPECT_THAT(faults, ::testing::Contains(::testing::HasSubstr("reads ")))
          << query.name << " needs no exception";
    }
  }
}
INSTANTIATE_TEST_SUITE_P(All, QueriesTest, ::testing::ValuesIn(AllQueries()),
                         [](const auto& tested) { return std::string(tested.param.name); });

class PlanFaultsTest : public ::testing::Test {
 protected:
  std::vector<std::string> FaultsOf(const char* sql) {
    return PlanFaults(*schema_, Query{"test.plan.explain", sql});
  }
  const std::unique_ptr<FilledSchema> schema_ = FilledSchema::Create("teams");
};

TEST_F(PlanFaultsTest, AreFoundAndOnlyThose) {
  EXPECT_THAT(FaultsOf("SELECT m.uid FROM members m WHERE m.tenant_id = :tenant AND m.id = ?"),
              IsEmpty());
  EXPECT_THAT(FaultsOf("SELECT m.uid FROM members m WHERE m.display_name = ?"),
              ElementsAre("m: reads the whole table"));
  EXPECT_THAT(FaultsOf("SELECT m.id FROM members m ORDER BY m.tenant_id, m.id"),
              ElementsAre("m: reads the whole index"));
  EXPECT_THAT(FaultsOf("SELECT m.uid FROM members m WHERE m.tenant_id = :tenant AND m.uid = ?"),
              ElementsAre("m: reads all of its tenant"));
  EXPECT_THAT(
      FaultsOf("UPDATE members m SET m.version = ? WHERE m.tenant_id = :tenant AND m.uid = ?"),
      ElementsAre("m: reads all of its tenant"));
  EXPECT_THAT(FaultsOf("SELECT a.id FROM teams t JOIN role_assignments a ON a.tenant_id = :tenant "
                       "AND a.share_ppm = t.version WHERE t.tenant_id = :tenant AND t.id = ?"),
              ElementsAre("a: reads all of its tenant"));
  EXPECT_THAT(FaultsOf("SELECT m.uid FROM members m WHERE m.tenant_id = :tenant AND 1 = 2").front(),
              ::testing::HasSubstr("no plan"));
  EXPECT_THAT(FaultsOf("SELECT ?").front(), ::testing::HasSubstr("no table"));
  EXPECT_THAT(FaultsOf("SELECT m.none FROM members m").front(), ::testing::HasSubstr("none"));
}

}  // namespace
}  // namespace argosy::testing
