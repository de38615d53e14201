#include "services/metrics/domain/import_block.h"

#include <iterator>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/fault.h"
#include "services/metrics/domain/import_errors.h"
#include "services/metrics/domain/mapping_text.h"

namespace argosy::metrics {
namespace {

// The fields of a fact that its id and its person stand in.
constexpr absl::string_view kIdPath = "source_event_id";
constexpr absl::string_view kMemberPath = "attribution.member";

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

// "order/D1: order.value.amount_minor: must not be negative".
std::string Described(const FactIdentity& identity, const FactProblem& problem) {
  const std::string about = problem.field.empty() ? "" : absl::StrCat(problem.field, ": ");
  return absl::StrCat(identity.event_id, ": ", about, problem.description);
}

// Of one of the row's facts, told with the first cell of `path`.
ImportFinding AboutFact(const RowMapper& mapper, const MappedRow& row, size_t fact,
                        FindingKind kind, absl::string_view path = kIdPath) {
  const RowCell cell = mapper.CellOf(row.cells, row.outcome.mapped_by.at(fact), path);
  return {.kind = kind,
          .row = row.row,
          .line = row.line,
          .column = cell.column,
          .value = CutCharacters(cell.text, RowFinding::kValueCharactersMax)};
}

ImportFinding Conflict(const RowMapper& mapper, const MappedRow& row, const RowPlan& plan) {
  ImportFinding finding = AboutFact(mapper, row, plan.problem_fact, FindingKind::kConflict);
  finding.reason = plan.problem->reason;
  finding.message =
      CutCharacters(Described(row.outcome.facts[plan.problem_fact].identity, *plan.problem),
                    RowFinding::kMessageCharactersMax);
  return finding;
}

void Count(RowPlan plan, CommitPlan& commit) {
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
      break;
  }
  commit.counts.recorded_facts += static_cast<int64_t>(plan.facts.size());
  commit.facts.insert(commit.facts.end(), std::make_move_iterator(plan.facts.begin()),
                      std::make_move_iterator(plan.facts.end()));
}

}  // namespace

void TellProblems(const RowMapper& mapper, MappedRow& row) {
  for (size_t i = 0; i < row.facts.size(); ++i) {
    if (!row.facts[i].problem.has_value()) continue;
    const FactProblem& problem = *row.facts[i].problem;
    row.outcome.kind = RowOutcome::Kind::kInvalid;
    row.outcome.findings.push_back(
        MakeFinding(mapper.CellOf(row.cells, row.outcome.mapped_by.at(i), problem.field),
                    problem.reason, Described(row.facts[i].fact.identity, problem)));
  }
}

CommitPlan PlanCommit(const RowMapper& mapper, absl::Span<const MappedRow> rows,
                      RevisionPlanner& planner) {
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
      case RowOutcome::Kind::kFacts: {
        RowPlan plan = planner.PlanRow(row.facts);
        if (plan.problem.has_value()) commit.findings.push_back(Conflict(mapper, row, plan));
        Count(std::move(plan), commit);
        break;
      }
    }
  }
  return commit;
}

void NoteUnknownMembers(const RowMapper& mapper, absl::Span<const MappedRow> rows,
                        const MemberSet& members, CommitPlan& commit) {
  MemberSet told;
  for (const MappedRow& row : rows) {
    if (row.outcome.kind != RowOutcome::Kind::kFacts) continue;
    bool noted = false;
    int64_t ordinal = 0;
    for (size_t i = 0; i < row.outcome.facts.size(); ++i) {
      const base::MemberId& member = row.outcome.facts[i].attribution.member;
      if (member.text().empty() || members.contains(member)) continue;
      noted = true;
      if (!told.insert(member).second) continue;
      const absl::Status status = MemberUnknown(member.text());
      ImportFinding finding = AboutFact(mapper, row, i, FindingKind::kNoted, kMemberPath);
      finding.ordinal = ordinal++;
      finding.reason = base::ReasonOf(status);
      finding.message = std::string(status.message());
      commit.findings.push_back(std::move(finding));
    }
    commit.counts.noted_rows += noted ? 1 : 0;
  }
}

UndoBlockPlan PlanUndo(const RowMapper& mapper, absl::Span<const MappedRow> rows,
                       UndoPlanner& planner) {
  UndoBlockPlan undo;
  for (const MappedRow& row : rows) {
    UndoPlan plan = planner.PlanRow(row.outcome.facts);
    for (Reversal& reversal : plan.reversals) {
      ++(reversal.restores() ? undo.counts.restored_facts : undo.counts.retracted_facts);
      undo.reversals.push_back(std::move(reversal));
    }
    int64_t ordinal = 0;
    for (const size_t kept : plan.kept) {
      const absl::Status status = FactRevisedSince(row.outcome.facts[kept].identity.event_id);
      ImportFinding finding = AboutFact(mapper, row, kept, FindingKind::kKept);
      finding.ordinal = ordinal++;
      finding.reason = base::ReasonOf(status);
      finding.message = std::string(status.message());
      undo.findings.push_back(std::move(finding));
      ++undo.counts.kept_facts;
    }
  }
  return undo;
}

}  // namespace argosy::metrics
