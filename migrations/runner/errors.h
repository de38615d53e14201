// Why the runner stops. None of these reaches a client.
#ifndef ARGOSY_MIGRATIONS_RUNNER_ERRORS_H_
#define ARGOSY_MIGRATIONS_RUNNER_ERRORS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace argosy::migrations {

// NOT_FOUND: the folder or file cannot be read.
absl::Status FileUnreadable(absl::string_view path);
// INVALID_ARGUMENT: the file is not one statement up and one down.
absl::Status FileMalformed(absl::string_view path, absl::string_view what);
// ABORTED: another runner holds the lock.
absl::Status RunnerBusy(absl::string_view schema);
// DATA_LOSS: the file has changed since it was applied.
absl::Status FileEdited(absl::string_view version, absl::string_view name);
// FAILED_PRECONDITION: the database has a version this program does not know.
absl::Status VersionUnknown(absl::string_view version);
// FAILED_PRECONDITION: the statement has been run and not recorded, by a runner that was cut short.
absl::Status HalfApplied(absl::string_view version, absl::string_view name,
                         const absl::Status& cause);
// FAILED_PRECONDITION: `version` has not been applied.
absl::Status NotApplied(absl::string_view version);

}  // namespace argosy::migrations

#endif  // ARGOSY_MIGRATIONS_RUNNER_ERRORS_H_
