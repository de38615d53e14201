// Storing batches of facts: shared by ingest and by imports.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_FACT_INGEST_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_FACT_INGEST_H_

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "services/metrics/domain/ingest.h"
#include "services/metrics/service/collaborators.h"
#include "tenants/errors.h"
#include "tenants/request_context.h"
#include "tenants/tenant_txn.h"

namespace argosy::metrics {

struct FactBatch {
  std::vector<ParsedFact> facts;  // 1 to kBatchFactsMax
  std::vector<Completeness> completeness;
};

// What a batch records once it is judged.
struct JudgedBatch {
  std::vector<const PreparedFact*> facts;  // revisions that are not stored
  absl::Span<const Completeness> completeness;
  std::optional<ImportId> import;
  absl::Span<const BatchId> withdrawn;  // whose progress no longer counts from here on
};

struct BatchOutcome {
  std::vector<FactVerdict> verdicts;  // one per fact, in order
  KnowledgeHead head;                 // the batch's place, or the latest when nothing was stored
};

// Appends `facts` of one import, or of none, to `batches`: as many as it takes.
void AppendBatches(absl::Span<const PreparedFact* const> facts,
                   const std::optional<ImportId>& import, std::vector<JudgedBatch>& batches);

// Thread-safe as far as its collaborators are.
class FactIngest {
 public:
  // A step that lost a race is run again so often; every run sees the winner's facts.
  static constexpr int kRunsMax = 5;

  explicit FactIngest(const Collaborators& with) : with_(with) {}

  // Runs `step`, a StatusOr<Reply>(TenantTxn&) that runs or records batches, as TenantSession's
  // Ingest does, and again when it lost a race. ABORTED / TXN_CONFLICT after kRunsMax runs.
  template <typename Reply, typename Step>
  absl::StatusOr<Reply> RunStep(const tenants::RequestContext& ctx, Step step) const {
    for (int run = 0; run < kRunsMax; ++run) {
      absl::StatusOr<Reply> reply = with_.db.Ingest<Reply>(ctx, step);
      if (!IsLostRace(reply.status())) return reply;
    }
    return tenants::TxnConflict();
  }

  // Judges `batch` and stores what is accepted, inside the caller's transaction; with validate_only
  // it only judges. Locks the tenant's head last: do nothing slow after it.
  // ALREADY_EXISTS when another batch stored the same revision meanwhile: for RunStep.
  absl::StatusOr<BatchOutcome> Run(const tenants::RequestContext& ctx, tenants::TenantTxn& txn,
                                   const FactBatch& batch) const;

  // `batch`, checked and hashed as Run does, for a caller that must know before it sends.
  absl::StatusOr<std::vector<PreparedFact>> Prepare(const tenants::RequestContext& ctx,
                                                    tenants::TenantReader& reader,
                                                    const FactBatch& batch) const;

  // Stores `batches`, at least one, as the next ones; gives the place of the last. Locks the head,
  // and loses races, as Run: also against what was stored since the caller judged.
  absl::StatusOr<KnowledgeHead> Record(tenants::TenantTxn& txn,
                                       std::vector<JudgedBatch> batches) const;

 private:
  static bool IsLostRace(const absl::Status& status) { return absl::IsAlreadyExists(status); }
  absl::StatusOr<FactSurroundings> Surroundings(const tenants::RequestContext& ctx,
                                                tenants::TenantReader& reader,
                                                const FactBatch& batch) const;

  Collaborators with_;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_FACT_INGEST_H_
