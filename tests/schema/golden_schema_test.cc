// The sum of a service's migrations, as a file to read and to review.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "migrations/runner/migration_file.h"
#include "migrations/runner/runner.h"
#include "storage/admin_connection.h"
#include "tests/schema/services.h"
#include "tests/support/golden.h"
#include "tests/support/status_matchers.h"
#include "tests/support/test_database.h"

namespace argosy::testing {
namespace {

constexpr char kTables[] =
    "SELECT t.table_name FROM information_schema.tables t WHERE t.table_schema = DATABASE() "
    "AND t.table_name <> 'schema_migrations' ORDER BY t.table_name";

// Every table but the runner's own, by name, as the database shows it.
absl::StatusOr<std::string> SchemaText(const storage::DatabaseOptions& database) {
  ASSIGN_OR_RETURN(auto connection, storage::AdminConnection::Open(database));
  ASSIGN_OR_RETURN(const auto tables, connection.Query(kTables));
  std::string text;
  for (const auto& table : tables) {
    ASSIGN_OR_RETURN(const auto shown,
                     connection.Query(absl::StrCat("SHOW CREATE TABLE ", table[0].value_or(""))));
    absl::StrAppend(&text, shown[0][1].value_or(""), ";\n\n");
  }
  return text;
}

class SchemaTest : public ::testing::TestWithParam<const char*> {
 protected:
  const std::string folder_ = absl::StrCat("migrations/", GetParam());
  const std::unique_ptr<TestDatabase> database_ = TestDatabase::Create(GetParam());
};

TEST_P(SchemaTest, IsTheGoldenOne) {
  ASSERT_OK_AND_ASSIGN(const std::string tables, SchemaText(database_->options()));
  const std::string text =
      absl::StrCat("-- The sum of migrations/kernel and ", folder_,
                   ", as MariaDB shows it. ./dev golden writes it; nobody else does.\n\n", tables);
  EXPECT_TRUE(MatchesGolden(absl::StrCat(folder_, "/schema.sql"), text));
}

TEST_P(SchemaTest, CanBeUndoneStepByStep) {
  ASSERT_OK_AND_ASSIGN(const auto migrations,
                       migrations::LoadMigrations({"migrations/kernel", folder_}));
  for (size_t i = migrations.size(); i-- > 0;) {
    EXPECT_THAT(migrations::Rollback(database_->options(), migrations),
                IsOkAndHolds(migrations[i].version));
  }
  EXPECT_THAT(SchemaText(database_->options()), IsOkAndHolds(""));
}

INSTANTIATE_TEST_SUITE_P(Services, SchemaTest, ::testing::ValuesIn(kServicesWithSchema),
                         [](const auto& tested) { return std::string(tested.param); });

}  // namespace
}  // namespace argosy::testing
