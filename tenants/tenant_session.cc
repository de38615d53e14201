#include "tenants/tenant_session.h"

#include <cstdint>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/status_macros.h"
#include "storage/transaction.h"
#include "tenants/audit.h"
#include "tenants/errors.h"
#include "tenants/request_log.h"
#include "tenants/retry.h"

namespace argosy::tenants {
namespace {

using storage::Transaction;
using storage::TransactionKind;

// One mutation in so many also forgets old requests of its tenant: often enough that the table does
// not grow (each round forgets up to 256), seldom enough that nobody notices the time.
constexpr uint64_t kForgetEvery = 128;

absl::Status CheckTenant(const RequestContext& ctx) {
  return ctx.has_tenant() ? absl::OkStatus()
                          : base::Internal("a call without a tenant has no rows");
}

AuditEntry EntryOf(const RequestContext& ctx) {
  return AuditEntry{.recorded_at_us = base::ToMicros(ctx.now()),
                    .actor = ctx.tenant().actor(),
                    .method = ctx.method(),
                    .resource = ctx.resource(),
                    .request_id = ctx.request_id(),
                    .call_id = ctx.call_id(),
                    .trace_id = ctx.trace_id()};
}

}  // namespace

absl::Status TenantSession::Retry(const RequestContext& ctx,
                                  absl::FunctionRef<absl::Status()> run) {
  RETURN_IF_ERROR(CheckTenant(ctx));
  const RetryTerms terms{
      .clock = pool_.clock(), .entropy = entropy_, .deadline = ctx.tenant().deadline()};
  return RunWithRetry(terms, run);
}

absl::Status TenantSession::RunRead(const RequestContext& ctx, ReadBody body) {
  return Retry(ctx, [&]() -> absl::Status {
    ASSIGN_OR_RETURN(Transaction transaction, Transaction::Begin(pool_, TransactionKind::kSnapshot,
                                                                 ctx.tenant().deadline()));
    TenantReader reader(transaction, ctx.tenant().tenant_uid(), book_);
    return body(reader);
  });
}

absl::StatusOr<std::optional<std::string>> TenantSession::RunFindReply(const RequestContext& ctx) {
  absl::StatusOr<std::optional<std::string>> found = std::optional<std::string>();
  if (ctx.validate_only()) return found;
  const absl::Status status = Retry(ctx, [&]() -> absl::Status {
    ASSIGN_OR_RETURN(Transaction transaction, Transaction::Begin(pool_, TransactionKind::kSnapshot,
                                                                 ctx.tenant().deadline()));
    found = tenants::FindReply(transaction, ctx);
    return found.status();
  });
  if (IsReplyNotStored(status)) ctx.CountClaim();
  RETURN_IF_ERROR(status);
  if (found->has_value()) ctx.CountClaim();
  return found;
}

absl::StatusOr<std::optional<std::string>> TenantSession::RunMutation(const RequestContext& ctx,
                                                                      WriteBody body,
                                                                      MadeReply reply) {
  absl::StatusOr<std::optional<std::string>> outcome = std::optional<std::string>();
  const absl::Status status = Retry(ctx, [&] {
    outcome = MutateOnce(ctx, body, reply);
    return outcome.status();
  });
  // A replay all the same, which the caller answers by reading.
  if (status.ok() || IsReplyNotStored(status)) ctx.CountClaim();
  RETURN_IF_ERROR(status);
  return outcome;
}

absl::StatusOr<std::optional<std::string>> TenantSession::MutateOnce(const RequestContext& ctx,
                                                                     WriteBody body,
                                                                     MadeReply reply) {
  ASSIGN_OR_RETURN(Transaction transaction,
                   Transaction::Begin(pool_, TransactionKind::kReadWrite, ctx.tenant().deadline()));
  TenantTxn txn(transaction, ctx.tenant().tenant_uid(), book_);
  if (ctx.validate_only()) {
    RETURN_IF_ERROR(body(txn));
    transaction.Rollback();
    return std::optional<std::string>();
  }
  ASSIGN_OR_RETURN(std::optional<std::string> stored, ClaimRequest(transaction, ctx));
  if (stored.has_value()) return stored;
  RETURN_IF_ERROR(body(txn));
  ReplyToStore made = reply();
  const std::string storable = ctx.StorableReply(std::move(made.bytes));
  RETURN_IF_ERROR(StoreReply(transaction, ctx, storable, made.name));
  if (entropy_.Uint64() % kForgetEvery == 0) {
    RETURN_IF_ERROR(ForgetExpiredRequests(transaction, ctx));
  }
  AuditEntry entry = EntryOf(ctx);
  entry.reply_digest = base::Sha256(storable);
  entry.notes = std::move(txn.notes_);
  RETURN_IF_ERROR(AppendAudit(transaction, ctx.tenant().tenant_uid(), entry).status());
  RETURN_IF_ERROR(transaction.Commit());
  return std::optional<std::string>();
}

absl::Status TenantSession::RunIngest(const RequestContext& ctx, WriteBody body, ReplyBytes reply) {
  return Retry(ctx, [&] { return IngestOnce(ctx, body, reply); });
}

absl::Status TenantSession::IngestOnce(const RequestContext& ctx, WriteBody body,
                                       ReplyBytes reply) {
  ASSIGN_OR_RETURN(Transaction transaction,
                   Transaction::Begin(pool_, TransactionKind::kReadWrite, ctx.tenant().deadline()));
  TenantTxn txn(transaction, ctx.tenant().tenant_uid(), book_);
  RETURN_IF_ERROR(body(txn));
  if (ctx.validate_only()) {
    transaction.Rollback();
    return absl::OkStatus();
  }
  AuditEntry entry = EntryOf(ctx);
  entry.reply_digest = base::Sha256(ctx.StorableReply(reply()));
  entry.notes = std::move(txn.notes_);
  RETURN_IF_ERROR(AppendAudit(transaction, ctx.tenant().tenant_uid(), entry).status());
  return transaction.Commit();
}

absl::Status TenantSession::RecordDenial(const RequestContext& ctx, absl::string_view reason) {
  return Retry(ctx, [&]() -> absl::Status {
    ASSIGN_OR_RETURN(Transaction transaction, Transaction::Begin(pool_, TransactionKind::kReadWrite,
                                                                 ctx.tenant().deadline()));
    AuditEntry entry = EntryOf(ctx);
    entry.decision = AuditDecision::kDenied;
    entry.reason = std::string(reason);
    RETURN_IF_ERROR(AppendAudit(transaction, ctx.tenant().tenant_uid(), entry).status());
    return transaction.Commit();
  });
}

}  // namespace argosy::tenants
