// The refusals of the tenancy kernel, one function each.
#ifndef ARGOSY_TENANTS_ERRORS_H_
#define ARGOSY_TENANTS_ERRORS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "base/ids.h"

namespace argosy::tenants {

// INVALID_ARGUMENT / REQUEST_ID_REUSED: the id was used for another request.
absl::Status RequestIdReused(const base::Uuid& request_id);
// ABORTED / REQUEST_IN_PROGRESS with RetryInfo: the first call with this id has not ended.
absl::Status RequestInProgress(const base::Uuid& request_id);
// ALREADY_EXISTS / REQUEST_ALREADY_DONE: done before, and the reply was too large to keep. `name`
// is that of the resource replied, or "".
absl::Status RequestAlreadyDone(const base::Uuid& request_id, absl::string_view name);
// ABORTED / TXN_CONFLICT with RetryInfo.
absl::Status TxnConflict();
// DATA_LOSS / CHAIN_BROKEN at `seq`.
absl::Status ChainBroken(int64_t seq, absl::string_view what);

// True when the call was done before and its reply must be read again as current state.
bool IsReplyNotStored(const absl::Status& status);
// The resource to read then, where the reply was one resource; else nothing.
std::optional<std::string> FindNameOfReplyNotStored(const absl::Status& status);

}  // namespace argosy::tenants

#endif  // ARGOSY_TENANTS_ERRORS_H_
