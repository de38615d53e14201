#include <cstdint>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "base/status_macros.h"
#include "services/metrics/domain/import_plan.h"
#include "services/metrics/service/import_convert.h"
#include "services/metrics/service/import_service.h"
#include "services/metrics/service/names.h"

namespace argosy::metrics {

absl::StatusOr<v1::UndoImportResponse> ImportService::UndoImport(
    const tenants::RequestContext& ctx, const v1::UndoImportRequest& request) {
  ASSIGN_OR_RETURN(const ImportId id, ParseImportName(request.name(), "name"));
  return RunStep<v1::UndoImportResponse>(
      ctx, [&](tenants::TenantTxn& txn) { return Undo(ctx, txn, id, request.offset()); });
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
    ASSIGN_OR_RETURN(OpenFile file,
                     OpenAt(txn, import,
                            CsvPosition{.line = block.line, .byte_offset = block.byte_offset}));
    ASSIGN_OR_RETURN(const std::vector<MappedRow> rows, ReadBlock(ctx, txn, file, block));
    ASSIGN_OR_RETURN(const std::vector<HeldRevision> held, FindHeld(txn, rows));
    UndoPlanner planner(id, held);
    const UndoBlockPlan plan = PlanUndo(rows, planner);
    block.undone = plan.counts;
    ASSIGN_OR_RETURN(const int64_t left_out,
                     imports_.ReplaceFindings(txn, id, block,
                                              {FindingKind::kKept, FindingKind::kKept},
                                              plan.findings));
    block.findings_left_out += left_out;
    ASSIGN_OR_RETURN(block.undone.retracted_facts, Send(ctx, txn, id, plan.tombstones));
    RETURN_IF_ERROR(imports_.PutBlock(txn, id, block));
    import = AfterUndo(std::move(import), offset + block.row_count, blocks);
    RETURN_IF_ERROR(Save(ctx, txn, import));
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
