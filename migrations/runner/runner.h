// Brings a schema up to date, and says whether it is.
#ifndef ARGOSY_MIGRATIONS_RUNNER_RUNNER_H_
#define ARGOSY_MIGRATIONS_RUNNER_RUNNER_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "migrations/runner/migration_file.h"
#include "storage/database_options.h"

namespace argosy::migrations {

// Applies those of `migrations` (LoadMigrations) that the schema of `database` lacks, in order, and
// records each where dbmate would, with the hash of its file. Runners take turns under a lock held
// by a session of its own. The versions applied. Stops at the first failure:
//   ABORTED              another runner kept the lock for 30 s
//   DATA_LOSS            an applied file was edited since
//   FAILED_PRECONDITION  the database knows a version the files do not, or a statement was run
//                        before and not recorded
absl::StatusOr<std::vector<std::string>> Migrate(const storage::DatabaseOptions& database,
                                                 const std::vector<Migration>& migrations);

// Undoes the newest applied migration by its down part. Its version, or "" when none is applied.
absl::StatusOr<std::string> Rollback(const storage::DatabaseOptions& database,
                                     const std::vector<Migration>& migrations);

// OK when every one of `migrations` is applied, for readiness. A schema that is ahead of the
// program is OK too, because a newer program may have migrated it. FAILED_PRECONDITION otherwise.
absl::Status CheckUpToDate(const storage::DatabaseOptions& database,
                           const std::vector<Migration>& migrations);

}  // namespace argosy::migrations

#endif  // ARGOSY_MIGRATIONS_RUNNER_RUNNER_H_
