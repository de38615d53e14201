#include "migrations/runner/runner.h"

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "migrations/runner/migration_file.h"
#include "tests/support/status_matchers.h"
#include "tests/support/test_database.h"

namespace argosy::migrations {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::StatusIs;
using testing::TestDatabase;

Migration File(const std::string& version, const std::string& up, const std::string& down) {
  return *ParseMigration(absl::StrCat(version, "_change_t.sql"),
                         absl::StrCat("-- migrate:up\n", up, ";\n-- migrate:down\n", down, ";\n"));
}

class RunnerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    // The kernel's tables are of no interest here.
    database_->ExecuteAsRoot("DELETE FROM schema_migrations");
  }
  const storage::DatabaseOptions& options() const { return database_->options(); }

  const std::unique_ptr<TestDatabase> database_ = TestDatabase::Create("");
  const Migration make_ =
      File("2000", "CREATE TABLE t (a BIGINT NOT NULL, PRIMARY KEY (a))", "DROP TABLE t");
  const Migration widen_ =
      File("2001", "ALTER TABLE t ADD COLUMN b BIGINT NULL", "ALTER TABLE t DROP COLUMN b");
};

TEST_F(RunnerTest, AppliesWhatIsMissingInOrderAndOnce) {
  EXPECT_THAT(CheckUpToDate(options(), {make_}), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(Migrate(options(), {make_}), IsOkAndHolds(ElementsAre("2000")));
  EXPECT_THAT(Migrate(options(), {make_, widen_}), IsOkAndHolds(ElementsAre("2001")));
  EXPECT_THAT(Migrate(options(), {make_, widen_}), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(CheckUpToDate(options(), {make_, widen_}), IsOk());
  EXPECT_THAT(CheckUpToDate(options(), {make_}), IsOk())
      << "an older program works on a newer schema";
}

TEST_F(RunnerTest, UpThenDownThenUpGivesTheSameSchema) {
  ASSERT_OK(Migrate(options(), {make_, widen_}));
  const std::string columns =
      "SELECT GROUP_CONCAT(column_name) FROM information_schema.columns "
      "WHERE table_schema = DATABASE() AND table_name = 't'";
  const std::string before = database_->QueryAsRoot(columns);
  EXPECT_THAT(Rollback(options(), {make_, widen_}), IsOkAndHolds("2001"));
  EXPECT_EQ(database_->QueryAsRoot(columns), "a");
  EXPECT_THAT(Migrate(options(), {make_, widen_}), IsOkAndHolds(ElementsAre("2001")));
  EXPECT_EQ(database_->QueryAsRoot(columns), before);
}

TEST_F(RunnerTest, EveryKernelMigrationCanBeUndone) {
  const auto kernel = *LoadMigrations({"migrations/kernel"});
  const std::unique_ptr<TestDatabase> fresh = TestDatabase::Create("");
  for (size_t i = kernel.size(); i-- > 0;) {
    EXPECT_THAT(Rollback(fresh->options(), kernel), IsOkAndHolds(kernel[i].version));
  }
  EXPECT_THAT(Rollback(fresh->options(), kernel), IsOkAndHolds(""));
  EXPECT_EQ(fresh->QueryAsRoot(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()"),
            "1");
}

TEST_F(RunnerTest, EditedFileIsRefused) {
  ASSERT_OK(Migrate(options(), {make_}));
  const Migration edited =
      File("2000", "CREATE TABLE t (a INT NOT NULL, PRIMARY KEY (a))", "DROP TABLE t");
  EXPECT_THAT(Migrate(options(), {edited, widen_}), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(RunnerTest, VersionTheProgramDoesNotKnowIsRefused) {
  ASSERT_OK(Migrate(options(), {make_, widen_}));
  EXPECT_THAT(Migrate(options(), {make_}), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(RunnerTest, StatementRunButNotRecordedIsNamed) {
  ASSERT_OK(Migrate(options(), {make_}));
  database_->ExecuteAsRoot("DELETE FROM schema_migrations WHERE version = '2000'");
  const auto result = Migrate(options(), {make_});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(std::string(result.status().message()), ::testing::HasSubstr("2000"));
}

TEST_F(RunnerTest, TableThatDbmateMadeIsTakenOver) {
  database_->ExecuteAsRoot("DROP TABLE schema_migrations");
  database_->ExecuteAsRoot("CREATE TABLE schema_migrations (version VARCHAR(128) PRIMARY KEY)");
  database_->ExecuteAsRoot("CREATE TABLE t (a BIGINT NOT NULL, PRIMARY KEY (a))");
  database_->ExecuteAsRoot("INSERT INTO schema_migrations (version) VALUES ('2000')");
  EXPECT_THAT(Migrate(options(), {make_, widen_}), IsOkAndHolds(ElementsAre("2001")));
}

TEST_F(RunnerTest, RunnersTakeTurns) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] { EXPECT_OK(Migrate(options(), {make_, widen_})); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(database_->CountRows("schema_migrations"), 2);
}

}  // namespace
}  // namespace argosy::migrations
