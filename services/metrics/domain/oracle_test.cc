// The oracle: for any history of facts, in any order of arrival, cut into any batches, with repeats
// and tombstones, every figure equals one recomputed by plain loops over the surviving facts.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/metrics/domain/answer.h"
#include "services/metrics/domain/facts_for_test.h"
#include "services/metrics/domain/histories_for_test.h"

namespace argosy::metrics {
namespace {

constexpr int kHistories = 10'000;
constexpr uint64_t kSeed = 20'260'309;

// Plain loops, sharing nothing with the engine but the types.
class Oracle {
 public:
  Oracle(const std::vector<Fact>& history, const Question& question) : question_(question) {
    std::map<FactIdentity, Fact> highest;
    for (const Fact& fact : history) {
      const auto at = highest.find(fact.identity);
      if (at == highest.end() || at->second.revision < fact.revision) highest[fact.identity] = fact;
    }
    for (const auto& [identity, fact] : highest) {
      if (!fact.tombstone()) facts_.push_back(fact);
    }
    DropRepeats();
  }

  // Numerator and denominator of `metric` for the whole company.
  std::pair<int64_t, int64_t> Figure(absl::string_view metric) const {
    if (metric == "inquiry_count") return {Inquiries("all", "any"), 1};
    if (metric == "effective_inquiry_count") return {Inquiries("effective", "any"), 1};
    if (metric == "ad_spend") return {SpendOf("any"), 1};
    if (metric == "inquiry_cost") return {SpendOf("paid"), Inquiries("all", "paid")};
    if (metric == "effective_inquiry_cost")
      return {SpendOf("paid"), Inquiries("effective", "paid")};
    if (metric == "cost_per_click") return {MediaOfPaid(), Visits("clicks")};
    if (metric == "traffic_to_inquiry") return {VisitedInquiries(), Visits("sessions")};
    if (metric == "spend_coverage") return {LeastSpendDays(), question_.period.days()};
    if (metric == "order_count") return {Orders().first, 1};
    if (metric == "revenue") return {Orders().second, 1};
    if (metric == "inquiry_order_rate") return Rate("all");
    if (metric == "effective_order_rate") return Rate("effective");
    ADD_FAILURE() << "nothing to compare " << metric << " with";
    return {};
  }

 private:
  absl::CivilDay DayOf(const Fact& fact) const {
    const bool by_account = std::holds_alternative<Spend>(fact.payload) ||
                            std::holds_alternative<Traffic>(fact.payload);
    return absl::ToCivilDay(absl::FromUnixMicros(fact.occurred_micros),
                            by_account ? absl::UTCTimeZone() : question_.zone);
  }
  bool InPeriod(const Fact& fact) const { return question_.period.Contains(DayOf(fact)); }
  static bool Paid(const Fact& fact) {
    const std::string& channel = fact.attribution.channel.text();
    return channel == "google" || channel == "facebook";
  }

