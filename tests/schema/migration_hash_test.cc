// A migration that has been applied anywhere keeps its bytes.
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "migrations/runner/migration_file.h"
#include "tests/schema/services.h"
#include "tests/support/golden.h"
#include "tests/support/status_matchers.h"

namespace argosy::testing {
namespace {

std::string HashesOf(const std::string& folder) {
  const auto migrations = migrations::LoadMigrations({folder});
  if (!migrations.ok()) return migrations.status().ToString();
  std::string lines;
  for (const auto& migration : *migrations) {
    absl::StrAppend(&lines, folder, "/", migration.name, " ", migration.content_sha256, "\n");
  }
  return lines;
}

TEST(MigrationHashes, AreThoseRecorded) {
  std::string lines = HashesOf("migrations/kernel");
  for (const char* service : kServicesWithSchema) {
    absl::StrAppend(&lines, HashesOf(absl::StrCat("migrations/", service)));
  }
  EXPECT_TRUE(KeepsBaseline("migrations/hashes.txt", lines));
}

}  // namespace
}  // namespace argosy::testing
