#include "tenants/audit.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "base/bytes.h"
#include "base/crypto.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "storage/query.h"
#include "storage/row.h"
#include "storage/value.h"
#include "tenants/errors.h"
#include "tenants/queries.h"

namespace argosy::tenants {
namespace {

using storage::Bytes;
using storage::Row;
using storage::Text;
using storage::Value;

constexpr uint8_t kEntryVersion = 1;
constexpr uint8_t kNotesVersion = 1;
// Entries one statement reads while a chain is verified.
constexpr int64_t kVerifyPage = 500;

std::string EncodeNotes(const AuditNotes& notes) {
  base::ByteWriter writer(kNotesVersion);
  writer.Int(static_cast<int64_t>(notes.size()));
  for (const auto& [key, value] : notes) writer.Text(key).Text(value);
  return writer.bytes();
}

absl::StatusOr<AuditNotes> DecodeNotes(absl::string_view bytes) {
  ASSIGN_OR_RETURN(base::ByteReader reader, base::ByteReader::Open(bytes, kNotesVersion));
  ASSIGN_OR_RETURN(const int64_t count, reader.Int());
  AuditNotes notes;
  for (int64_t i = 0; i < count; ++i) {
    ASSIGN_OR_RETURN(std::string key, reader.Text());
    ASSIGN_OR_RETURN(std::string value, reader.Text());
    notes.emplace_back(std::move(key), std::move(value));
  }
  return notes;
}

absl::StatusOr<std::pair<AuditHead, AuditEntry>> ReadEntry(const Row& row) {
  AuditHead head;
  AuditEntry entry;
  ASSIGN_OR_RETURN(head.seq, row.Int64(0));
  ASSIGN_OR_RETURN(entry.recorded_at_us, row.Int64(1));
  ASSIGN_OR_RETURN(entry.actor, row.Text(2));
  ASSIGN_OR_RETURN(entry.method, row.Text(3));
  ASSIGN_OR_RETURN(entry.resource, row.Text(4));
  ASSIGN_OR_RETURN(const int64_t decision, row.Int64(5));
  entry.decision = static_cast<AuditDecision>(decision);
  ASSIGN_OR_RETURN(entry.reason, row.Text(6));
  ASSIGN_OR_RETURN(const std::string request_id, row.Bytes(7));
  ASSIGN_OR_RETURN(entry.request_id, base::Uuid::FromBytes(request_id));
  ASSIGN_OR_RETURN(entry.call_id, row.Text(8));
  ASSIGN_OR_RETURN(entry.trace_id, row.Text(9));
  ASSIGN_OR_RETURN(entry.reply_digest, row.Bytes(10));
  ASSIGN_OR_RETURN(const std::string notes, row.Bytes(11));
  ASSIGN_OR_RETURN(entry.notes, DecodeNotes(notes));
  ASSIGN_OR_RETURN(head.entry_hash, row.Bytes(12));
  return std::make_pair(std::move(head), std::move(entry));
}

absl::StatusOr<std::optional<AuditHead>> FindHead(storage::Transaction& transaction,
                                                  const Query& query, const Value& tenant) {
  std::optional<AuditHead> found;
  RETURN_IF_ERROR(transaction.Select(query, {tenant}, [&found](const Row& row) -> absl::Status {
    found.emplace();
    ASSIGN_OR_RETURN(found->seq, row.Int64(0));
    ASSIGN_OR_RETURN(found->entry_hash, row.Bytes(1));
    return absl::OkStatus();
  }));
  return found;
}

// The head row, locked; made first when the tenant has none. Another call may make it at the same
// time: that one's row is then the one to lock.
absl::StatusOr<AuditHead> LockHead(storage::Transaction& transaction, const Value& tenant) {
  ASSIGN_OR_RETURN(std::optional<AuditHead> head, FindHead(transaction, kLockAuditHead, tenant));
  if (head.has_value()) return *head;
  const AuditHead empty;
  const absl::Status added =
      transaction.Execute(kAddAuditHead, {tenant, empty.seq, Bytes(empty.entry_hash)}).status();
  if (added.ok()) return empty;
  if (!absl::IsAlreadyExists(added)) return added;
  ASSIGN_OR_RETURN(head, FindHead(transaction, kLockAuditHead, tenant));
  if (!head.has_value()) return base::Internal("the audit head is gone");
  return *head;
}

}  // namespace

std::string CanonicalBytes(const base::TenantUid& tenant, int64_t seq, const AuditEntry& entry) {
  return base::ByteWriter(kEntryVersion)
      .Text(tenant.ToBytes())
      .Int(seq)
      .Int(entry.recorded_at_us)
      .Text(entry.actor)
      .Text(entry.method)
      .Text(entry.resource)
      .Int(static_cast<int64_t>(entry.decision))
      .Text(entry.reason)
      .Text(entry.request_id.ToBytes())
      .Text(entry.call_id)
      .Text(entry.trace_id)
      .Text(entry.reply_digest)
      .Text(EncodeNotes(entry.notes))
      .bytes();
}

std::string EntryHash(absl::string_view previous, absl::string_view canonical) {
  return base::Sha256(absl::StrCat(previous, canonical));
}

absl::StatusOr<AuditHead> AppendAudit(storage::Transaction& transaction,
                                      const base::TenantUid& tenant, const AuditEntry& entry) {
  const Value key = Bytes(tenant.ToBytes());
  ASSIGN_OR_RETURN(const AuditHead before, LockHead(transaction, key));
  AuditHead after;
  after.seq = before.seq + 1;
  after.entry_hash = EntryHash(before.entry_hash, CanonicalBytes(tenant, after.seq, entry));
  RETURN_IF_ERROR(
      transaction
          .Execute(kAppendAudit,
                   {key, after.seq, entry.recorded_at_us, Text(entry.actor), Text(entry.method),
                    Text(entry.resource), static_cast<int64_t>(entry.decision), Text(entry.reason),
                    Bytes(entry.request_id.ToBytes()), Text(entry.call_id), Text(entry.trace_id),
                    Bytes(entry.reply_digest), Bytes(EncodeNotes(entry.notes)),
                    Bytes(before.entry_hash), Bytes(after.entry_hash)})
          .status());
  ASSIGN_OR_RETURN(
      const int64_t moved,
      transaction.Execute(kMoveAuditHead, {after.seq, Bytes(after.entry_hash), key, before.seq}));
  if (moved != 1) return base::Internal("the audit head moved under its lock");
  return after;
}

absl::StatusOr<std::vector<std::pair<AuditHead, AuditEntry>>> ListAudit(
    storage::Transaction& transaction, const base::TenantUid& tenant, int64_t after_seq,
    int64_t limit) {
  std::vector<std::pair<AuditHead, AuditEntry>> entries;
  RETURN_IF_ERROR(transaction.Select(kListAudit, {Bytes(tenant.ToBytes()), after_seq, limit},
                                     [&entries](const Row& row) -> absl::Status {
                                       ASSIGN_OR_RETURN(auto entry, ReadEntry(row));
                                       entries.push_back(std::move(entry));
                                       return absl::OkStatus();
                                     }));
  return entries;
}

absl::StatusOr<AuditHead> VerifyAudit(storage::Transaction& transaction,
                                      const base::TenantUid& tenant) {
  AuditHead walked;
  while (true) {
    ASSIGN_OR_RETURN(const auto page, ListAudit(transaction, tenant, walked.seq, kVerifyPage));
    for (const auto& [stored, entry] : page) {
      if (stored.seq != walked.seq + 1) return ChainBroken(walked.seq + 1, "missing");
      walked.seq = stored.seq;
      walked.entry_hash = EntryHash(walked.entry_hash, CanonicalBytes(tenant, walked.seq, entry));
      if (walked.entry_hash != stored.entry_hash) return ChainBroken(walked.seq, "changed");
    }
    if (static_cast<int64_t>(page.size()) < kVerifyPage) break;
  }
  ASSIGN_OR_RETURN(const std::optional<AuditHead> head,
                   FindHead(transaction, kReadAuditHead, Bytes(tenant.ToBytes())));
  if (head.value_or(AuditHead()) != walked) return ChainBroken(walked.seq, "not the head");
  return walked;
}

}  // namespace argosy::tenants
