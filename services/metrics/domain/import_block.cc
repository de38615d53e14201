#include "services/metrics/domain/import_block.h"

#include <iterator>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "services/metrics/domain/import_errors.h"
#include "services/metrics/domain/mapping_text.h"

namespace argosy::metrics {
namespace {

void Tell(const MappedRow& row, FindingKind kind, std::vector<ImportFinding>& findings) {
  int64_t ordinal = 0;
  for (const RowFinding& finding : row.outcome.findings) {
    findings.push_back({.kind = kind,
                        .row = row.row,
                        .ordinal = ordinal++,
                        .line = row.line,
                        .column = finding.column,
                        .value = finding.value,
                        .reason = finding.reason,
                        .message = finding.message});
  }
}

// A problem of a fact has no cell of its own, so it is told with the fact's id at its source.
ImportFinding Problem(const MappedRow& row, FindingKind kind, const RowPlan& plan) {
  const FactProblem& problem = *plan.problem;
  const Fact& fact = row.facts[plan.problem_fact].fact;
  return {.kind = kind,
          .row = row.row,
          .line = row.line,
          .column = "",
          .value = CutCharacters(fact.identity.event_id, RowFinding::kValueCharactersMax),
          .reason = problem.reason,
          .message = CutCharacters(problem.field.empty()
                                       ? problem.description
                                       : absl::StrCat(problem.field, ": ", problem.description),
                                   RowFinding::kMessageCharactersMax)};
}

void Count(const MappedRow& row, RowPlan plan, CommitPlan& commit) {
  switch (plan.kind) {
    case RowPlan::Kind::kDuplicate:
      ++commit.counts.duplicate_rows;
      break;
    case RowPlan::Kind::kNew:
      ++commit.counts.new_rows;
      break;
    case RowPlan::Kind::kRevised:
      ++commit.counts.revised_rows;
      break;
    case RowPlan::Kind::kConflict:
      ++commit.counts.conflict_rows;
      commit.findings.push_back(Problem(row, FindingKind::kConflict, plan));
      break;
    case RowPlan::Kind::kInvalid:
      ++commit.counts.invalid_rows;
      commit.findings.push_back(Problem(row, FindingKind::kInvalid, plan));
      break;
  }
  commit.counts.recorded_facts += static_cast<int64_t>(plan.facts.size());
  commit.facts.insert(commit.facts.end(), std::make_move_iterator(plan.facts.begin()),
                      std::make_move_iterator(plan.facts.end()));
}

}  // namespace

CommitPlan PlanCommit(absl::Span<const MappedRow> rows, RevisionPlanner& planner) {
  CommitPlan commit;
  for (const MappedRow& row : rows) {
    switch (row.outcome.kind) {
      case RowOutcome::Kind::kSkipped:
        ++commit.counts.skipped_rows;
        break;
      case RowOutcome::Kind::kReported:
        ++commit.counts.reported_rows;
        Tell(row, FindingKind::kReported, commit.findings);
        break;
      case RowOutcome::Kind::kInvalid:
        ++commit.counts.invalid_rows;
        Tell(row, FindingKind::kInvalid, commit.findings);
        break;
      case RowOutcome::Kind::kFacts:
        Count(row, planner.PlanRow(row.facts), commit);
        break;
    }
  }
  return commit;
}

UndoBlockPlan PlanUndo(absl::Span<const MappedRow> rows, UndoPlanner& planner) {
  UndoBlockPlan undo;
  for (const MappedRow& row : rows) {
    UndoPlan plan = planner.PlanRow(row.outcome.facts);
    undo.counts.retracted_facts += static_cast<int64_t>(plan.tombstones.size());
    undo.tombstones.insert(undo.tombstones.end(),
                           std::make_move_iterator(plan.tombstones.begin()),
                           std::make_move_iterator(plan.tombstones.end()));
    int64_t ordinal = 0;
    for (const FactIdentity& kept : plan.kept) {
      const absl::Status status = FactRevisedSince(kept.event_id);
      ++undo.counts.kept_facts;
      undo.findings.push_back({.kind = FindingKind::kKept,
                               .row = row.row,
                               .ordinal = ordinal++,
                               .line = row.line,
                               .column = "",
                               .value = kept.event_id,
                               .reason = base::ReasonOf(status),
                               .message = std::string(status.message())});
    }
  }
  return undo;
}

}  // namespace argosy::metrics
