// Judging a batch of facts against what is known.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_INGEST_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_INGEST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "base/ids.h"
#include "services/metrics/domain/fact.h"
#include "services/metrics/domain/fact_rules.h"

namespace argosy::metrics {

using BatchId = base::UuidOf<struct BatchIdTag>;

// A batch holds so many facts at most: 20 values each stay far below the 65,535 that one statement
// can bind, and a reply with as many verdicts below 1 MiB.
inline constexpr size_t kBatchFactsMax = 1000;

// FIELD_INVALID unless a batch of `count` facts is allowed.
absl::Status CheckBatchSize(size_t count);

enum class Verdict { kAccepted = 1, kDuplicate, kConflict, kInvalid };

// A fact as read from its sender, with the first thing that could not be read.
struct ParsedFact {
  Fact fact;
  std::optional<FactProblem> problem;
};

// A fact ready to be judged.
struct PreparedFact {
  Fact fact;
  FactId id;  // nil when the identity is invalid
  std::string payload_hash;
  std::optional<FactProblem> problem;
};

// Checks the rules and computes id and hash.
PreparedFact PrepareFact(ParsedFact parsed, const FactSurroundings& surroundings);

// A revision that is stored.
struct KnownRevision {
  FactId id;
  int64_t revision = 0;
  std::string payload_hash;
};

struct FactVerdict {
  Verdict verdict = Verdict::kInvalid;
  FactId id;
  std::optional<FactProblem> problem;  // INVALID and CONFLICT
};

// One verdict per fact, in order. `known` holds every stored revision of the facts in `batch`. A
// fact that repeats an earlier one of the batch is judged against it as if that were stored.
std::vector<FactVerdict> Judge(absl::Span<const PreparedFact> batch,
                               absl::Span<const KnownRevision> known);

// The latest batch a tenant has recorded. A tenant begins with none: sequence 0.
struct KnowledgeHead {
  int64_t sequence = 0;
  absl::Time recorded_at = absl::InfinitePast();

  friend bool operator==(const KnowledgeHead&, const KnowledgeHead&) = default;
};

// The place of the next batch: the next number, and an instant that only grows even when the clock
// does not. Whole microseconds, as stored.
KnowledgeHead NextKnowledge(const KnowledgeHead& head, absl::Time now);

// AS_OF_IN_FUTURE unless what is known at `as_of` can no longer change at `now`: a later batch is
// recorded after `now`, or after `head`, whichever is later.
absl::Status CheckAsOf(absl::Time as_of, const KnowledgeHead& head, absl::Time now);

// A source's own word that it has reported everything before an instant.
struct Completeness {
  std::string source;
  absl::Time complete_through;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_INGEST_H_
