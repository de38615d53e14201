#include "services/teams/store/stage_evaluation_store.h"

#include <utility>

#include "base/clock.h"
#include "base/ids.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/teams/domain/errors.h"
#include "services/teams/domain/names.h"
#include "services/teams/store/columns.h"
#include "services/teams/store/queries.h"
#include "storage/row.h"
#include "storage/value.h"

namespace argosy::teams {
namespace {

using storage::Bytes;
using storage::Row;

absl::StatusOr<StoredEvaluation> ReadEvaluation(const Row& row) {
  StoredEvaluation evaluation;
  ASSIGN_OR_RETURN(const base::Uuid id, ReadUuid(row, 0));
  evaluation.id = StageEvaluationId(id);
  ASSIGN_OR_RETURN(const std::string evidence, row.Bytes(1));
  ASSIGN_OR_RETURN(evaluation.evidence_digest, row.Bytes(2));
  ASSIGN_OR_RETURN(const int64_t created_us, row.Int64(3));
  absl::StatusOr<StageEvidence> read = DecodeEvidence(evidence);
  if (!read.ok()) return EvidenceUnreadable();
  evaluation.evidence = *std::move(read);
  evaluation.created_at = base::FromMicros(created_us);
  return evaluation;
}

absl::StatusOr<StageInputs> ReadInputs(const Row& row) {
  ASSIGN_OR_RETURN(const std::string bytes, row.Bytes(0));
  absl::StatusOr<StageInputs> inputs = DecodeInputs(bytes);
  if (!inputs.ok()) return EvidenceUnreadable();
  return inputs;
}

absl::Status Missing(const base::TenantId& tenant, const StageEvaluationId& id) {
  return ResourceMissing("argosy.dev/StageEvaluation", EvaluationName(tenant, id));
}

}  // namespace

absl::Status StageEvaluationStore::Insert(tenants::TenantTxn& txn,
                                          const StoredEvaluation& evaluation,
                                          const StageInputs& inputs) const {
  return txn
      .Execute(kInsertEvaluation,
               {Bytes(evaluation.id.ToBytes()), base::ToDayNumber(inputs.moment.cut),
                Bytes(EncodeInputs(inputs)), Bytes(EncodeEvidence(evaluation.evidence)),
                Bytes(evaluation.evidence_digest), base::ToMicros(evaluation.created_at)})
      .status();
}

absl::StatusOr<StoredEvaluation> StageEvaluationStore::Get(tenants::TenantReader& reader,
                                                           const base::TenantId& tenant,
                                                           const StageEvaluationId& id) const {
  ASSIGN_OR_RETURN(
      std::optional<StoredEvaluation> found,
      reader.FindOne<StoredEvaluation>(kFindEvaluation, {Bytes(id.ToBytes())}, ReadEvaluation));
  if (!found.has_value()) return Missing(tenant, id);
  return *std::move(found);
}

absl::StatusOr<StageInputs> StageEvaluationStore::GetInputs(tenants::TenantReader& reader,
                                                            const base::TenantId& tenant,
                                                            const StageEvaluationId& id) const {
  ASSIGN_OR_RETURN(
      std::optional<StageInputs> found,
      reader.FindOne<StageInputs>(kFindEvaluationInputs, {Bytes(id.ToBytes())}, ReadInputs));
  if (!found.has_value()) return Missing(tenant, id);
  return *std::move(found);
}

absl::StatusOr<std::vector<StoredEvaluation>> StageEvaluationStore::List(
    tenants::TenantReader& reader, const std::optional<StageEvaluationId>& before,
    int64_t limit) const {
  // No UUIDv7 has sixteen bytes of ones.
  const std::string key =
      before.has_value() ? before->ToBytes() : std::string(base::Uuid::kBytes, '\xFF');
  return reader.SelectAll<StoredEvaluation>(kListEvaluations, {Bytes(key), limit}, ReadEvaluation);
}

}  // namespace argosy::teams
