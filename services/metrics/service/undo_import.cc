#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "base/status_macros.h"
#include "services/metrics/domain/fact_codec.h"
#include "services/metrics/domain/import_plan.h"
#include "services/metrics/service/import_convert.h"
#include "services/metrics/service/import_service.h"
#include "services/metrics/service/names.h"

namespace argosy::metrics {

absl::StatusOr<v1::UndoImportResponse> ImportService::UndoImport(
    const tenants::RequestContext& ctx, const v1::UndoImportRequest& request) {
  ASSIGN_OR_RETURN(const ImportId id, ParseImportName(request.name(), "name"));
  return ingest_.RunStep<v1::UndoImportResponse>(
      ctx, [&](tenants::TenantTxn& txn) { return Undo(ctx, txn, id, request.offset()); });
}

absl::StatusOr<std::vector<PreparedFact>> ImportService::RevisionsOf(
    tenants::TenantReader& reader, absl::Span<const Reversal> reversals) const {
  // By revision, so that a fact revised often is not read whole.
  std::map<int64_t, std::vector<FactId>> restored;
  for (const Reversal& reversal : reversals) {
    if (reversal.restores()) restored[reversal.earlier->revision].push_back(reversal.id);
  }
  absl::flat_hash_map<FactId, Fact> contents;
  for (const auto& [revision, ids] : restored) {
    ASSIGN_OR_RETURN(std::vector<RecordedFact> found,
                     with_.facts.FindAtRevision(reader, revision, ids));
    for (RecordedFact& recorded : found) contents[recorded.id] = std::move(recorded.fact);
  }
  std::vector<PreparedFact> revisions;
  revisions.reserve(reversals.size());
  for (const Reversal& reversal : reversals) {
    PreparedFact prepared{.fact = {.identity = reversal.identity}, .id = reversal.id};
    if (reversal.restores()) {
      prepared.fact = std::move(contents.at(reversal.id));
    }
    prepared.fact.revision = reversal.revision;
    prepared.payload_hash = PayloadHash(prepared.fact);
    revisions.push_back(std::move(prepared));
  }
  return revisions;
}

absl::Status ImportService::TakeBack(tenants::TenantTxn& txn, const ImportId& id,
                                     absl::Span<const Reversal> reversals,
                                     absl::Span<const BatchId> withdrawn) const {
  ASSIGN_OR_RETURN(const std::vector<PreparedFact> revisions, RevisionsOf(txn, reversals));
  // What is held again belongs to whom it belonged before, so that they can take it back too.
  std::map<std::optional<ImportId>, std::vector<const PreparedFact*>> by_import;
  for (size_t i = 0; i < reversals.size(); ++i) {
    const std::optional<HeldRevision>& earlier = reversals[i].earlier;
    by_import[earlier.has_value() ? earlier->import : id].push_back(&revisions[i]);
  }
  std::vector<JudgedBatch> batches;
  for (const auto& [import, facts] : by_import) AppendBatches(facts, import, batches);
  if (batches.empty() && withdrawn.empty()) return absl::OkStatus();
  if (batches.empty()) batches.push_back({.import = id});
  batches.front().withdrawn = withdrawn;
  return ingest_.Record(txn, std::move(batches)).status();
}

absl::StatusOr<v1::UndoImportResponse> ImportService::Undo(const tenants::RequestContext& ctx,
                                                           tenants::TenantTxn& txn,
                                                           const ImportId& id,
                                                           int64_t offset) const {
  ASSIGN_OR_RETURN(Import import, Lock(ctx, txn, id));
  ASSIGN_OR_RETURN(const StepDecision decision, DecideUndo(import, offset));
  // Known before the step, since the last one forgets how much was committed.
  const int64_t end =
      import.state == ImportState::kUndone ? import.undone_rows : import.committed_rows;
  ASSIGN_OR_RETURN(std::vector<ImportBlock> blocks, imports_.ListBlocks(txn, id));
  ImportBlock past_end{.first_row = offset};
  ImportBlock* const found = FindBlock(absl::MakeSpan(blocks), offset);
  ImportBlock& block = found == nullptr ? past_end : *found;
  if (decision == StepDecision::kDo) {
    ASSIGN_OR_RETURN(
        OpenFile file,
        OpenAt(txn, import, CsvPosition{.line = block.line, .byte_offset = block.byte_offset}));
    ASSIGN_OR_RETURN(const std::vector<MappedRow> rows, ReadBlock(ctx, txn, file, block));
    ASSIGN_OR_RETURN(const std::vector<HeldRevision> held, FindHeld(txn, rows));
    ASSIGN_OR_RETURN(const auto undone, imports_.LockUndone(txn, OtherImports(id, held)));
    UndoPlanner planner(id, held, undone);
    const UndoBlockPlan plan = PlanUndo(file.mapper, rows, planner);
    block.undone = plan.counts;
    ASSIGN_OR_RETURN(const int64_t left_out,
                     imports_.ReplaceFindings(
                         txn, id, block, {FindingKind::kKept, FindingKind::kKept}, plan.findings));
    block.findings_left_out += left_out;
    RETURN_IF_ERROR(imports_.PutBlock(txn, id, block));
    import = AfterUndo(std::move(import), offset + block.row_count, blocks);
    RETURN_IF_ERROR(Save(ctx, txn, import));
    RETURN_IF_ERROR(TakeBack(txn, id, plan.reversals, planner.batches()));
  } else if (end == 0 && import.state != ImportState::kUndone) {
    import = AfterUndo(std::move(import), 0, blocks);
    RETURN_IF_ERROR(Save(ctx, txn, import));
  }
  txn.Note("offset", offset);
  v1::UndoImportResponse response;
  response.set_next_offset(offset + block.row_count);
  response.set_row_count(end);
  response.set_complete(response.next_offset() == end);
  *response.mutable_counts() = ToProto(block.undone);
  return response;
}

}  // namespace argosy::metrics
