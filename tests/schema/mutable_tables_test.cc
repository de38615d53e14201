// A row that changes has a version: who writes says which state they have seen.
#include <map>
#include <memory>
#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "re2/re2.h"
#include "tests/schema/all_queries.h"
#include "tests/schema/filled_schema.h"

namespace argosy::testing {
namespace {

using ::testing::Contains;
using ::testing::Key;

// Tables that change without a version, and what decides between two writers instead.
const std::map<std::string, std::string> kUnversioned = {
    {"api_tokens", "their ends only come nearer: a token revoked is not revoked again"},
    {"audit_head", "its sequence is its version"},
    {"fact_head", "its sequence is its version"},
    {"import_blocks", "written under the lock of their import, which has one"},
    {"request_log", "whoever inserts the row owns it; an expired one is taken over by its expiry"},
};

// The table of which `sql` changes rows; empty when it reads, adds or removes them.
std::string ChangedTable(const std::string& sql) {
  static const RE2 update(R"(^\s*UPDATE\s+(\w+))");
  static const RE2 upsert(R"((?s)^\s*INSERT INTO\s+(\w+).*ON DUPLICATE KEY UPDATE)");
  std::string table;
  if (!RE2::PartialMatch(sql, update, &table)) RE2::PartialMatch(sql, upsert, &table);
  return table;
}

class MutableTablesTest : public ::testing::TestWithParam<ServiceQueries> {};
TEST_P(MutableTablesTest, HaveAVersionOrAReason) {
  const auto schema = FilledSchema::Create(GetParam().service);
  for (const storage::Query& query : GetParam().queries) {
    const std::string table = ChangedTable(query.sql);
    if (table.empty()) continue;
    if (schema->ValueOf(table, "version", 0).ok()) {
      EXPECT_FALSE(kUnversioned.contains(table)) << table << " needs no exception";
    } else {
      EXPECT_THAT(kUnversioned, Contains(Key(table))) << query.name;
    }
  }
}
INSTANTIATE_TEST_SUITE_P(All, MutableTablesTest, ::testing::ValuesIn(AllQueries()),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(MutableTables, AreKnownByTheStatementsThatChangeThem) {
  EXPECT_EQ(ChangedTable("\n    UPDATE members m SET m.version = ?"), "members");
  EXPECT_EQ(ChangedTable("INSERT INTO heads (a) VALUES (?)\n ON DUPLICATE KEY UPDATE a = a"),
            "heads");
  EXPECT_EQ(ChangedTable("INSERT INTO heads (a) VALUES (?)"), "");
  EXPECT_EQ(ChangedTable("SELECT m.id FROM members m FOR UPDATE"), "");
  EXPECT_EQ(ChangedTable("DELETE FROM members WHERE id = ?"), "");
}

// An exception for a table that no statement changes has outlived it.
TEST(MutableTables, OfTheExceptionsAllChange) {
  std::set<std::string> changed;
  for (const ServiceQueries& service : AllQueries()) {
    for (const storage::Query& query : service.queries) changed.insert(ChangedTable(query.sql));
  }
  for (const auto& [table, why] : kUnversioned) {
    EXPECT_THAT(changed, Contains(table)) << why;
  }
}

}  // namespace
}  // namespace argosy::testing