  // For each inquiry in order of time: is there one that counts, of the same buyer and product,
  // less than a day before?
  void DropRepeats() {
    std::vector<const Fact*> inquiries;
    for (const Fact& fact : facts_) {
      if (std::holds_alternative<Inquiry>(fact.payload)) inquiries.push_back(&fact);
    }
    std::sort(inquiries.begin(), inquiries.end(), [](const Fact* a, const Fact* b) {
      return std::pair(a->occurred_micros, a->identity) <
             std::pair(b->occurred_micros, b->identity);
    });
    for (const Fact* fact : inquiries) {
      const Inquiry& inquiry = std::get<Inquiry>(fact->payload);
      if (inquiry.exclusion != Exclusion::kNone) continue;
      const Fact* original = fact;
      for (const Fact* kept : kept_) {
        const Inquiry& other = std::get<Inquiry>(kept->payload);
        const int64_t apart = fact->occurred_micros - kept->occurred_micros;
        if (!inquiry.buyer_key.empty() && inquiry.buyer_key == other.buyer_key &&
            inquiry.product_line == other.product_line && apart < int64_t{86'400} * 1'000'000) {
          original = kept;
        }
      }
      if (original == fact) kept_.push_back(fact);
      original_of_[fact->identity] = original->identity;
    }
  }

  int64_t Inquiries(absl::string_view which, absl::string_view channels) const {
    int64_t count = 0;
    for (const Fact* fact : kept_) {
      if (!InPeriod(*fact) || (channels == "paid" && !Paid(*fact))) continue;
      const Grade grade = std::get<Inquiry>(fact->payload).grade;
      const bool effective = grade == Grade::kA || grade == Grade::kB || grade == Grade::kC;
      if (which == "all" || effective) ++count;
    }
    return count;
  }

  int64_t SpendOf(absl::string_view channels) const {
    int64_t sum = 0;
    for (const Fact& fact : facts_) {
      const Spend* spend = std::get_if<Spend>(&fact.payload);
      if (spend == nullptr || !InPeriod(fact) || (channels == "paid" && !Paid(fact))) continue;
      if (question_.basis == CostBasis::kLoaded || spend->kind == SpendKind::kMedia) {
        sum += spend->amount.minor;
      }
    }
    return sum;
  }

  int64_t MediaOfPaid() const {
    int64_t sum = 0;
    for (const Fact& fact : facts_) {
      const Spend* spend = std::get_if<Spend>(&fact.payload);
      const bool counts = spend != nullptr && InPeriod(fact) && Paid(fact);
      if (counts && spend->kind == SpendKind::kMedia) sum += spend->amount.minor;
    }
    return sum;
  }

  // Clicks of paid channels, or sessions of all.
  int64_t Visits(absl::string_view which) const {
    int64_t sum = 0;
    for (const Fact& fact : facts_) {
      const Traffic* traffic = std::get_if<Traffic>(&fact.payload);
      if (traffic == nullptr || !InPeriod(fact)) continue;
      if (which == "sessions") sum += traffic->sessions;
      if (which == "clicks" && Paid(fact)) sum += traffic->clicks;
    }
    return sum;
  }

  // Counted inquiries for whose channel and day somebody reported visits.
  int64_t VisitedInquiries() const {
    int64_t count = 0;
    for (const Fact* inquiry : kept_) {
      if (!InPeriod(*inquiry)) continue;
      count += std::any_of(facts_.begin(), facts_.end(), [&](const Fact& fact) {
        const Traffic* traffic = std::get_if<Traffic>(&fact.payload);
        return traffic != nullptr && traffic->sessions > 0 &&
               fact.attribution.channel == inquiry->attribution.channel &&
               DayOf(fact) == DayOf(*inquiry);
      });
    }
    return count;
  }

  int64_t LeastSpendDays() const {
    std::map<std::string, std::set<absl::CivilDay>> days = {{"google", {}}, {"facebook", {}}};
    for (const Fact& fact : facts_) {
      const Spend* spend = std::get_if<Spend>(&fact.payload);
      if (spend == nullptr || spend->kind != SpendKind::kMedia) continue;
      if (!InPeriod(fact) || !Paid(fact)) continue;
      days[fact.attribution.channel.text()].insert(DayOf(fact));
    }
    return static_cast<int64_t>(std::min(days["google"].size(), days["facebook"].size()));
  }

  int64_t Refunded(const FactIdentity& order) const {
    int64_t sum = 0;
    for (const Fact& fact : facts_) {
      const Refund* refund = std::get_if<Refund>(&fact.payload);
      if (refund != nullptr && refund->order == order) sum += refund->amount.minor;
    }
    return sum;
  }

  std::pair<int64_t, int64_t> Orders() const {
    int64_t count = 0;
    int64_t revenue = 0;
    for (const Fact& fact : facts_) {
      const Order* order = std::get_if<Order>(&fact.payload);
      if (order == nullptr || !InPeriod(fact) || order->status != OrderStatus::kConfirmed) continue;
      const int64_t refunded = Refunded(fact.identity);
      revenue += std::max<int64_t>(0, order->value.minor - refunded);
      if (refunded < order->value.minor) ++count;
    }
    return {count, revenue};
  }

  bool Converts(const Fact& inquiry) const {
    const absl::CivilDay day = DayOf(inquiry);
    for (const Fact& fact : facts_) {
      const Order* order = std::get_if<Order>(&fact.payload);
      if (order == nullptr || !order->inquiry.has_value()) continue;
      const auto original = original_of_.find(*order->inquiry);
      if (original == original_of_.end() || original->second != inquiry.identity) continue;
      const int64_t apart = DayOf(fact) - day;
      if (order->status == OrderStatus::kConfirmed && apart >= 0 && apart <= 90 &&
          Refunded(fact.identity) < order->value.minor) {
        return true;
      }
    }
    return false;
  }

  std::pair<int64_t, int64_t> Rate(absl::string_view which) const {
    int64_t converted = 0;
    int64_t mature = 0;
    const absl::CivilDay cut = base::LocalDay(question_.cut, question_.zone);
    for (const Fact* fact : kept_) {
      const Grade grade = std::get<Inquiry>(fact->payload).grade;
      const bool effective = grade >= Grade::kA && grade <= Grade::kC;
      if (!InPeriod(*fact) || (which == "effective" && !effective)) continue;
      if (DayOf(*fact) + 90 >= cut) continue;
      ++mature;
      if (Converts(*fact)) ++converted;
    }
    return {converted, mature};
  }

  const Question& question_;
  std::vector<Fact> facts_;
  std::vector<const Fact*> kept_;
  std::map<FactIdentity, FactIdentity> original_of_;
};

TEST(Oracle, AgreesWhateverTheOrderOfArrival) {
  SCOPED_TRACE(absl::StrCat("seed ", kSeed));
  Histories histories(kSeed);
  std::vector<const MetricDefinition*> metrics;
  for (const MetricDefinition& metric : Catalogue()) metrics.push_back(&metric);
  int64_t informative = 0;
  for (int run = 0; run < kHistories && !::testing::Test::HasFailure(); ++run) {
    SCOPED_TRACE(absl::StrCat("history ", run));
    const std::vector<Fact> history = histories.Next();
    std::vector<Fact> arrivals = history;
    for (const Fact& fact : history) {
      if (histories.Below(4) == 0) arrivals.push_back(fact);  // sent twice
    }
    histories.Shuffle(arrivals);
    FactBook book = BookOf(Ingest(arrivals, histories));
    histories.Shuffle(book.facts);
    Arrange(book);
    Question question = March();
    if (histories.Below(2) == 0) question.cut = At("2026-06-12 00:00");
    if (histories.Below(2) == 0) question.basis = CostBasis::kLoaded;
    // March has the clock changes of New York and Berlin.
    static constexpr absl::string_view kZones[] = {"Asia/Shanghai", "America/New_York",
                                                   "Europe/Berlin", "Pacific/Auckland"};
    question.zone = base::ParseTimeZone(kZones[histories.Below(4)]).value();
    book.zone = question.zone;
    const Oracle oracle(history, question);
    const auto rows = ComputeRows(book, question, metrics);
    ASSERT_TRUE(rows.ok());
    for (const MetricRow& row : *rows) {
      EXPECT_EQ(std::pair(row.numerator, row.denominator), oracle.Figure(row.definition->id))
          << row.definition->id;
      if (row.definition->cohort() && row.numerator > 0) ++informative;
    }
  }
  // A generator that converts nothing would prove nothing.
  EXPECT_GT(informative, kHistories / 20);
}

// The sum over channels, the unattributed among them, is the company's total.
TEST(Oracle, ChannelsSumToTheCompany) {
  Histories histories(kSeed + 1);
  for (int run = 0; run < 500; ++run) {
    const FactBook book = BookOf(Ingest(histories.Next(), histories));
    Question by_channel = March();
    by_channel.dimensions = {Dimension::kChannel};
    for (absl::string_view metric : {"inquiry_count", "order_count", "revenue", "ad_spend"}) {
      int64_t sum = 0;
      const auto rows = ComputeRows(book, by_channel, {FindDefinition(metric)});
      ASSERT_TRUE(rows.ok()) << rows.status();
      for (const MetricRow& row : *rows) sum += row.numerator;
      EXPECT_EQ(sum, RowOf(book, March(), metric).numerator) << metric << " in history " << run;
    }
  }
}

// Taken in and retracted is as if never taken in.
TEST(Oracle, RetractionUndoesEverything) {
  Histories histories(kSeed + 2);
  for (int run = 0; run < 500; ++run) {
    std::vector<Fact> history = histories.Next();
    std::set<FactIdentity> identities;
    for (const Fact& fact : history) identities.insert(fact.identity);
    for (const FactIdentity& identity : identities) {
      history.push_back(Fact{.identity = identity, .revision = 9});
    }
    histories.Shuffle(history);
    EXPECT_TRUE(Ingest(history, histories).empty());
  }
}

}  // namespace
}  // namespace argosy::metrics
