// What a database error means: the one place that knows vendor codes.
#ifndef ARGOSY_STORAGE_SQL_ERROR_H_
#define ARGOSY_STORAGE_SQL_ERROR_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace argosy::storage {

// The vendor codes somebody decides on.
inline constexpr int kErrorDuplicateKey = 1062;
inline constexpr int kErrorLockWaitTimeout = 1205;
inline constexpr int kErrorOutOfRange = 1264;
inline constexpr int kErrorDeadlock = 1213;
inline constexpr int kErrorTooLong = 1406;
inline constexpr int kErrorRowIsReferenced = 1451;
inline constexpr int kErrorNoReferencedRow = 1452;
inline constexpr int kErrorConnectionKilled = 1927;
inline constexpr int kErrorStatementTimeout = 1969;
inline constexpr int kErrorServerGone = 2006;
inline constexpr int kErrorServerLost = 2013;

// The status of vendor error `code` in statement `name`:
//   1213, 1205        ABORTED / TXN_CONFLICT, retryable
//   1062              ALREADY_EXISTS / RESOURCE_EXISTS
//   1451              FAILED_PRECONDITION / HAS_CHILDREN
//   1452              FAILED_PRECONDITION / STATE_NOT_ALLOWED
//   1969              DEADLINE_EXCEEDED / DEADLINE_CAPPED
//   lost connections  UNAVAILABLE / DEPENDENCY_DOWN
//   anything else     INTERNAL / INTERNAL
// `text` is for the log and appears only in an INTERNAL message, which the edge masks.
absl::Status SqlError(int code, absl::string_view name, absl::string_view text);

// The vendor code `status` came from, or 0 when it came from no database error.
int SqlErrorCode(const absl::Status& status);

// True when the server or the connector reported `status`, with or without a vendor code.
bool FromDatabase(const absl::Status& status);

// True for a deadlock or a lock wait that timed out: the whole transaction may run again.
bool IsRetryable(const absl::Status& status);

// True for vendor errors after which a connection is still good: the others discard it.
bool KeepsConnection(int code);

// Runs `body` and turns what the connector throws into SqlError. The only catch of the project's
// database code.
absl::Status GuardSql(absl::string_view name, absl::FunctionRef<absl::Status()> body);

}  // namespace argosy::storage

#endif  // ARGOSY_STORAGE_SQL_ERROR_H_
