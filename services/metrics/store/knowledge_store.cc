#include "services/metrics/store/knowledge_store.h"

#include "base/clock.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "services/metrics/domain/errors.h"
#include "services/metrics/store/queries.h"
#include "storage/value.h"

namespace argosy::metrics {
namespace {

using storage::Bytes;
using storage::Row;
using storage::Text;
using storage::Value;
using tenants::TenantReader;
using tenants::TenantTxn;

absl::StatusOr<KnowledgeHead> HeadOf(const Row& row) {
  KnowledgeHead head;
  ASSIGN_OR_RETURN(head.sequence, row.Int64(0));
  ASSIGN_OR_RETURN(const int64_t recorded_us, row.Int64(1));
  head.recorded_at = base::FromMicros(recorded_us);
  return head;
}

absl::StatusOr<ProgressMark> MarkOf(const Row& row) {
  ProgressMark mark;
  ASSIGN_OR_RETURN(mark.source, row.Text(0));
  ASSIGN_OR_RETURN(const int64_t kind, row.Int64(1));
  mark.kind = static_cast<FactKind>(kind);
  ASSIGN_OR_RETURN(mark.reached_micros, row.Int64(2));
  return mark;
}

absl::StatusOr<KnowledgeHead> HeadOrNone(TenantReader& reader, const Query& query,
                                         const std::vector<Value>& binds) {
  ASSIGN_OR_RETURN(const std::optional<KnowledgeHead> head,
                   reader.FindOne<KnowledgeHead>(query, binds, HeadOf));
  return head.value_or(KnowledgeHead());
}

}  // namespace

absl::StatusOr<KnowledgeHead> KnowledgeStore::LockHead(TenantTxn& txn) const {
  ASSIGN_OR_RETURN(const std::optional<KnowledgeHead> head,
                   txn.FindOne<KnowledgeHead>(kLockHead, {}, HeadOf));
  if (head.has_value()) return *head;
  // A row that is not there cannot be locked, and whoever asks meanwhile would not wait.
  RETURN_IF_ERROR(txn.Execute(kEnsureHead, {}).status());
  return HeadOrNone(txn, kLockHead, {});
}

absl::Status KnowledgeStore::AdvanceHead(TenantTxn& txn, const KnowledgeHead& current,
                                         const KnowledgeHead& next) const {
  const int64_t recorded_us = base::ToMicros(next.recorded_at);
  ASSIGN_OR_RETURN(const int64_t matched,
                   txn.Execute(kAdvanceHead, {next.sequence, recorded_us, current.sequence}));
  if (matched != 1) return base::Internal("the fact head moved while it was locked");
  return absl::OkStatus();
}

absl::Status KnowledgeStore::InsertBatch(TenantTxn& txn, const BatchId& batch,
                                         const KnowledgeHead& place, int64_t accepted) const {
  return txn
      .Execute(kInsertBatch, {Bytes(batch.ToBytes()), place.sequence,
                              base::ToMicros(place.recorded_at), accepted})
      .status();
}

absl::Status KnowledgeStore::InsertProgress(TenantTxn& txn, const BatchId& batch,
                                            absl::Span<const ProgressMark> marks) const {
  std::vector<std::vector<Value>> rows;
  for (const ProgressMark& mark : marks) {
    rows.push_back({Text(mark.source), static_cast<int64_t>(mark.kind), Bytes(batch.ToBytes()),
                    mark.reached_micros});
  }
  return txn.InsertMany(kInsertProgress, rows);
}

absl::Status KnowledgeStore::WithdrawProgress(TenantTxn& txn, absl::Span<const BatchId> batches,
                                              const BatchId& by) const {
  std::vector<std::vector<Value>> rows;
  for (const BatchId& batch : batches) {
    rows.push_back({Bytes(batch.ToBytes()), Bytes(by.ToBytes())});
  }
  return txn.InsertMany(kInsertWithdrawals, rows);
}

absl::StatusOr<KnowledgeHead> KnowledgeStore::FindHead(TenantReader& reader) const {
  return HeadOrNone(reader, kFindHead, {});
}

absl::StatusOr<KnowledgeHead> KnowledgeStore::AwaitHead(TenantReader& reader) const {
  return HeadOrNone(reader, kAwaitHead, {});
}

absl::StatusOr<KnowledgeHead> KnowledgeStore::FindByTime(TenantReader& reader,
                                                         absl::Time as_of) const {
  return HeadOrNone(reader, kFindBatchByTime, {base::ToMicros(as_of)});
}

absl::StatusOr<std::optional<KnowledgeHead>> KnowledgeStore::FindBySequence(
    TenantReader& reader, int64_t sequence) const {
  return reader.FindOne<KnowledgeHead>(kFindBatchBySequence, {sequence}, HeadOf);
}

absl::StatusOr<std::vector<ProgressMark>> KnowledgeStore::ListProgress(TenantReader& reader,
                                                                       int64_t sequence) const {
  ASSIGN_OR_RETURN(std::vector<ProgressMark> marks,
                   reader.SelectAll<ProgressMark>(kListProgress,
                                                  {sequence, sequence, kProgressMax + 1}, MarkOf));
  if (static_cast<int64_t>(marks.size()) > kProgressMax) {
    return ResultTooLarge("sources and kinds", kProgressMax);
  }
  return marks;
}

}  // namespace argosy::metrics
