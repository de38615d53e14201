// Rows of facts.
#ifndef ARGOSY_SERVICES_METRICS_STORE_FACT_STORE_H_
#define ARGOSY_SERVICES_METRICS_STORE_FACT_STORE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/ids.h"
#include "services/metrics/domain/fact.h"
#include "services/metrics/domain/ingest.h"
#include "tenants/tenant_txn.h"

namespace argosy::metrics {

// Facts of one kind that occurred in [begin_micros, end_micros) and survive at a knowledge
// sequence.
struct SurvivorRange {
  FactKind kind = FactKind::kNone;
  int64_t begin_micros = 0;
  int64_t end_micros = 0;
  int64_t knowledge_seq = 0;
  std::optional<base::MemberId> member;  // only facts credited to them
};

// Where a listing of one range goes on.
struct SurvivorKey {
  int64_t occurred_micros = 0;
  FactId id;
};

// Stateless; safe to share.
class FactStore {
 public:
  // Revisions of one fact read at once.
  static constexpr int64_t kHistoryRows = 1000;
  // Facts read at once: a prepared result is buffered whole, so that this bounds its memory to
  // about 5 MiB.
  static constexpr int64_t kScanRows = 10'000;

  // Every stored revision of `ids`, which are all different.
  absl::StatusOr<std::vector<KnownRevision>> FindRevisions(tenants::TenantReader& reader,
                                                           absl::Span<const FactId> ids) const;

  // Stores `facts` as part of `batch`. ALREADY_EXISTS when another batch stored one of the
  // revisions meanwhile; then nothing is stored.
  absl::Status Insert(tenants::TenantTxn& txn, const BatchId& batch,
                      absl::Span<const PreparedFact* const> facts,
                      const std::optional<ImportId>& import) const;

  // Revisions of a fact above `after`, lowest first, at most kHistoryRows.
  absl::StatusOr<std::vector<RecordedFact>> History(tenants::TenantReader& reader, const FactId& id,
                                                    int64_t after) const;

  // `revision` of those of `ids` that have it, whole, in no order.
  absl::StatusOr<std::vector<RecordedFact>> FindAtRevision(tenants::TenantReader& reader,
                                                           int64_t revision,
                                                           absl::Span<const FactId> ids) const;

  // Facts of the range after `after`, by occurrence and id, at most `limit`.
  absl::StatusOr<std::vector<RecordedFact>> ListSurvivors(tenants::TenantReader& reader,
                                                          const SurvivorRange& range,
                                                          const std::optional<SurvivorKey>& after,
                                                          int64_t limit) const;

  // Appends all facts of the range to `facts`. RESULT_TOO_LARGE beyond `most` facts in `facts`.
  absl::Status ScanSurvivors(tenants::TenantReader& reader, const SurvivorRange& range,
                             int64_t most, std::vector<RecordedFact>& facts) const;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_STORE_FACT_STORE_H_
