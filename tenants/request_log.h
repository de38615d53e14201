// Which requests were done and what was answered: a request_id has at most one effect.
#ifndef ARGOSY_TENANTS_REQUEST_LOG_H_
#define ARGOSY_TENANTS_REQUEST_LOG_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/transaction.h"
#include "tenants/request_context.h"

namespace argosy::tenants {

// Claims the context's request_id in `transaction`, so that the claim lasts exactly when the effect
// does. Nothing when the claim is new; the stored reply's bytes when the request was done before.
// Waits up to 2 s for a call in flight. INVALID_ARGUMENT / REQUEST_ID_REUSED, ABORTED /
// REQUEST_IN_PROGRESS, ALREADY_EXISTS / REQUEST_ALREADY_DONE.
absl::StatusOr<std::optional<std::string>> ClaimRequest(storage::Transaction& transaction,
                                                        const RequestContext& ctx);

// The stored reply's bytes when the request was done before; nothing when it was not, or has not
// ended. Claims nothing. INVALID_ARGUMENT / REQUEST_ID_REUSED, ALREADY_EXISTS /
// REQUEST_ALREADY_DONE.
absl::StatusOr<std::optional<std::string>> FindReply(storage::Transaction& transaction,
                                                     const RequestContext& ctx);

// Keeps `reply` for repeats of the claimed request; a reply above kStoredReplyBytesMax leaves only
// the fact that it was done, and `name`: of the resource that the reply is, or "".
absl::Status StoreReply(storage::Transaction& transaction, const RequestContext& ctx,
                        const std::string& reply, const std::string& name);

// Deletes some requests of the tenant that nobody can repeat any more, a few hundred at most.
absl::Status ForgetExpiredRequests(storage::Transaction& transaction, const RequestContext& ctx);

}  // namespace argosy::tenants

#endif  // ARGOSY_TENANTS_REQUEST_LOG_H_
