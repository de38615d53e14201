#include "base/period.h"

#include <string>
#include <vector>

#include "base/random.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::base {
namespace {

using absl::CivilDay;
using testing::HasReason;
using testing::IsOk;
using testing::IsOkAndHolds;

constexpr uint64_t kSeed = 20260309;

TEST(ParseTimeZone, KnowsIanaNamesAlone) {
  EXPECT_THAT(ParseTimeZone("Asia/Shanghai"), IsOk());
  EXPECT_THAT(ParseTimeZone("UTC"), IsOk());
  for (const char* name :
       {"", "localtime", "CST", "/etc/localtime", "../etc/passwd", "Mars/Base"}) {
    EXPECT_THAT(ParseTimeZone(name), HasReason("TIME_ZONE_UNKNOWN")) << name;
  }
}

TEST(ParseCivilDay, ReadsRealDaysAlone) {
  EXPECT_THAT(ParseCivilDay("2024-02-29"), IsOkAndHolds(CivilDay(2024, 2, 29)));
  for (const char* text : {"2023-02-29", "2024-13-01", "2024-1-1", "24-01-01", "2024/01/01",
                           "2024-01-01x", "", "2024-00-10", "+024-01-01"}) {
    EXPECT_THAT(ParseCivilDay(text), HasReason("DATE_MALFORMED")) << text;
  }
  EXPECT_THAT(ParseCivilDay("1999-12-31"), HasReason("DATE_OUT_OF_RANGE"));
  EXPECT_THAT(ParseCivilDay("2100-01-01"), HasReason("DATE_OUT_OF_RANGE"));
}

TEST(DayNumber, GoesThereAndBack) {
  EXPECT_EQ(ToDayNumber(CivilDay(1970, 1, 1)), 0);
  EXPECT_EQ(FromDayNumber(ToDayNumber(CivilDay(2026, 3, 9))), CivilDay(2026, 3, 9));
}

struct DayLength {
  std::string name;
  std::string zone;
  CivilDay day;
  int hours;
};
class DayLengthTest : public ::testing::TestWithParam<DayLength> {};
TEST_P(DayLengthTest, FollowsTheClockChange) {
  const absl::TimeZone zone = *ParseTimeZone(GetParam().zone);
  const CivilDay day = GetParam().day;
  const InstantRange range = ToInstants({day, day + 1}, zone);
  EXPECT_EQ(range.end - range.begin, absl::Hours(GetParam().hours));
  EXPECT_EQ(LocalDay(range.begin, zone), day);
  EXPECT_EQ(LocalDay(range.end - absl::Nanoseconds(1), zone), day);
  EXPECT_EQ(LocalDay(range.begin - absl::Nanoseconds(1), zone), day - 1);
}
INSTANTIATE_TEST_SUITE_P(
    Zones, DayLengthTest,
    ::testing::ValuesIn(std::vector<DayLength>{
        {"ShanghaiHasNone", "Asia/Shanghai", CivilDay(2026, 3, 8), 24},
        {"NewYorkSpring", "America/New_York", CivilDay(2026, 3, 8), 23},
        {"NewYorkAutumn", "America/New_York", CivilDay(2026, 11, 1), 25},
        // Midnight did not exist on this day: clocks went from 24:00 to 01:00.
        {"SaoPauloSkipsMidnight", "America/Sao_Paulo", CivilDay(2018, 11, 4), 23},
        // The hour before midnight came twice.
        {"SaoPauloRepeatsAnHour", "America/Sao_Paulo", CivilDay(2018, 2, 17), 25},
    }),
    [](const auto& row) { return row.param.name; });

struct WeekCase {
  CivilDay day;
  std::string label;
};
class IsoWeekTest : public ::testing::TestWithParam<WeekCase> {};
TEST_P(IsoWeekTest, BelongsToTheYearOfItsThursday) {
  EXPECT_EQ(PeriodLabel(GetParam().day, Grain::kIsoWeek), GetParam().label);
  const auto week = ParsePeriodLabel(GetParam().label);
  ASSERT_THAT(week, IsOk());
  EXPECT_TRUE(week->Contains(GetParam().day));
  EXPECT_EQ(week->days(), 7);
}
INSTANTIATE_TEST_SUITE_P(YearEnds, IsoWeekTest,
                         ::testing::ValuesIn(std::vector<WeekCase>{
                             {CivilDay(2020, 12, 31), "2020-W53"},
                             {CivilDay(2021, 1, 3), "2020-W53"},
                             {CivilDay(2021, 1, 4), "2021-W01"},
                             {CivilDay(2024, 12, 29), "2024-W52"},
                             {CivilDay(2024, 12, 30), "2025-W01"},
                             {CivilDay(2025, 12, 31), "2026-W01"},
                             {CivilDay(2027, 1, 1), "2026-W53"},
                         }));

TEST(ParsePeriodLabel, RefusesPeriodsThatDoNotExist) {
  for (const char* label : {"", "2025-W53", "2026-W00", "2026-W54", "2026-Q0", "2026-Q5", "2026-13",
                            "2026-00", "1999", "2100", "2026-", "2026-Q", "26", "2026-02-30"}) {
    EXPECT_THAT(ParsePeriodLabel(label), HasReason("PERIOD_MALFORMED")) << label;
  }
}

TEST(PeriodLabel, IsReadBackAsThePeriodOfItsDay) {
  SCOPED_TRACE(kSeed);
  Generator generator(kSeed);
  for (int i = 0; i < 3000; ++i) {
    const CivilDay day = CivilDay(2000, 1, 10) + static_cast<int64_t>(generator.Below(36'000));
    for (const Grain grain :
         {Grain::kDay, Grain::kIsoWeek, Grain::kMonth, Grain::kQuarter, Grain::kYear}) {
      const Period period = PeriodOf(day, grain);
      ASSERT_TRUE(period.Contains(day));
      ASSERT_THAT(ParsePeriodLabel(PeriodLabel(day, grain)), IsOkAndHolds(period));
    }
  }
}

TEST(Buckets, CoverTheWholeWithoutGapOrOverlap) {
  SCOPED_TRACE(kSeed);
  Generator generator(kSeed);
  for (int i = 0; i < 300; ++i) {
    const CivilDay begin = CivilDay(2020, 1, 1) + static_cast<int64_t>(generator.Below(3000));
    const Period whole{begin, begin + static_cast<int64_t>(generator.Below(800))};
    for (const Grain grain : {Grain::kDay, Grain::kIsoWeek, Grain::kMonth, Grain::kYear}) {
      CivilDay at = whole.begin;
      for (const Period& bucket : Buckets(whole, grain)) {
        ASSERT_EQ(bucket.begin, at);
        ASSERT_GT(bucket.days(), 0);
        ASSERT_EQ(PeriodOf(bucket.begin, grain), PeriodOf(bucket.end - 1, grain));
        at = bucket.end;
      }
      ASSERT_EQ(at, whole.end);
    }
  }
}

}  // namespace
}  // namespace argosy::base
