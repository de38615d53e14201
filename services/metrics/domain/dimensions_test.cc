// Every dimension a question can be split by: the rows are those of plain loops that name each
// fact's place by the C library's calendar.
#include <ctime>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/random.h"
#include "gtest/gtest.h"
#include "services/metrics/domain/answer.h"
#include "services/metrics/domain/facts_for_test.h"

namespace argosy::metrics {
namespace {

constexpr uint64_t kSeed = 20'260'101;
constexpr int kFacts = 2'000;

// Over a year's end: the Monday of 2026-W01 is a day of 2025.
const absl::CivilDay kBegin(2025, 12, 15);
const absl::CivilDay kEnd(2026, 1, 19);

struct PlainFact {
  std::string metric;
  absl::CivilDay day;
  int64_t amount = 0;
  Attribution at;
};

template <typename Id>
Id OneOf(base::Generator& random, std::initializer_list<const char*> ids) {
  const size_t pick = random.Below(ids.size() + 1);
  return pick == ids.size() ? Id() : Id::Parse(*(ids.begin() + pick)).value();
}

Attribution RandomAttribution(base::Generator& random) {
  Attribution at;
  at.channel = OneOf<base::ChannelId>(random, {"google", "facebook", "seo"});
  at.campaign = OneOf<base::CampaignId>(random, {"spring", "autumn"});
  at.member = OneOf<base::MemberId>(random, {"ann", "bob", "cao"});
  at.team = OneOf<base::TeamId>(random, {"east", "west"});
  at.acting_role = static_cast<ActingRole>(random.Below(4));
  return at;
}

struct History {
  std::vector<RecordedFact> facts;
  std::vector<PlainFact> plain;
};

History RandomHistory() {
  base::Generator random(kSeed);
  History history;
  for (int i = 0; i < kFacts; ++i) {
    PlainFact plain{.day = kBegin - 3 + static_cast<int64_t>(random.Below(41)),
                    .amount = 1 + static_cast<int64_t>(random.Below(1'000)),
                    .at = RandomAttribution(random)};
    const std::string when = absl::StrCat(base::FormatCivilDay(plain.day), " 23:30");
    const std::string id = absl::StrCat("f", i);
    RecordedFact fact;
    switch (random.Below(3)) {
      case 0:
        plain.metric = "inquiry_count";
        plain.amount = 1;
        fact = FactAt(when, id, Inquiry{.grade = Grade::kA, .product_line = "pumps"});
        break;
      case 1:
        plain.metric = "revenue";
        fact = FactAt(when, id, Order{.value = Usd(plain.amount)});
        break;
      default:
        plain.metric = "ad_spend";
        fact = FactAt(when, id, Spend{.amount = Usd(plain.amount)});
        break;
    }
    fact.fact.attribution = plain.at;
    history.facts.push_back(std::move(fact));
    history.plain.push_back(std::move(plain));
  }
  return history;
}

std::string Calendar(absl::CivilDay day, const char* format) {
  std::tm time = {};
  time.tm_year = static_cast<int>(day.year()) - 1900;
  time.tm_mon = day.month() - 1;
  time.tm_mday = day.day();
  timegm(&time);  // fills in the days of the week and the year
  char text[32];
  return std::string(text, std::strftime(text, sizeof(text), format, &time));
}

std::string LabelOf(Dimension dimension, const PlainFact& fact) {
  switch (dimension) {
    case Dimension::kDay:
      return Calendar(fact.day, "%Y-%m-%d");
    case Dimension::kWeek:
      return Calendar(fact.day, "%G-W%V");
    case Dimension::kMonth:
      return Calendar(fact.day, "%Y-%m");
    case Dimension::kQuarter:
      return fact.day.year() == 2025 ? "2025-Q4" : "2026-Q1";
    case Dimension::kChannel:
      return fact.at.channel.text();
    case Dimension::kCampaign:
      return fact.at.campaign.text();
    case Dimension::kRole:
      return fact.at.acting_role == ActingRole::kNone
                 ? ""
                 : absl::StrCat(static_cast<int>(fact.at.acting_role));
    case Dimension::kMember:
      return fact.at.member.text();
    case Dimension::kTeam:
      return fact.at.team.text();
  }
  return "?";
}

using Figures = std::map<std::pair<std::string, std::string>, int64_t>;

TEST(Dimensions, EachSplitsAsPlainLoopsDo) {
  SCOPED_TRACE(absl::StrCat("seed ", kSeed));
  const History history = RandomHistory();
  const FactBook book = BookOf(history.facts);
  const std::vector<const MetricDefinition*> metrics = {
      FindDefinition("ad_spend"), FindDefinition("inquiry_count"), FindDefinition("revenue")};
  for (const Dimension dimension : {Dimension::kDay, Dimension::kWeek, Dimension::kMonth,
                                    Dimension::kQuarter, Dimension::kChannel, Dimension::kCampaign,
                                    Dimension::kRole, Dimension::kMember, Dimension::kTeam}) {
    SCOPED_TRACE(static_cast<int>(dimension));
    Figures expected;
    for (const PlainFact& fact : history.plain) {
      if (fact.day < kBegin || fact.day >= kEnd) continue;
      expected[{fact.metric, LabelOf(dimension, fact)}] += fact.amount;
    }
    Question question = March();
    question.period = {.begin = kBegin, .end = kEnd};
    question.cut = At("2026-02-01 00:00");
    question.dimensions = {dimension};
    const auto rows = ComputeRows(book, question, metrics);
    ASSERT_TRUE(rows.ok());
    Figures figures;
    for (const MetricRow& row : *rows) {
      const std::pair key(std::string(row.definition->id), row.cell.values.at(0));
      EXPECT_TRUE(figures.emplace(key, row.numerator).second) << key.second << " stands twice";
    }
    EXPECT_EQ(figures, expected);
  }
}

}  // namespace
}  // namespace argosy::metrics
