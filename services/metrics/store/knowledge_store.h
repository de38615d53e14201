// The order of knowledge: batches, their head, and how far sources have reported.
#ifndef ARGOSY_SERVICES_METRICS_STORE_KNOWLEDGE_STORE_H_
#define ARGOSY_SERVICES_METRICS_STORE_KNOWLEDGE_STORE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/metrics/domain/ingest.h"
#include "services/metrics/domain/watermark.h"
#include "services/metrics/store/fact_store.h"
#include "tenants/tenant_txn.h"

namespace argosy::metrics {

// Stateless; safe to share. A head of sequence 0 stands for a tenant without batches.
class KnowledgeStore {
 public:
  // Sources times kinds of a tenant: more would cost every answer more than its facts do.
  static constexpr int64_t kProgressMax = 100'000;

  // The head, made if there is none, and locked until COMMIT: nobody else can take a place in the
  // order meanwhile, and AwaitHead waits.
  absl::StatusOr<KnowledgeHead> LockHead(tenants::TenantTxn& txn) const;
  // Moves the head from `current`, which must be locked, to `next`.
  absl::Status AdvanceHead(tenants::TenantTxn& txn, const KnowledgeHead& current,
                           const KnowledgeHead& next) const;
  absl::Status InsertBatch(tenants::TenantTxn& txn, const BatchId& batch,
                           const KnowledgeHead& place, int64_t accepted) const;
  absl::Status InsertProgress(tenants::TenantTxn& txn, const BatchId& batch,
                              absl::Span<const ProgressMark> marks) const;
  // From the batch `by` on, the progress of `batches` no longer counts.
  absl::Status WithdrawProgress(tenants::TenantTxn& txn, absl::Span<const BatchId> batches,
                                const BatchId& by) const;

  absl::StatusOr<KnowledgeHead> FindHead(tenants::TenantReader& reader) const;
  // The head once no batch is being recorded: a batch that begins later reads its clock later.
  absl::StatusOr<KnowledgeHead> AwaitHead(tenants::TenantReader& reader) const;
  // The last batch recorded at or before `as_of`; sequence 0 when there is none.
  absl::StatusOr<KnowledgeHead> FindByTime(tenants::TenantReader& reader, absl::Time as_of) const;
  // The batch with `sequence`, or nothing.
  absl::StatusOr<std::optional<KnowledgeHead>> FindBySequence(tenants::TenantReader& reader,
                                                              int64_t sequence) const;
  // The furthest mark of each source and kind known at `sequence`. RESULT_TOO_LARGE beyond
  // kProgressMax.
  absl::StatusOr<std::vector<ProgressMark>> ListProgress(tenants::TenantReader& reader,
                                                         int64_t sequence) const;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_STORE_KNOWLEDGE_STORE_H_
