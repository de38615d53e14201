// A block of rows of an import: what a commit or an undo does with them, counted and told.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_IMPORT_BLOCK_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_IMPORT_BLOCK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "services/metrics/domain/audience.h"
#include "services/metrics/domain/import.h"
#include "services/metrics/domain/import_plan.h"
#include "services/metrics/domain/ingest.h"
#include "services/metrics/domain/row_mapper.h"

namespace argosy::metrics {

// A row of the file as its mapping reads it.
struct MappedRow {
  int64_t row = 0;   // from 0, the header not counted
  int64_t line = 0;  // where it begins
  std::vector<std::string> cells;
  RowOutcome outcome;
  std::vector<PreparedFact> facts;  // those of `outcome`, in order
};

// Makes `row` invalid, with a finding for each of its facts that breaks a rule. The facts stay: an
// undo takes them back whatever the rules say by then.
void TellProblems(const RowMapper& mapper, MappedRow& row);

// What a commit does with a block.
struct CommitPlan {
  RowCounts counts;  // recorded_facts: all of `facts`
  std::vector<PreparedFact> facts;
  std::vector<ImportFinding> findings;
};
CommitPlan PlanCommit(const RowMapper& mapper, absl::Span<const MappedRow> rows,
                      RevisionPlanner& planner);

// Counts into `commit` the rows whose facts name a person who is none of `members`, and tells the
// first row of each such person: a misspelt seller mostly, who would miss their pay months later.
void NoteUnknownMembers(const RowMapper& mapper, absl::Span<const MappedRow> rows,
                        const MemberSet& members, CommitPlan& commit);

// What an undo does with a block.
struct UndoBlockPlan {
  UndoneCounts counts;
  std::vector<Reversal> reversals;
  std::vector<ImportFinding> findings;
};
UndoBlockPlan PlanUndo(const RowMapper& mapper, absl::Span<const MappedRow> rows,
                       UndoPlanner& planner);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_IMPORT_BLOCK_H_
