// Random histories of facts, and what a server that took them in knows.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_HISTORIES_FOR_TEST_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_HISTORIES_FOR_TEST_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/random.h"
#include "gtest/gtest.h"
#include "services/metrics/domain/facts_for_test.h"
#include "services/metrics/domain/ingest.h"

namespace argosy::metrics {

// Random histories over few buyers, orders and days, so that everything collides.
class Histories {
 public:
  explicit Histories(uint64_t seed) : random_(seed) {}

  std::vector<Fact> Next() {
    std::map<std::pair<FactIdentity, int64_t>, Fact> history;
    const size_t count = 4 + random_.Below(20);
    for (size_t i = 0; i < count; ++i) {
      Fact fact = RandomFact();
      history.emplace(std::pair(fact.identity, fact.revision), fact);
    }
    std::vector<Fact> facts;
    for (auto& [key, fact] : history) facts.push_back(std::move(fact));
    return facts;
  }

  template <typename T>
  void Shuffle(std::vector<T>& items) {
    for (size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random_.Below(i)]);
  }
  size_t Below(size_t bound) { return random_.Below(bound); }

 private:
  FactIdentity Id(absl::string_view kind, size_t among) {
    return {"crm", absl::StrCat(kind, random_.Below(among))};
  }

  Fact RandomFact() {
    static constexpr absl::string_view kKinds[] = {"i", "i", "i", "o", "o", "r", "p", "s", "t"};
    const absl::string_view kind = kKinds[random_.Below(9)];
    Fact fact{.identity = Id(kind, 5)};
    fact.revision = 1 + static_cast<int64_t>(random_.Below(3));
    if (random_.Below(8) == 0) return fact;  // a tombstone
    if (kind == "i") fact.payload = RandomInquiry();
    if (kind == "o") fact.payload = RandomOrder();
    if (kind == "r") fact.payload = Refund{.amount = Amount(), .order = Id("o", 6)};
    if (kind == "p") fact.payload = Payment{.amount = Amount(), .order = Id("o", 6)};
    if (kind == "s") {
      fact.payload =
          Spend{.kind = static_cast<SpendKind>(1 + random_.Below(4)), .amount = Amount()};
    }
    if (kind == "t") fact.payload = Traffic{.clicks = 3, .sessions = 2};
    const absl::CivilDay day =
        absl::CivilDay(2026, 2, 26) + static_cast<int64_t>(random_.Below(40));
    const bool is_order = kind == "o" || kind == "r" || kind == "p";
    const absl::CivilDay later = is_order ? day + static_cast<int64_t>(random_.Below(100)) : day;
    fact.occurred_micros =
        IsCivil(fact.kind()) ? CivilMicros(later)
                             : base::ToMicros(base::StartOfDay(later, Shanghai()) +
                                              absl::Hours(static_cast<int64_t>(random_.Below(24))));
    static constexpr absl::string_view kChannels[] = {"google", "facebook", "seo", ""};
    const absl::string_view channel = kChannels[random_.Below(4)];
    if (!channel.empty()) fact.attribution.channel = base::ChannelId::Parse(channel).value();
    return fact;
  }
  base::Money Amount() { return Usd(1 + static_cast<int64_t>(random_.Below(50))); }
  Inquiry RandomInquiry() {
    return {.grade = static_cast<Grade>(random_.Below(5)),
            .buyer_key = random_.Below(4) == 0 ? "" : absl::StrCat("b", random_.Below(3)),
            .product_line = absl::StrCat("p", random_.Below(2)),
            .exclusion = random_.Below(6) == 0 ? Exclusion::kSpam : Exclusion::kNone};
  }
  Order RandomOrder() {
    Order order{.value = Amount(), .inquiry = Id("i", 6)};
    if (random_.Below(4) == 0) order.inquiry.reset();
    order.status = static_cast<OrderStatus>(1 + random_.Below(3) % 2);
    return order;
  }

  base::Generator random_;
};

// What a server that took `arrivals` in batches knows.
inline std::vector<RecordedFact> Ingest(const std::vector<Fact>& arrivals, Histories& random) {
  std::vector<KnownRevision> known;
  std::map<FactIdentity, RecordedFact> survivors;
  size_t at = 0;
  while (at < arrivals.size()) {
    std::vector<PreparedFact> batch;
    for (size_t n = 1 + random.Below(6); n > 0 && at < arrivals.size(); --n) {
      FactSurroundings surroundings{.reporting_currency = base::Currency::Parse("USD").value(),
                                    .now = At("2026-12-31 12:00")};
      for (absl::string_view channel : {"google", "facebook", "seo"}) {
        surroundings.channels.insert(base::ChannelId::Parse(channel).value());
      }
      batch.push_back(PrepareFact({.fact = arrivals[at++]}, surroundings));
    }
    const std::vector<FactVerdict> verdicts = Judge(batch, known);
    for (size_t i = 0; i < batch.size(); ++i) {
      EXPECT_NE(verdicts[i].verdict, Verdict::kInvalid);
      EXPECT_NE(verdicts[i].verdict, Verdict::kConflict);
      if (verdicts[i].verdict != Verdict::kAccepted) continue;
      const Fact& fact = batch[i].fact;
      known.push_back({batch[i].id, fact.revision, batch[i].payload_hash});
      RecordedFact& held = survivors[fact.identity];
      if (held.id.uuid().is_nil() || fact.revision > held.fact.revision) {
        held.fact = fact;
        held.id = batch[i].id;
      }
    }
  }
  std::vector<RecordedFact> facts;
  for (auto& [identity, fact] : survivors) {
    if (!fact.fact.tombstone()) facts.push_back(fact);
  }
  return facts;
}

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_HISTORIES_FOR_TEST_H_
