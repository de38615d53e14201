#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/status_macros.h"
#include "services/metrics/domain/fact_rules.h"
#include "services/metrics/domain/import_plan.h"
#include "services/metrics/service/import_convert.h"
#include "services/metrics/service/import_service.h"
#include "services/metrics/service/names.h"

namespace argosy::metrics {
namespace {

// The facts that rows further up in the file would have recorded.
class FileFacts {
 public:
  // Adds to `held` what the file itself has said of the facts of `rows`.
  void AddTo(absl::Span<const MappedRow> rows, std::vector<HeldRevision>& held) const {
    for (const MappedRow& row : rows) {
      for (const PreparedFact& fact : row.facts) {
        const auto said = said_.find(fact.id);
        if (said != said_.end()) held.push_back(said->second);
      }
    }
  }
  // Rows validated by an earlier call: only what they say is known here, not what was held then.
  void Hear(absl::Span<const MappedRow> rows) {
    for (const MappedRow& row : rows) {
      if (row.outcome.kind != RowOutcome::Kind::kFacts) continue;
      for (const PreparedFact& fact : row.facts) {
        said_.try_emplace(fact.id, HeldRevision{.id = fact.id,
                                                .revision = kRevisionMax,
                                                .payload_hash = fact.payload_hash});
      }
    }
  }
  // Facts that a commit of the file would record.
  void Hear(absl::Span<const PreparedFact> facts) {
    for (const PreparedFact& fact : facts) {
      said_[fact.id] = {
          .id = fact.id, .revision = fact.fact.revision, .payload_hash = fact.payload_hash};
    }
  }

 private:
  absl::flat_hash_map<FactId, HeldRevision> said_;
};

}  // namespace

absl::StatusOr<v1::ValidateImportResponse> ImportService::ValidateImport(
    const tenants::RequestContext& ctx, const v1::ValidateImportRequest& request) {
  ASSIGN_OR_RETURN(const ImportId id, ParseImportName(request.name(), "name"));
  ASSIGN_OR_RETURN(const std::optional<MemberSet> members, ReadMembers(ctx));
  return with_.db.Ingest<v1::ValidateImportResponse>(ctx, [&](tenants::TenantTxn& txn) {
    return Validate(ctx, txn, id, request.offset(), members);
  });
}

absl::StatusOr<v1::ValidateImportResponse> ImportService::Validate(
    const tenants::RequestContext& ctx, tenants::TenantTxn& txn, const ImportId& id, int64_t offset,
    const std::optional<MemberSet>& members) const {
  ASSIGN_OR_RETURN(Import import, Lock(ctx, txn, id));
  RETURN_IF_ERROR(CheckValidate(import, offset));
  ASSIGN_OR_RETURN(OpenFile file, OpenAt(txn, import, std::nullopt));
  FileFacts said;
  int64_t next = 0;
  bool at_end = false;
  while (!at_end && next < offset + kValidateRowsMax) {
    ImportBlock block{.first_row = next};
    ASSIGN_OR_RETURN(const std::vector<MappedRow> rows, ReadBlock(ctx, txn, file, block));
    next += block.row_count;
    at_end = block.row_count < kBlockRows;
    if (block.first_row < offset) {
      said.Hear(rows);
      continue;
    }
    if (block.row_count == 0) break;
    ASSIGN_OR_RETURN(std::vector<HeldRevision> held, FindHeld(txn, rows));
    said.AddTo(rows, held);
    // Not locked: what an undo changes meanwhile, the commit judges again.
    ASSIGN_OR_RETURN(const auto undone, imports_.FindUndone(txn, OtherImports(id, held)));
    RevisionPlanner planner(import.policy, held, undone);
    CommitPlan plan = PlanCommit(file.mapper, rows, planner);
    if (members.has_value()) NoteUnknownMembers(file.mapper, rows, *members, plan);
    said.Hear(plan.facts);
    block.validated = plan.counts;
    ASSIGN_OR_RETURN(
        block.findings_left_out,
        imports_.ReplaceFindings(txn, id, block, {FindingKind::kInvalid, FindingKind::kNoted},
                                 plan.findings));
    RETURN_IF_ERROR(imports_.PutBlock(txn, id, block));
  }
  ASSIGN_OR_RETURN(const std::vector<ImportBlock> blocks, imports_.ListBlocks(txn, id));
  import = AfterValidate(std::move(import), next, at_end ? next : 0, blocks);
  RETURN_IF_ERROR(Save(ctx, txn, import));
  txn.Note("rows", next);
  v1::ValidateImportResponse response;
  response.set_next_offset(next);
  response.set_row_count(import.row_count);
  response.set_complete(at_end);
  *response.mutable_counts() = ToProto(import.validated);
  return response;
}

}  // namespace argosy::metrics
