#include "migrations/runner/migration_file.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::migrations {
namespace {

using testing::StatusIs;

TEST(ParseMigration, ReadsVersionBothPartsAndHash) {
  ASSERT_OK_AND_ASSIGN(
      const Migration migration,
      ParseMigration("0001_create_t.sql",
                     "-- migrate:up\nCREATE TABLE t (a INT);\n\n-- migrate:down\nDROP TABLE t;\n"));
  EXPECT_EQ(migration.version, "0001");
  EXPECT_EQ(migration.up, "CREATE TABLE t (a INT)");
  EXPECT_EQ(migration.down, "DROP TABLE t");
  EXPECT_EQ(migration.content_sha256.size(), 64U);
}

struct MalformedCase {
  const char* name;
  const char* file;
  const char* content;
};
class MalformedMigrationTest : public ::testing::TestWithParam<MalformedCase> {};
TEST_P(MalformedMigrationTest, IsRefused) {
  EXPECT_THAT(ParseMigration(GetParam().file, GetParam().content),
              StatusIs(absl::StatusCode::kInvalidArgument));
}
INSTANTIATE_TEST_SUITE_P(
    All, MalformedMigrationTest,
    ::testing::Values(
        MalformedCase{"NoDigits", "create.sql", "-- migrate:up\nA;\n-- migrate:down\nB;\n"},
        MalformedCase{"NoUnderscore", "0001.sql", "-- migrate:up\nA;\n-- migrate:down\nB;\n"},
        MalformedCase{"NoUp", "0001_a.sql", "A;\n-- migrate:down\nB;\n"},
        MalformedCase{"NoDown", "0001_a.sql", "-- migrate:up\nA;\n"},
        MalformedCase{"EmptyDown", "0001_a.sql", "-- migrate:up\nA;\n-- migrate:down\n"},
        MalformedCase{"TwoStatements", "0001_a.sql", "-- migrate:up\nA; B;\n-- migrate:down\nC;\n"},
        MalformedCase{"NoSemicolon", "0001_a.sql", "-- migrate:up\nA\n-- migrate:down\nB;\n"}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(LoadMigrations, MissingFolderIsNotFound) {
  EXPECT_THAT(LoadMigrations({"no/such/folder"}), StatusIs(absl::StatusCode::kNotFound));
}

TEST(LoadMigrations, KernelFilesRiseFromOne) {
  ASSERT_OK_AND_ASSIGN(const auto migrations, LoadMigrations({"migrations/kernel"}));
  ASSERT_GE(migrations.size(), 3U);
  EXPECT_EQ(migrations.front().version, "0001");
  EXPECT_LT(migrations.back().version, "1000");
}

}  // namespace
}  // namespace argosy::migrations
