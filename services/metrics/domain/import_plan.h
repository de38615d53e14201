// What a commit does with a row, given what is held: which revision of each fact it sends.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_IMPORT_PLAN_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_IMPORT_PLAN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/types/span.h"
#include "services/metrics/domain/fact.h"
#include "services/metrics/domain/import.h"
#include "services/metrics/domain/ingest.h"

namespace argosy::metrics {

// One stored revision of a fact, with what an import must know of it.
struct HeldRevision {
  FactId id;
  int64_t revision = 0;
  std::string payload_hash;
  bool tombstone = false;
  std::optional<ImportId> import;  // that brought it; of a tombstone: that was undone
  BatchId batch;
};

// What becomes of one row. A row is taken whole or not at all.
struct RowPlan {
  enum class Kind { kDuplicate, kNew, kRevised, kConflict };

  Kind kind = Kind::kDuplicate;
  // To record: those of kNew and kRevised that are not held, with the revision each becomes.
  std::vector<PreparedFact> facts;
  // kConflict: why, and which fact of the row it is.
  std::optional<FactProblem> problem;
  size_t problem_fact = 0;
};

// The imports but `own` that brought one of `held`, each once.
std::vector<ImportId> OtherImports(const ImportId& own, absl::Span<const HeldRevision> held);

// Plans rows in order, each as if those before it had been sent. Not thread-safe.
class RevisionPlanner {
 public:
  // `held`: every stored revision of the facts that will be planned; `undone`: which of the imports
  // that brought them are undone.
  RevisionPlanner(ConflictPolicy policy, absl::Span<const HeldRevision> held,
                  const absl::flat_hash_set<ImportId>& undone);

  // A fact is a duplicate when the latest revision says the same. Else, it is sent as the next
  // revision under kRevise, or when the latest is the tombstone of an import undone; a resend of an
  // older revision, or of a fact retracted otherwise, is a duplicate and revives nothing; anything
  // else is a conflict, also what only an import now undone has said before.
  // None of `facts` may have a problem.
  RowPlan PlanRow(absl::Span<const PreparedFact> facts);

 private:
  struct Held {
    HeldRevision latest;
    absl::flat_hash_set<std::string> hashes;  // of every revision but those undone
  };
  enum class Verdict { kDuplicate, kNew, kRevise, kConflict };

  Verdict Judge(const PreparedFact& fact) const;
  int64_t LatestRevision(const FactId& id) const;

  ConflictPolicy policy_;
  absl::flat_hash_map<FactId, Held> held_;
};

// The revision that takes a fact back.
struct Reversal {
  FactIdentity identity;
  FactId id;
  int64_t revision = 0;
  std::optional<HeldRevision> earlier;  // held again; none: nothing was held before

  bool restores() const { return earlier.has_value() && !earlier->tombstone; }
};

// What undoing an import does with a row.
struct UndoPlan {
  std::vector<Reversal> reversals;
  std::vector<size_t> kept;  // places in the row: somebody else has revised them since
};

// Plans rows in any order; each fact is told once. Not thread-safe.
class UndoPlanner {
 public:
  // `held`: every stored revision of the facts that will be planned; `undone`: those of the imports
  // that brought one which are undone.
  UndoPlanner(const ImportId& import, absl::Span<const HeldRevision> held,
              const absl::flat_hash_set<ImportId>& undone);

  // A reversal for each fact that the import brought and whose latest revision is still its own: to
  // the latest revision that neither it nor an import undone brought. A fact that it never brought
  // is none of its business.
  UndoPlan PlanRow(absl::Span<const Fact> facts);

  // The batches by which the import brought what is held, each once.
  const std::vector<BatchId>& batches() const { return batches_; }

 private:
  struct Held {
    HeldRevision latest;
    std::optional<HeldRevision> earlier;
  };

  ImportId import_;
  absl::flat_hash_map<FactId, Held> held_;
  absl::flat_hash_set<FactId> brought_;  // and not told yet
  std::vector<BatchId> batches_;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_IMPORT_PLAN_H_
