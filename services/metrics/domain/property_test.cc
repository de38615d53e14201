// What must hold of every answer, whatever the facts are.
#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/metrics/domain/answer.h"
#include "services/metrics/domain/facts_for_test.h"
#include "services/metrics/domain/histories_for_test.h"

namespace argosy::metrics {
namespace {

constexpr int kRuns = 500;
constexpr uint64_t kSeed = 20'261'123;
constexpr int64_t kLookbackDays = 60;  // before every fact of a history

std::vector<const MetricDefinition*> WholeCatalogue() {
  std::vector<const MetricDefinition*> metrics;
  for (const MetricDefinition& metric : Catalogue()) metrics.push_back(&metric);
  return metrics;
}

// The part of `book` that is read for `question`.
FactBook ReadPart(const FactBook& book, const Question& question,
                  const std::vector<const MetricDefinition*>& metrics) {
  FactBook part = book;
  part.facts.clear();
  for (const FactWindow& window :
       WindowsFor(question, KindsFor(MeasuresOf(metrics)), kLookbackDays)) {
    for (const RecordedFact& fact : book.facts) {
      const bool inside = window.days.Contains(OccurredDay(fact.fact, book.zone));
      if (fact.fact.kind() == window.kind && inside) part.facts.push_back(fact);
    }
  }
  Arrange(part);
  return part;
}

// Everything a row says, as text.
std::string Said(const MetricRow& row) {
  std::string text = absl::StrCat(row.definition->id, " ", row.numerator, "/", row.denominator,
                                  " n=", row.n, " immature=", row.immature);
  for (const Finding& finding : row.findings) {
    absl::StrAppend(&text, " ", static_cast<int>(finding.status), ":", finding.reason);
  }
  return text;
}

std::vector<std::string> SaidBy(const FactBook& book, const Question& question,
                                const std::vector<const MetricDefinition*>& metrics) {
  std::vector<std::string> texts;
  const auto rows = ComputeRows(book, question, metrics);
  EXPECT_TRUE(rows.ok());
  if (!rows.ok()) return texts;
  for (const MetricRow& row : *rows) texts.push_back(Said(row));
  return texts;
}

Question RandomQuestion(Histories& random) {
  static constexpr std::pair<absl::string_view, absl::string_view> kPeriods[] = {
      {"2026-03-01", "2026-04-01"}, {"2026-01-01", "2026-04-01"}, {"2026-04-01", "2026-07-01"},
      {"2026-03-08", "2026-03-09"}, {"2026-03-29", "2026-04-06"}, {"2026-06-01", "2026-07-01"}};
  Question question = March();
  const auto& [begin, end] = kPeriods[random.Below(6)];
  question.period = {.begin = Day(begin), .end = Day(end)};
  if (random.Below(2) == 0) question.cut = At("2026-06-12 00:00");
  if (random.Below(2) == 0) question.mode = Mode::kActivity;
  if (random.Below(3) == 0) question.choice = ChannelChoice::kPaidOnly;
  return question;
}

// An answer computed from what is read for it is the one computed from every fact there is.
TEST(Property, WindowsLoseNothing) {
  SCOPED_TRACE(absl::StrCat("seed ", kSeed));
  Histories histories(kSeed);
  const auto metrics = WholeCatalogue();
  for (int run = 0; run < kRuns && !::testing::Test::HasFailure(); ++run) {
    SCOPED_TRACE(absl::StrCat("history ", run));
    const FactBook book = BookOf(Ingest(histories.Next(), histories));
    const Question question = RandomQuestion(histories);
    EXPECT_EQ(SaidBy(ReadPart(book, question, metrics), question, metrics),
              SaidBy(book, question, metrics));
  }
}

// Whether the book says of an order that it was given back in a later month.
bool TakesBackInAnotherMonth(const FactBook& book) {
  std::map<FactIdentity, absl::CivilMonth> months;
  for (const RecordedFact& recorded : book.facts) {
    months[recorded.fact.identity] = absl::CivilMonth(OccurredDay(recorded.fact, book.zone));
  }
  return std::any_of(book.facts.begin(), book.facts.end(), [&](const RecordedFact& recorded) {
    const Refund* refund = std::get_if<Refund>(&recorded.fact.payload);
    const auto order = refund == nullptr ? months.end() : months.find(refund->order);
    return order != months.end() && order->second < months[recorded.fact.identity];
  });
}

// What is asked month by month sums to what is asked of the quarter.
TEST(Property, MonthsSumToTheQuarter) {
  SCOPED_TRACE(absl::StrCat("seed ", kSeed + 1));
  Histories histories(kSeed + 1);
  int64_t refunded = 0;
  for (int run = 0; run < kRuns && !::testing::Test::HasFailure(); ++run) {
    SCOPED_TRACE(absl::StrCat("history ", run));
    const FactBook book = BookOf(Ingest(histories.Next(), histories));
    for (absl::string_view id :
         {"inquiry_count", "effective_inquiry_count", "order_count", "revenue", "ad_spend"}) {
      const std::vector<const MetricDefinition*> metric = {FindDefinition(id)};
      const auto figure = [&](absl::CivilMonth from, absl::CivilMonth to) {
        Question question = March();
        question.period = {.begin = absl::CivilDay(from), .end = absl::CivilDay(to)};
        return RowOf(ReadPart(book, question, metric), question, id).numerator;
      };
      const absl::CivilMonth first(2026, 2);
      int64_t sum = 0;
      for (int month = 0; month < 6; ++month) sum += figure(first + month, first + month + 1);
      EXPECT_EQ(sum, figure(first, first + 6)) << id;
      if (id == "revenue" && TakesBackInAnotherMonth(book)) ++refunded;
    }
  }
  EXPECT_GT(refunded, 0);
}

}  // namespace
}  // namespace argosy::metrics
