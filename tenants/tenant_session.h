// The only way to run tenant SQL.
#ifndef ARGOSY_TENANTS_TENANT_SESSION_H_
#define ARGOSY_TENANTS_TENANT_SESSION_H_

#include <optional>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/fault.h"
#include "base/random.h"
#include "storage/pool.h"
#include "tenants/errors.h"
#include "tenants/request_context.h"
#include "tenants/tenant_sql.h"
#include "tenants/tenant_txn.h"

namespace argosy::tenants {

// Runs reads and writes of one service's schema, each confined to the tenant of its context. Owns
// retries, idempotency and the audit chain. Thread-safe; `pool` and `entropy` outlive it.
//
// All three verbs need a context with a tenant (INTERNAL without one) and share these refusals:
// DEADLINE_EXCEEDED / DEADLINE_CAPPED, UNAVAILABLE / DEPENDENCY_DOWN, ABORTED / TXN_CONFLICT after
// kTransactionRunsMax runs, RESOURCE_EXHAUSTED / CONCURRENCY_LIMITED.
class TenantSession {
 public:
  TenantSession(storage::Pool& pool, base::EntropySource& entropy)
      : pool_(pool), entropy_(entropy) {}
  TenantSession(const TenantSession&) = delete;
  TenantSession& operator=(const TenantSession&) = delete;

  // Runs `body`, a StatusOr<T>(TenantReader&), in one read-only snapshot: all its statements see
  // one state. The body may run more than once.
  template <typename T, typename Body>
  absl::StatusOr<T> Read(const RequestContext& ctx, Body body) {
    std::optional<T> result;
    absl::Status status = RunRead(
        ctx, [&](TenantReader& reader) -> absl::Status { return Keep<T>(body(reader), result); });
    if (!status.ok()) return status;
    return *std::move(result);
  }

  // Runs `body`, a StatusOr<Reply>(TenantTxn&), once per request_id: claims the id, runs the body,
  // stores the reply, appends to the audit chain and commits, all or nothing. A repeat of the same
  // request gives the stored reply without running the body. With validate_only nothing lasts.
  // The body may run more than once: it touches only the transaction and its locals, makes no RPC,
  // logs no secret. Refusals besides those of the class:
  //   INVALID_ARGUMENT / REQUEST_ID_REUSED   the id belongs to another request
  //   ABORTED / REQUEST_IN_PROGRESS          the first call did not end within 2 s
  //   ALREADY_EXISTS / REQUEST_ALREADY_DONE  done before, reply over 64 KiB: IsReplyNotStored(),
  //                                          the caller reads again, where the reply has a `name`
  //                                          what FindNameOfReplyNotStored() gives
  //   UNAVAILABLE / COMMIT_UNKNOWN           repeat with the same request_id
  template <typename Reply, typename Body>
  absl::StatusOr<Reply> Mutate(const RequestContext& ctx, Body body) {
    std::optional<Reply> reply;
    absl::StatusOr<std::optional<std::string>> replayed = RunMutation(
        ctx, [&](TenantTxn& txn) -> absl::Status { return Keep<Reply>(body(txn), reply); },
        [&] { return ReplyToStore{.bytes = reply->SerializeAsString(), .name = NameOf(*reply)}; });
    if (!replayed.ok()) return std::move(replayed).status();
    if (!replayed->has_value()) return *std::move(reply);
    return ParseReply<Reply>(**replayed);
  }

  // The reply that Mutate would give without running its body, or nothing when the request was not
  // done before. For a use case that prepares outside the transaction: what has changed since the
  // first call must not refuse its repeat. REQUEST_ID_REUSED and REQUEST_ALREADY_DONE as Mutate.
  template <typename Reply>
  absl::StatusOr<std::optional<Reply>> FindReply(const RequestContext& ctx) {
    absl::StatusOr<std::optional<std::string>> replayed = RunFindReply(ctx);
    if (!replayed.ok()) return std::move(replayed).status();
    if (!replayed->has_value()) return std::optional<Reply>();
    return ParseReply<Reply>(**replayed);
  }

  // Runs `body`, a StatusOr<Reply>(TenantTxn&), whose effects are idempotent by content: no
  // request_id is claimed. The audit entry carries the counts the body notes. The body may run more
  // than once. After UNAVAILABLE / COMMIT_UNKNOWN the same content may be sent again.
  template <typename Reply, typename Body>
  absl::StatusOr<Reply> Ingest(const RequestContext& ctx, Body body) {
    std::optional<Reply> reply;
    absl::Status status = RunIngest(
        ctx, [&](TenantTxn& txn) -> absl::Status { return Keep<Reply>(body(txn), reply); },
        [&] { return reply->SerializeAsString(); });
    if (!status.ok()) return status;
    return *std::move(reply);
  }

  // Records in the tenant's chain that this call was denied for `reason`. The caller limits how
  // often.
  absl::Status RecordDenial(const RequestContext& ctx, absl::string_view reason);

 private:
  using ReadBody = absl::FunctionRef<absl::Status(TenantReader&)>;
  using WriteBody = absl::FunctionRef<absl::Status(TenantTxn&)>;
  using ReplyBytes = absl::FunctionRef<std::string()>;
  struct ReplyToStore {
    std::string bytes;
    std::string name;  // of the resource that the reply is; "" when it is none
  };
  using MadeReply = absl::FunctionRef<ReplyToStore()>;

  template <typename Reply>
  static std::string NameOf(const Reply& reply) {
    if constexpr (requires { std::string(reply.name()); }) return reply.name();
    return "";
  }

  template <typename T>
  static absl::Status Keep(absl::StatusOr<T> result, std::optional<T>& kept) {
    if (!result.ok()) return std::move(result).status();
    kept.emplace(*std::move(result));
    return absl::OkStatus();
  }

  template <typename Reply>
  static absl::StatusOr<Reply> ParseReply(const std::string& bytes) {
    Reply stored;
    if (!stored.ParseFromString(bytes)) return base::Internal("a stored reply cannot be parsed");
    return stored;
  }

  absl::StatusOr<std::optional<std::string>> RunFindReply(const RequestContext& ctx);
  // The stored reply when the request was done before, or nothing after running `body`.
  absl::StatusOr<std::optional<std::string>> RunMutation(const RequestContext& ctx, WriteBody body,
                                                         MadeReply reply);
  absl::StatusOr<std::optional<std::string>> MutateOnce(const RequestContext& ctx, WriteBody body,
                                                        MadeReply reply);
  absl::Status RunRead(const RequestContext& ctx, ReadBody body);
  absl::Status RunIngest(const RequestContext& ctx, WriteBody body, ReplyBytes reply);
  absl::Status IngestOnce(const RequestContext& ctx, WriteBody body, ReplyBytes reply);
  absl::Status Retry(const RequestContext& ctx, absl::FunctionRef<absl::Status()> run);

  storage::Pool& pool_;
  base::EntropySource& entropy_;
  QueryBook book_;
};

}  // namespace argosy::tenants

#endif  // ARGOSY_TENANTS_TENANT_SESSION_H_
