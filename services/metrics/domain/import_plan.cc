#include "services/metrics/domain/import_plan.h"

#include <algorithm>
#include <set>
#include <utility>

#include "services/metrics/domain/errors.h"

namespace argosy::metrics {

std::vector<ImportId> OtherImports(const ImportId& own, absl::Span<const HeldRevision> held) {
  std::set<ImportId> others;
  for (const HeldRevision& revision : held) {
    if (revision.import.has_value() && *revision.import != own) others.insert(*revision.import);
  }
  return {others.begin(), others.end()};
}

RevisionPlanner::RevisionPlanner(ConflictPolicy policy, absl::Span<const HeldRevision> held,
                                 const absl::flat_hash_set<ImportId>& undone)
    : policy_(policy) {
  for (const HeldRevision& revision : held) {
    Held& fact = held_[revision.id];
    const bool is_undone = revision.import.has_value() && undone.contains(*revision.import);
    if (!is_undone) fact.hashes.insert(revision.payload_hash);
    if (revision.revision > fact.latest.revision) fact.latest = revision;
  }
}

int64_t RevisionPlanner::LatestRevision(const FactId& id) const {
  const auto held = held_.find(id);
  return held == held_.end() ? 0 : held->second.latest.revision;
}

RevisionPlanner::Verdict RevisionPlanner::Judge(const PreparedFact& fact) const {
  const auto found = held_.find(fact.id);
  if (found == held_.end()) return Verdict::kNew;
  const Held& held = found->second;
  if (!held.latest.tombstone && held.latest.payload_hash == fact.payload_hash) {
    return Verdict::kDuplicate;
  }
  if (held.latest.tombstone && held.latest.import.has_value()) return Verdict::kRevise;
  const bool said_before = held.hashes.contains(fact.payload_hash);
  if (said_before && (held.latest.tombstone || policy_ == ConflictPolicy::kRefuse)) {
    return Verdict::kDuplicate;
  }
  return policy_ == ConflictPolicy::kRevise ? Verdict::kRevise : Verdict::kConflict;
}

RowPlan RevisionPlanner::PlanRow(absl::Span<const PreparedFact> facts) {
  RowPlan plan;
  std::vector<Verdict> verdicts;
  for (size_t i = 0; i < facts.size(); ++i) {
    verdicts.push_back(Judge(facts[i]));
    if (verdicts.back() == Verdict::kConflict) {
      return {.kind = RowPlan::Kind::kConflict,
              .facts = {},
              .problem = RevisionConflict(LatestRevision(facts[i].id)),
              .problem_fact = i};
    }
  }
  for (size_t i = 0; i < facts.size(); ++i) {
    if (verdicts[i] == Verdict::kDuplicate) continue;
    const bool revised = verdicts[i] == Verdict::kRevise;
    plan.kind = std::max(plan.kind, revised ? RowPlan::Kind::kRevised : RowPlan::Kind::kNew);
    PreparedFact prepared = facts[i];
    prepared.fact.revision = LatestRevision(prepared.id) + 1;
    Held& held = held_[prepared.id];
    held.latest = {.id = prepared.id,
                   .revision = prepared.fact.revision,
                   .payload_hash = prepared.payload_hash};
    held.hashes.insert(prepared.payload_hash);
    plan.facts.push_back(std::move(prepared));
  }
  return plan;
}

UndoPlanner::UndoPlanner(const ImportId& import, absl::Span<const HeldRevision> held,
                         const absl::flat_hash_set<ImportId>& undone)
    : import_(import) {
  const auto counts = [&](const HeldRevision& revision) {
    return revision.import != import_ &&
           (!revision.import.has_value() || !undone.contains(*revision.import));
  };
  for (const HeldRevision& revision : held) {
    Held& known = held_[revision.id];
    if (revision.revision > known.latest.revision) known.latest = revision;
    if (counts(revision) &&
        (!known.earlier.has_value() || revision.revision > known.earlier->revision)) {
      known.earlier = revision;
    }
    if (revision.import == import_) {
      brought_.insert(revision.id);
      batches_.push_back(revision.batch);
    }
  }
  std::sort(batches_.begin(), batches_.end());
  batches_.erase(std::unique(batches_.begin(), batches_.end()), batches_.end());
}

UndoPlan UndoPlanner::PlanRow(absl::Span<const Fact> facts) {
  UndoPlan plan;
  for (size_t i = 0; i < facts.size(); ++i) {
    const FactId id = FactIdOf(facts[i].identity);
    if (brought_.erase(id) == 0) continue;
    const Held& held = held_.at(id);
    if (held.latest.import != import_) {
      plan.kept.push_back(i);
    } else if (!held.latest.tombstone) {
      plan.reversals.push_back({.identity = facts[i].identity,
                                .id = id,
                                .revision = held.latest.revision + 1,
                                .earlier = held.earlier});
    }
  }
  return plan;
}

}  // namespace argosy::metrics
