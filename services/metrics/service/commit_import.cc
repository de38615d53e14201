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

absl::StatusOr<v1::CommitImportResponse> ImportService::CommitImport(
    const tenants::RequestContext& ctx, const v1::CommitImportRequest& request) {
  ASSIGN_OR_RETURN(const ImportId id, ParseImportName(request.name(), "name"));
  ASSIGN_OR_RETURN(const std::optional<MemberSet> members, ReadMembers(ctx));
  return ingest_.RunStep<v1::CommitImportResponse>(ctx, [&](tenants::TenantTxn& txn) {
    return Commit(ctx, txn, id, request.offset(), members);
  });
}

absl::StatusOr<v1::CommitImportResponse> ImportService::Commit(
    const tenants::RequestContext& ctx, tenants::TenantTxn& txn, const ImportId& id, int64_t offset,
    const std::optional<MemberSet>& members) const {
  ASSIGN_OR_RETURN(Import import, Lock(ctx, txn, id));
  ASSIGN_OR_RETURN(const StepDecision decision, DecideCommit(import, offset));
  ASSIGN_OR_RETURN(std::vector<ImportBlock> blocks, imports_.ListBlocks(txn, id));
  ImportBlock past_end{.first_row = offset};
  ImportBlock* const found = FindBlock(absl::MakeSpan(blocks), offset);
  ImportBlock& block = found == nullptr ? past_end : *found;
  if (decision == StepDecision::kDo && import.state == ImportState::kUndone) {
    // Another round begins: what the last one did no longer counts.
    for (ImportBlock& old : blocks) {
      old.committed = {};
      old.undone = {};
      RETURN_IF_ERROR(imports_.PutBlock(txn, id, old));
    }
  }
  if (decision == StepDecision::kDo) {
    ASSIGN_OR_RETURN(
        OpenFile file,
        OpenAt(txn, import, CsvPosition{.line = block.line, .byte_offset = block.byte_offset}));
    ASSIGN_OR_RETURN(const std::vector<MappedRow> rows, ReadBlock(ctx, txn, file, block));
    ASSIGN_OR_RETURN(const std::vector<HeldRevision> held, FindHeld(txn, rows));
    ASSIGN_OR_RETURN(const auto undone, imports_.LockUndone(txn, OtherImports(id, held)));
    RevisionPlanner planner(import.policy, held, undone);
    CommitPlan plan = PlanCommit(file.mapper, rows, planner);
    if (members.has_value()) NoteUnknownMembers(file.mapper, rows, *members, plan);
    block.committed = plan.counts;
    ASSIGN_OR_RETURN(
        block.findings_left_out,
        imports_.ReplaceFindings(txn, id, block, {FindingKind::kInvalid, FindingKind::kNoted},
                                 plan.findings));
    RETURN_IF_ERROR(imports_.PutBlock(txn, id, block));
    import = AfterCommit(std::move(import), offset + block.row_count, blocks);
    RETURN_IF_ERROR(Save(ctx, txn, import));
    RETURN_IF_ERROR(Send(txn, id, plan.facts));
  } else if (import.row_count == 0 && import.state != ImportState::kCommitted) {
    import = AfterCommit(std::move(import), 0, blocks);
    RETURN_IF_ERROR(Save(ctx, txn, import));
  }
  txn.Note("offset", offset);
  v1::CommitImportResponse response;
  response.set_next_offset(offset + block.row_count);
  response.set_row_count(import.row_count);
  response.set_complete(response.next_offset() == import.row_count);
  *response.mutable_counts() = ToProto(block.committed);
  return response;
}

}  // namespace argosy::metrics
