#include "tenants/errors.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "base/fault.h"

namespace argosy::tenants {
namespace {

// The call in flight has had 2 s; give it as long again.
constexpr absl::Duration kRetryAfterFlight = absl::Seconds(2);
// The rows were contended for the whole of this call; wait longer than its own pauses.
constexpr absl::Duration kRetryAfterConflict = absl::Milliseconds(500);

constexpr absl::string_view kAlreadyDone = "REQUEST_ALREADY_DONE";
constexpr absl::string_view kNameKey = "name";

}  // namespace

absl::Status RequestIdReused(const base::Uuid& request_id) {
  const std::string id = request_id.ToString();
  return base::MakeFault(absl::StatusCode::kInvalidArgument,
                         absl::StrCat("request_id '", id, "' belongs to another request"),
                         {.reason = "REQUEST_ID_REUSED", .metadata = {{"request_id", id}}});
}

absl::Status RequestInProgress(const base::Uuid& request_id) {
  const std::string id = request_id.ToString();
  return base::MakeFault(absl::StatusCode::kAborted,
                         absl::StrCat("a call with request_id '", id, "' is still running"),
                         {.reason = "REQUEST_IN_PROGRESS",
                          .metadata = {{"request_id", id}},
                          .retry_after = kRetryAfterFlight});
}

absl::Status RequestAlreadyDone(const base::Uuid& request_id, absl::string_view name) {
  const std::string id = request_id.ToString();
  base::Fault fault{.reason = std::string(kAlreadyDone), .metadata = {{"request_id", id}}};
  if (!name.empty()) fault.metadata.emplace_back(kNameKey, name);
  return base::MakeFault(
      absl::StatusCode::kAlreadyExists,
      absl::StrCat("the request '", id, "' was done; its reply was too large to keep"),
      std::move(fault));
}

absl::Status TxnConflict() {
  return base::MakeFault(absl::StatusCode::kAborted,
                         "the change lost against others every time it was tried",
                         {.reason = "TXN_CONFLICT", .retry_after = kRetryAfterConflict});
}

absl::Status ChainBroken(int64_t seq, absl::string_view what) {
  return base::MakeFault(absl::StatusCode::kDataLoss,
                         absl::StrCat("the audit chain is broken at entry ", seq, ": ", what),
                         {.reason = "CHAIN_BROKEN", .metadata = {{"seq", absl::StrCat(seq)}}});
}

bool IsReplyNotStored(const absl::Status& status) { return base::ReasonOf(status) == kAlreadyDone; }

std::optional<std::string> FindNameOfReplyNotStored(const absl::Status& status) {
  const std::optional<base::Fault> fault = base::FindFault(status);
  if (!fault.has_value() || fault->reason != kAlreadyDone) return std::nullopt;
  for (const auto& [key, value] : fault->metadata) {
    if (key == kNameKey) return value;
  }
  return std::nullopt;
}

}  // namespace argosy::tenants
