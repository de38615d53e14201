#include "services/metrics/domain/watermark.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/clock.h"
#include "base/period.h"

namespace argosy::metrics {

std::vector<ProgressMark> MarksOf(absl::Span<const PreparedFact* const> stored,
                                  absl::Span<const Completeness> declared) {
  std::map<std::pair<absl::string_view, FactKind>, int64_t> reached;
  const auto raise = [&](absl::string_view source, FactKind kind, int64_t micros) {
    const auto [at, is_new] = reached.emplace(std::pair(source, kind), micros);
    if (!is_new) at->second = std::max(at->second, micros);
  };
  for (const PreparedFact* prepared : stored) {
    const Fact& fact = prepared->fact;
    if (!fact.tombstone()) raise(fact.identity.source, fact.kind(), fact.occurred_micros);
  }
  for (const Completeness& completeness : declared) {
    raise(completeness.source, FactKind::kNone, base::ToMicros(completeness.complete_through));
  }
  std::vector<ProgressMark> marks;
  marks.reserve(reached.size());
  for (const auto& [key, micros] : reached) {
    marks.push_back({std::string(key.first), key.second, micros});
  }
  return marks;
}

std::vector<SourceProgress> ProgressOf(absl::Span<const ProgressMark> marks,
                                       const absl::TimeZone& zone, absl::Time judged_at) {
  std::map<std::string, SourceProgress> sources;
  std::map<std::string, absl::Time> declared;
  for (const ProgressMark& mark : marks) {
    SourceProgress& source = sources[mark.source];
    if (mark.kind == FactKind::kNone) {
      declared[mark.source] = base::FromMicros(mark.reached_micros);
      continue;
    }
    if (source.kinds.empty()) source.complete_through = absl::InfinitePast();
    source.kinds.push_back(mark.kind);
    const absl::CivilDay last = IsCivil(mark.kind)
                                    ? CivilDayOf(mark.reached_micros)
                                    : base::LocalDay(base::FromMicros(mark.reached_micros), zone);
    const absl::Time passed = std::min(base::StartOfDay(last + 1, zone), judged_at);
    source.complete_through = std::max(source.complete_through, passed);
  }
  std::vector<SourceProgress> all;
  for (auto& [name, source] : sources) {
    source.source = name;
    const auto word = declared.find(name);
    if (word != declared.end()) {
      source.declared = true;
      source.complete_through = word->second;
    }
    std::sort(source.kinds.begin(), source.kinds.end());
    all.push_back(std::move(source));
  }
  return all;
}

}  // namespace argosy::metrics
