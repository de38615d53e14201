// The refusals of the database layer, one function each; those of vendor codes are in sql_error.h.
#ifndef ARGOSY_STORAGE_ERRORS_H_
#define ARGOSY_STORAGE_ERRORS_H_

#include "absl/status/status.h"

namespace argosy::storage {

// UNAVAILABLE / COMMIT_UNKNOWN with RetryInfo: the answer to a COMMIT was lost.
absl::Status CommitUnknown();
// DEADLINE_EXCEEDED / DEADLINE_CAPPED.
absl::Status DeadlineCapped();
// RESOURCE_EXHAUSTED / CONCURRENCY_LIMITED with RetryInfo: every connection stayed in use.
absl::Status PoolExhausted();
// UNAVAILABLE / DEPENDENCY_DOWN with RetryInfo: the database does not answer.
absl::Status DatabaseDown();

}  // namespace argosy::storage

#endif  // ARGOSY_STORAGE_ERRORS_H_
