#include "services/metrics/domain/mapping_text.h"

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "base/ids.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::metrics {
namespace {

using argosy::testing::HasReason;
using argosy::testing::IsOkAndHolds;
using ::testing::ValuesIn;

struct SlugCase {
  std::string name;
  std::string text;
  std::string want;  // empty: SLUG_IMPOSSIBLE
};
class SlugifyTest : public ::testing::TestWithParam<SlugCase> {};
TEST_P(SlugifyTest, MakesAnIdOrRefuses) {
  if (GetParam().want.empty()) {
    EXPECT_THAT(base::SlugFromName(GetParam().text), HasReason("SLUG_IMPOSSIBLE"));
  } else {
    EXPECT_THAT(base::SlugFromName(GetParam().text), IsOkAndHolds(GetParam().want));
  }
}
INSTANTIATE_TEST_SUITE_P(
    Names, SlugifyTest,
    ValuesIn(std::vector<SlugCase>{
        {.name = "TwoWords", .text = "Moses Frase", .want = "moses-frase"},
        {.name = "HyphenStays", .text = "Mei-Mei Johns", .want = "mei-mei-johns"},
        {.name = "RunOfOthersIsOneHyphen", .text = "  O'Neil,  (Jr.) ", .want = "o-neil-jr"},
        {.name = "DigitsInside", .text = "Team 7", .want = "team-7"},
        {.name = "BeginsWithDigit", .text = "7 seas", .want = ""},
        {.name = "TooShort", .text = "Li", .want = ""},
        {.name = "NothingLeft", .text = "--", .want = ""},
        {.name = "BeyondAscii", .text = "Jos\xC3\xA9 Luis", .want = ""},
        {.name = "TooLong", .text = std::string(64, 'a'), .want = ""},
        {.name = "LongestThereIs", .text = std::string(63, 'A'), .want = std::string(63, 'a')}}),
    [](const auto& test) { return test.param.name; });

TEST(JoinParts, NeverGivesOneTextForTwoLists) {
  EXPECT_EQ(JoinParts({"708746", "2023-08-31"}), "708746/2023-08-31");
  EXPECT_EQ(JoinParts({"a/b", "c"}), "a%2Fb/c");
  EXPECT_EQ(JoinParts({"a", "b/c"}), "a/b%2Fc");
  EXPECT_EQ(JoinParts({"a%2Fb", "c"}), "a%252Fb/c");
}

TEST(JoinParts, LeavesASinglePartAlone) { EXPECT_EQ(JoinParts({"50%/a"}), "50%/a"); }

TEST(CutCharacters, CutsBetweenCharacters) {
  EXPECT_EQ(CutCharacters("abc", 3), "abc");
  EXPECT_EQ(CutCharacters("abcd", 3), "abc");
  EXPECT_EQ(CutCharacters("\xE8\xAF\xA2\xE7\x9B\x98\xE6\x95\xB0", 2), "\xE8\xAF\xA2\xE7\x9B\x98");
}

struct DateCase {
  std::string name;
  std::vector<std::string> formats;
  std::string text;
  absl::CivilDay want;
  std::string reason;  // not empty: refused
};
class ReadDateTest : public ::testing::TestWithParam<DateCase> {};
TEST_P(ReadDateTest, ReadsOrRefuses) {
  std::vector<DateFormat> formats;
  for (const std::string& pattern : GetParam().formats) {
    ASSERT_OK_AND_ASSIGN(DateFormat format, DateFormat::Parse(pattern));
    formats.push_back(format);
  }
  const auto day = ReadDate(formats, GetParam().text);
  if (GetParam().reason.empty()) {
    EXPECT_THAT(day, IsOkAndHolds(GetParam().want));
  } else {
    EXPECT_THAT(day, HasReason(GetParam().reason));
  }
}
INSTANTIATE_TEST_SUITE_P(Dates, ReadDateTest,
                         ValuesIn(std::vector<DateCase>{{.name = "DayFirst",
                                                         .formats = {"dd-mm-yyyy"},
                                                         .text = "01-03-2017",
                                                         .want = absl::CivilDay(2017, 3, 1),
                                                         .reason = ""},
                                                        {.name = "YearFirst",
                                                         .formats = {"yyyy-mm-dd"},
                                                         .text = "2017-03-01",
                                                         .want = absl::CivilDay(2017, 3, 1),
                                                         .reason = ""},
                                                        {.name = "MonthFirstShort",
                                                         .formats = {"mm/dd/yyyy"},
                                                         .text = "3/9/2026",
                                                         .want = absl::CivilDay(2026, 3, 9),
                                                         .reason = ""},
                                                        {.name = "SecondFormat",
                                                         .formats = {"yyyy-mm-dd", "dd.mm.yyyy"},
                                                         .text = "31.12.2025",
                                                         .want = absl::CivilDay(2025, 12, 31),
                                                         .reason = ""},
                                                        {.name = "LeapDay",
                                                         .formats = {"dd-mm-yyyy"},
                                                         .text = "29-02-2024",
                                                         .want = absl::CivilDay(2024, 2, 29),
                                                         .reason = ""},
                                                        {.name = "NoLeapDay",
                                                         .formats = {"dd-mm-yyyy"},
                                                         .text = "29-02-2023",
                                                         .want = {},
                                                         .reason = "DATE_MALFORMED"},
                                                        {.name = "MonthsSwapped",
                                                         .formats = {"dd-mm-yyyy"},
                                                         .text = "03-25-2017",
                                                         .want = {},
                                                         .reason = "DATE_MALFORMED"},
                                                        {.name = "TooEarly",
                                                         .formats = {"dd-mm-yyyy"},
                                                         .text = "31-12-1999",
                                                         .want = {},
                                                         .reason = "DATE_OUT_OF_RANGE"},
                                                        {.name = "TooLate",
                                                         .formats = {"yyyy-mm-dd"},
                                                         .text = "2100-01-01",
                                                         .want = {},
                                                         .reason = "DATE_OUT_OF_RANGE"},
                                                        {.name = "OtherSeparator",
                                                         .formats = {"dd-mm-yyyy"},
                                                         .text = "01/03/2017",
                                                         .want = {},
                                                         .reason = "DATE_UNREADABLE"},
                                                        {.name = "TwoDigitYear",
                                                         .formats = {"dd-mm-yyyy"},
                                                         .text = "01-03-17",
                                                         .want = {},
                                                         .reason = "DATE_UNREADABLE"},
                                                        {.name = "Words",
                                                         .formats = {"dd-mm-yyyy"},
                                                         .text = "soon",
                                                         .want = {},
                                                         .reason = "DATE_UNREADABLE"}}),
                         [](const auto& test) { return test.param.name; });

class DateFormatRefusal : public ::testing::TestWithParam<std::string> {};
TEST_P(DateFormatRefusal, IsNoFormat) {
  EXPECT_THAT(DateFormat::Parse(GetParam()), HasReason("MAPPING_INVALID"));
}
INSTANTIATE_TEST_SUITE_P(Patterns, DateFormatRefusal,
                         ::testing::Values("", "ddmmyyyy", "dd-mm", "dd-mm/yyyy", "dd-dd-yyyy",
                                           "dd-mm-yy", "dd-mm-yyyy-dd", "DD-MM-YYYY"));

}  // namespace
}  // namespace argosy::metrics
