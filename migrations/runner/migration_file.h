// Migrations as files: dbmate's format, one statement up and one down.
#ifndef ARGOSY_MIGRATIONS_RUNNER_MIGRATION_FILE_H_
#define ARGOSY_MIGRATIONS_RUNNER_MIGRATION_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace argosy::migrations {

struct Migration {
  std::string version;         // "0001": the digits before the first underscore
  std::string name;            // "0001_create_request_log.sql"
  std::string up;              // one statement without its semicolon
  std::string down;            // as above
  std::string content_sha256;  // of the whole file, lower-case hex

  friend bool operator==(const Migration&, const Migration&) = default;
};

// The migration in `content`. INVALID_ARGUMENT unless the name is NNNN_verb_noun.sql and both parts
// are exactly one statement.
absl::StatusOr<Migration> ParseMigration(absl::string_view name, absl::string_view content);

// The .sql files of `folders`, folder by folder in the order given, each by name. INVALID_ARGUMENT
// unless versions rise throughout, NOT_FOUND for a folder that is not there.
absl::StatusOr<std::vector<Migration>> LoadMigrations(const std::vector<std::string>& folders);

}  // namespace argosy::migrations

#endif  // ARGOSY_MIGRATIONS_RUNNER_MIGRATION_FILE_H_
