#include "storage/sql_error.h"

#include <cppconn/exception.h>

#include <algorithm>
#include <array>
#include <exception>
#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "base/fault.h"
#include "storage/errors.h"

namespace argosy::storage {
namespace {

constexpr char kPayloadUrl[] = "argosy.dev/sql_error";
// A deadlock clears as soon as the other transaction ends.
constexpr absl::Duration kRetryAfterConflict = absl::Milliseconds(100);

// The server is unreachable, going down, full or has dropped us.
constexpr std::array kLostCodes = {
    1040,  // too many connections
    1053,  // server shutdown in progress
    1158,
    1159,
    1160,
    1161,  // network read and write errors
    kErrorConnectionKilled,
    2002,
    2003,  // cannot connect
    kErrorServerGone,
    2012,
    kErrorServerLost,
    2055,  // handshake, query, system error while reading
};

template <size_t N>
bool Holds(const std::array<int, N>& codes, int code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

absl::Status Conflict() {
  return base::MakeFault(absl::StatusCode::kAborted, "the transaction lost against another",
                         {.reason = "TXN_CONFLICT", .retry_after = kRetryAfterConflict});
}

absl::Status StatusOfCode(int code, absl::string_view name, absl::string_view text) {
  if (Holds(kLostCodes, code)) return DatabaseDown();
  switch (code) {
    case kErrorDeadlock:
    case kErrorLockWaitTimeout:
      return Conflict();
    case kErrorDuplicateKey:
      return base::MakeFault(absl::StatusCode::kAlreadyExists, "a row with this key exists",
                             {.reason = "RESOURCE_EXISTS"});
    case kErrorRowIsReferenced:
      return base::MakeFault(absl::StatusCode::kFailedPrecondition, "other rows refer to this one",
                             {.reason = "HAS_CHILDREN",
                              .precondition = base::PreconditionFault{
                                  .type = "CHILDREN", .description = "delete them first"}});
    case kErrorNoReferencedRow:
      return base::MakeFault(absl::StatusCode::kFailedPrecondition,
                             "the row refers to one that does not exist",
                             {.reason = "STATE_NOT_ALLOWED",
                              .precondition = base::PreconditionFault{
                                  .type = "STATE", .description = "create the other one first"}});
    case kErrorStatementTimeout:
      return DeadlineCapped();
    default:
      return base::Internal(absl::StrCat("statement ", name, ": error ", code, ": ", text));
  }
}

}  // namespace

absl::Status SqlError(int code, absl::string_view name, absl::string_view text) {
  absl::Status status = StatusOfCode(code, name, text);
  status.SetPayload(kPayloadUrl, absl::Cord(absl::StrCat(code)));
  return status;
}

int SqlErrorCode(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayloadUrl);
  int code = 0;
  if (!payload.has_value() || !absl::SimpleAtoi(std::string(*payload), &code)) return 0;
  return code;
}

bool FromDatabase(const absl::Status& status) { return status.GetPayload(kPayloadUrl).has_value(); }

bool IsRetryable(const absl::Status& status) {
  const int code = SqlErrorCode(status);
  return code == kErrorDeadlock || code == kErrorLockWaitTimeout;
}

bool KeepsConnection(int code) {
  constexpr std::array kHarmless = {kErrorDuplicateKey,    kErrorLockWaitTimeout, kErrorDeadlock,
                                    kErrorRowIsReferenced, kErrorNoReferencedRow, kErrorTooLong,
                                    kErrorOutOfRange};
  return Holds(kHarmless, code);
}

absl::Status GuardSql(absl::string_view name, absl::FunctionRef<absl::Status()> body) {
  try {
    return body();
  } catch (const sql::SQLException& error) {
    return SqlError(error.getErrorCode(), name, error.what());
  } catch (const std::exception& error) {
    return SqlError(0, name, error.what());
  }
}

}  // namespace argosy::storage
