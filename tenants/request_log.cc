#include "tenants/request_log.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "storage/query.h"
#include "storage/row.h"
#include "storage/sql_error.h"
#include "storage/value.h"
#include "tenants/errors.h"
#include "tenants/plan_limits.h"
#include "tenants/queries.h"

namespace argosy::tenants {
namespace {

using storage::Bytes;
using storage::Row;
using storage::Text;
using storage::Value;

// The reply is in the row, or it was too large and only its name is, or the transaction has not got
// so far.
constexpr char kClaimed[] = "CLAIMED";
constexpr char kStored[] = "STORED";
constexpr char kTooLarge[] = "TOO_LARGE";

struct LoggedRequest {
  std::string payload_hash;
  std::string reply_state;
  std::optional<std::string> reply;
  int64_t expires_at_us = 0;
};

absl::StatusOr<LoggedRequest> ReadLoggedRequest(const Row& row) {
  LoggedRequest logged;
  ASSIGN_OR_RETURN(logged.payload_hash, row.Bytes(0));
  ASSIGN_OR_RETURN(logged.reply_state, row.Text(1));
  ASSIGN_OR_RETURN(logged.reply, row.OptionalBytes(2));
  ASSIGN_OR_RETURN(logged.expires_at_us, row.Int64(3));
  return logged;
}

void AppendKey(const RequestContext& ctx, std::vector<Value>& binds) {
  binds.emplace_back(Bytes(ctx.tenant().tenant_uid().ToBytes()));
  binds.emplace_back(Text(ctx.tenant().actor()));
  binds.emplace_back(Text(ctx.method()));
  binds.emplace_back(Bytes(ctx.request_id().ToBytes()));
}

int64_t ExpiryOf(const RequestContext& ctx) { return base::ToMicros(ctx.now() + kRequestMemory); }

absl::StatusOr<std::optional<LoggedRequest>> FindRequest(storage::Transaction& transaction,
                                                         const RequestContext& ctx) {
  std::vector<Value> key;
  AppendKey(ctx, key);
  std::optional<LoggedRequest> found;
  RETURN_IF_ERROR(transaction.Select(kFindRequest, key, [&found](const Row& row) -> absl::Status {
    ASSIGN_OR_RETURN(found, ReadLoggedRequest(row));
    return absl::OkStatus();
  }));
  return found;
}

// What a repeat of a request that was done is answered.
absl::StatusOr<std::optional<std::string>> AnswerOf(const LoggedRequest& logged,
                                                    const RequestContext& ctx) {
  if (logged.payload_hash != ctx.payload_hash()) return RequestIdReused(ctx.request_id());
  if (logged.reply_state == kTooLarge) {
    return RequestAlreadyDone(ctx.request_id(), logged.reply.value_or(""));
  }
  if (logged.reply_state != kStored || !logged.reply.has_value()) {
    return base::Internal("a committed request without a reply");
  }
  return logged.reply;
}

// Takes over the row of a request so old that its id is free again.
absl::StatusOr<std::optional<std::string>> Reclaim(storage::Transaction& transaction,
                                                   const RequestContext& ctx,
                                                   int64_t expired_at_us) {
  std::vector<Value> binds = {Bytes(ctx.payload_hash()), Text(kClaimed), base::ToMicros(ctx.now()),
                              ExpiryOf(ctx)};
  AppendKey(ctx, binds);
  binds.emplace_back(expired_at_us);
  ASSIGN_OR_RETURN(const int64_t taken, transaction.Execute(kReclaimRequest, binds));
  if (taken != 1) return RequestInProgress(ctx.request_id());
  return std::optional<std::string>();
}

}  // namespace

absl::StatusOr<std::optional<std::string>> ClaimRequest(storage::Transaction& transaction,
                                                        const RequestContext& ctx) {
  if (ctx.request_id().is_nil() || ctx.payload_hash().size() != 32) {
    return base::Internal("a mutation without request_id and payload hash");
  }
  std::vector<Value> binds;
  AppendKey(ctx, binds);
  binds.emplace_back(Bytes(ctx.payload_hash()));
  binds.emplace_back(Text(kClaimed));
  binds.emplace_back(base::ToMicros(ctx.now()));
  binds.emplace_back(ExpiryOf(ctx));
  const absl::Status claimed = transaction.Execute(kClaimRequest, binds).status();
  if (claimed.ok()) return std::optional<std::string>();
  // The row is locked by the call that claimed it and has not ended.
  if (storage::SqlErrorCode(claimed) == storage::kErrorLockWaitTimeout) {
    return RequestInProgress(ctx.request_id());
  }
  if (!absl::IsAlreadyExists(claimed)) return claimed;

  ASSIGN_OR_RETURN(const std::optional<LoggedRequest> logged, FindRequest(transaction, ctx));
  // Gone between the two statements: it was being forgotten.
  if (!logged.has_value()) return RequestInProgress(ctx.request_id());
  if (logged->expires_at_us <= base::ToMicros(ctx.now())) {
    return Reclaim(transaction, ctx, logged->expires_at_us);
  }
  return AnswerOf(*logged, ctx);
}

absl::StatusOr<std::optional<std::string>> FindReply(storage::Transaction& transaction,
                                                     const RequestContext& ctx) {
  ASSIGN_OR_RETURN(const std::optional<LoggedRequest> logged, FindRequest(transaction, ctx));
  if (!logged.has_value() || logged->expires_at_us <= base::ToMicros(ctx.now())) {
    return std::optional<std::string>();
  }
  return AnswerOf(*logged, ctx);
}

absl::Status StoreReply(storage::Transaction& transaction, const RequestContext& ctx,
                        const std::string& reply, const std::string& name) {
  std::vector<Value> binds;
  if (reply.size() > kStoredReplyBytesMax) {
    binds = {Text(kTooLarge), Bytes(name)};
  } else {
    binds = {Text(kStored), Bytes(reply)};
  }
  AppendKey(ctx, binds);
  ASSIGN_OR_RETURN(const int64_t stored, transaction.Execute(kStoreReply, binds));
  return stored == 1 ? absl::OkStatus() : base::Internal("the claimed request is gone");
}

absl::Status ForgetExpiredRequests(storage::Transaction& transaction, const RequestContext& ctx) {
  const std::vector<Value> binds = {Bytes(ctx.tenant().tenant_uid().ToBytes()),
                                    base::ToMicros(ctx.now())};
  return transaction.Execute(kForgetRequests, binds).status();
}

}  // namespace argosy::tenants
