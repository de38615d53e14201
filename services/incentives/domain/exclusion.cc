#include "services/incentives/domain/exclusion.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/clock.h"
#include "base/period.h"
#include "base/status_macros.h"

namespace argosy::incentives {
namespace {

absl::StatusOr<ExcludedFact> ReadFact(base::ByteReader& in) {
  ExcludedFact fact;
  ASSIGN_OR_RETURN(const int64_t micros, in.Int());
  fact.place.event_time = base::FromMicros(micros);
  ASSIGN_OR_RETURN(fact.place.key.source, in.Text());
  ASSIGN_OR_RETURN(fact.place.key.source_event_id, in.Text());
  ASSIGN_OR_RETURN(const std::string member, in.Text());
  if (!member.empty()) {
    ASSIGN_OR_RETURN(fact.member, base::MemberId::Parse(member));
  }
  return fact;
}

}  // namespace

void ExcludedFacts::Add(ExcludedFact fact) {
  ++count;
  const auto later = std::upper_bound(
      earliest.begin(), earliest.end(), fact,
      [](const ExcludedFact& a, const ExcludedFact& b) { return a.place < b.place; });
  earliest.insert(later, std::move(fact));
  if (earliest.size() > kNamedMax) earliest.pop_back();
}

void Write(const Exclusions& exclusions, base::ByteWriter& out) {
  out.Int(static_cast<int64_t>(exclusions.size()));
  for (const auto& [key, facts] : exclusions) {
    out.Int(base::ToDayNumber(key.month)).Int(static_cast<int64_t>(key.reason)).Int(facts.count);
    out.Int(static_cast<int64_t>(facts.earliest.size()));
    for (const ExcludedFact& fact : facts.earliest) {
      out.Int(base::ToMicros(fact.place.event_time)).Text(fact.place.key.source);
      out.Text(fact.place.key.source_event_id).Text(fact.member ? fact.member->text() : "");
    }
  }
}

absl::StatusOr<Exclusions> ReadExclusions(base::ByteReader& in) {
  Exclusions exclusions;
  ASSIGN_OR_RETURN(const int64_t size, in.Int());
  for (int64_t i = 0; i < size; ++i) {
    ASSIGN_OR_RETURN(const int64_t month, in.Int());
    ASSIGN_OR_RETURN(const int64_t reason, in.Int());
    ExcludedFacts& facts = exclusions[{base::FromDayNumber(month), static_cast<Exclusion>(reason)}];
    ASSIGN_OR_RETURN(facts.count, in.Int());
    ASSIGN_OR_RETURN(const int64_t named, in.Int());
    for (int64_t fact = 0; fact < named; ++fact) {
      ASSIGN_OR_RETURN(ExcludedFact read, ReadFact(in));
      facts.earliest.push_back(std::move(read));
    }
  }
  return exclusions;
}

}  // namespace argosy::incentives
