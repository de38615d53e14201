#include "services/metrics/domain/ingest.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/fault.h"
#include "services/metrics/domain/errors.h"
#include "services/metrics/domain/fact_codec.h"

namespace argosy::metrics {

absl::Status CheckBatchSize(size_t count) {
  if (count >= 1 && count <= kBatchFactsMax) return absl::OkStatus();
  return base::FieldInvalid("facts",
                            absl::StrCat("holds ", count, " items, not 1 to ", kBatchFactsMax));
}

PreparedFact PrepareFact(ParsedFact parsed, const FactSurroundings& surroundings) {
  PreparedFact prepared{.fact = std::move(parsed.fact), .problem = std::move(parsed.problem)};
  if (!CheckIdentity(prepared.fact.identity, "").has_value()) {
    prepared.id = FactIdOf(prepared.fact.identity);
  }
  if (!prepared.problem.has_value()) prepared.problem = CheckFact(prepared.fact, surroundings);
  if (!prepared.problem.has_value()) prepared.payload_hash = PayloadHash(prepared.fact);
  return prepared;
}

std::vector<FactVerdict> Judge(absl::Span<const PreparedFact> batch,
                               absl::Span<const KnownRevision> known) {
  absl::flat_hash_map<std::pair<FactId, int64_t>, absl::string_view> hashes;
  hashes.reserve(known.size() + batch.size());
  for (const KnownRevision& revision : known) {
    hashes.emplace(std::pair(revision.id, revision.revision), revision.payload_hash);
  }
  std::vector<FactVerdict> verdicts;
  verdicts.reserve(batch.size());
  for (const PreparedFact& fact : batch) {
    FactVerdict verdict{.id = fact.id, .problem = fact.problem};
    if (!fact.problem.has_value()) {
      const auto [at, is_new] =
          hashes.emplace(std::pair(fact.id, fact.fact.revision), fact.payload_hash);
      if (is_new) {
        verdict.verdict = Verdict::kAccepted;
      } else if (at->second == fact.payload_hash) {
        verdict.verdict = Verdict::kDuplicate;
      } else {
        verdict.verdict = Verdict::kConflict;
        verdict.problem = RevisionConflict(fact.fact.revision);
      }
    }
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

KnowledgeHead NextKnowledge(const KnowledgeHead& head, absl::Time now) {
  const absl::Time whole = base::FromMicros(base::ToMicros(now));
  return {.sequence = head.sequence + 1,
          .recorded_at = std::max(whole, head.recorded_at + absl::Microseconds(1))};
}

absl::Status CheckAsOf(absl::Time as_of, const KnowledgeHead& head, absl::Time now) {
  if (as_of <= head.recorded_at || as_of < now) return absl::OkStatus();
  return AsOfInFuture(as_of);
}

}  // namespace argosy::metrics
