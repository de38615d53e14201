#include "migrations/runner/runner.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/crypto.h"
#include "base/status_macros.h"
#include "migrations/runner/errors.h"
#include "storage/admin_connection.h"
#include "storage/sql_error.h"

namespace argosy::migrations {
namespace {

using storage::AdminConnection;
using storage::Quoted;

// Longer than any one of our migrations on a production table should take.
constexpr int kLockWaitSeconds = 30;

// dbmate's table, with a column of our own that dbmate does not mind.
constexpr absl::string_view kCreateTable =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    "version VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, "
    "content_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL, "
    "PRIMARY KEY (version)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";
constexpr absl::string_view kAddHash =
    "ALTER TABLE schema_migrations "
    "ADD COLUMN content_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL";
constexpr absl::string_view kHasTable =
    "SELECT column_name FROM information_schema.columns "
    "WHERE table_schema = DATABASE() AND table_name = 'schema_migrations'";

// Version to file hash; no hash where dbmate applied it.
using Applied = std::map<std::string, std::optional<std::string>>;

// "Exists already" and "is not there": what a statement says that has been run before.
bool SaysItRanBefore(const absl::Status& status) {
  constexpr std::array kCodes = {1050, 1051, 1060, 1061, 1091, 1826};
  return std::find(kCodes.begin(), kCodes.end(), storage::SqlErrorCode(status)) != kCodes.end();
}

// Holds the lock of one schema. It is a session of its own, because a statement that fails may end
// the working one.
absl::StatusOr<AdminConnection> LockSchema(const storage::DatabaseOptions& database) {
  ASSIGN_OR_RETURN(AdminConnection connection, AdminConnection::Open(database));
  // A lock's name may have 64 characters and a schema's has as many.
  const std::string name = absl::StrCat(
      "argosy.migrate.", absl::BytesToHexString(base::Sha256(database.schema)).substr(0, 40));
  ASSIGN_OR_RETURN(const auto rows, connection.Query(absl::StrCat("SELECT GET_LOCK(", Quoted(name),
                                                                  ", ", kLockWaitSeconds, ")")));
  if (rows.size() != 1 || rows.front().front() != "1") return RunnerBusy(database.schema);
  return connection;
}

absl::StatusOr<Applied> ReadApplied(AdminConnection& connection) {
  ASSIGN_OR_RETURN(const auto rows,
                   connection.Query("SELECT version, content_sha256 FROM schema_migrations"));
  Applied applied;
  for (const AdminConnection::TextRow& row : rows) applied[row[0].value_or("")] = row[1];
  return applied;
}

absl::StatusOr<Applied> PrepareTable(AdminConnection& connection) {
  RETURN_IF_ERROR(connection.Execute(kCreateTable));
  ASSIGN_OR_RETURN(const auto columns, connection.Query(kHasTable));
  if (columns.size() == 1) RETURN_IF_ERROR(connection.Execute(kAddHash));
  return ReadApplied(connection);
}

absl::Status CheckApplied(const Applied& applied, const std::vector<Migration>& migrations) {
  std::map<std::string, const Migration*> files;
  for (const Migration& migration : migrations) files[migration.version] = &migration;
  for (const auto& [version, hash] : applied) {
    const auto file = files.find(version);
    if (file == files.end()) return VersionUnknown(version);
    if (hash.has_value() && *hash != file->second->content_sha256) {
      return FileEdited(version, file->second->name);
    }
  }
  return absl::OkStatus();
}

absl::Status Apply(AdminConnection& connection, const Migration& migration) {
  const absl::Status run = connection.Execute(migration.up);
  if (SaysItRanBefore(run)) return HalfApplied(migration.version, migration.name, run);
  RETURN_IF_ERROR(run);
  return connection.Execute(
      absl::StrCat("INSERT INTO schema_migrations (version, content_sha256) VALUES (",
                   Quoted(migration.version), ", ", Quoted(migration.content_sha256), ")"));
}

}  // namespace

absl::StatusOr<std::vector<std::string>> Migrate(const storage::DatabaseOptions& database,
                                                 const std::vector<Migration>& migrations) {
  ASSIGN_OR_RETURN(const AdminConnection lock, LockSchema(database));
  ASSIGN_OR_RETURN(AdminConnection connection, AdminConnection::Open(database));
  ASSIGN_OR_RETURN(const Applied applied, PrepareTable(connection));
  RETURN_IF_ERROR(CheckApplied(applied, migrations));
  std::vector<std::string> versions;
  for (const Migration& migration : migrations) {
    if (applied.count(migration.version) > 0) continue;
    RETURN_IF_ERROR(Apply(connection, migration));
    versions.push_back(migration.version);
  }
  return versions;
}

absl::StatusOr<std::string> Rollback(const storage::DatabaseOptions& database,
                                     const std::vector<Migration>& migrations) {
  ASSIGN_OR_RETURN(const AdminConnection lock, LockSchema(database));
  ASSIGN_OR_RETURN(AdminConnection connection, AdminConnection::Open(database));
  ASSIGN_OR_RETURN(const Applied applied, PrepareTable(connection));
  RETURN_IF_ERROR(CheckApplied(applied, migrations));
  if (applied.empty()) return std::string();
  const std::string newest = applied.rbegin()->first;
  for (const Migration& migration : migrations) {
    if (migration.version != newest) continue;
    RETURN_IF_ERROR(connection.Execute(migration.down));
    RETURN_IF_ERROR(connection.Execute(
        absl::StrCat("DELETE FROM schema_migrations WHERE version = ", Quoted(newest))));
  }
  return newest;
}

absl::Status CheckUpToDate(const storage::DatabaseOptions& database,
                           const std::vector<Migration>& migrations) {
  ASSIGN_OR_RETURN(AdminConnection connection, AdminConnection::Open(database));
  ASSIGN_OR_RETURN(const auto columns, connection.Query(kHasTable));
  std::set<std::string> applied;
  if (!columns.empty()) {
    ASSIGN_OR_RETURN(const auto rows, connection.Query("SELECT version FROM schema_migrations"));
    for (const AdminConnection::TextRow& row : rows) applied.insert(row[0].value_or(""));
  }
  for (const Migration& migration : migrations) {
    if (applied.count(migration.version) == 0) return NotApplied(migration.version);
  }
  return absl::OkStatus();
}

}  // namespace argosy::migrations
