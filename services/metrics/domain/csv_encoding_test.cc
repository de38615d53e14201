#include "services/metrics/domain/csv_encoding.h"

#include <string>
#include <vector>

#include "base/fault.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::metrics {
namespace {

using argosy::testing::HasReason;
using argosy::testing::IsOk;
using argosy::testing::IsOkAndHolds;
using ::testing::Contains;
using ::testing::Pair;
using ::testing::ValuesIn;

struct EncodingCase {
  std::string name;
  std::string bytes;
  int64_t bad_at = -1;  // -1: well-formed
};
class Utf8CheckTest : public ::testing::TestWithParam<EncodingCase> {};

absl::Status CheckWhole(const std::string& bytes, size_t step) {
  Utf8Check check(0);
  for (size_t i = 0; i < bytes.size(); i += step) {
    if (absl::Status status = check.Feed(absl::string_view(bytes).substr(i, step)); !status.ok()) {
      return status;
    }
  }
  return check.Finish();
}

TEST_P(Utf8CheckTest, NamesTheFirstBadByteHoweverTheFileIsCut) {
  for (const size_t step : {size_t{1}, size_t{2}, size_t{64}}) {
    const absl::Status status = CheckWhole(GetParam().bytes, step);
    if (GetParam().bad_at < 0) {
      EXPECT_THAT(status, IsOk());
      continue;
    }
    ASSERT_THAT(status, HasReason("CSV_ENCODING"));
    EXPECT_THAT(base::FindFault(status)->metadata,
                Contains(Pair("byte_offset", std::to_string(GetParam().bad_at))));
  }
}
// Ill-formed sequences: Unicode Standard, table 3-7 and its neighbours.
INSTANTIATE_TEST_SUITE_P(Sequences, Utf8CheckTest,
                         ValuesIn(std::vector<EncodingCase>{
                             {.name = "Ascii", .bytes = "a,b\n1,2\n"},
                             {.name = "Chinese", .bytes = "\xE8\xAF\xA2\xE7\x9B\x98"},
                             {.name = "FourBytes", .bytes = "\xF0\x9F\x98\x80"},
                             {.name = "LastOfAll", .bytes = "\xF4\x8F\xBF\xBF"},
                             {.name = "Latin1", .bytes = "Jos\xE9,1", .bad_at = 4},
                             {.name = "Gbk", .bytes = "a\xD1\xAF\xC5\xCC", .bad_at = 4},
                             {.name = "LoneContinuation", .bytes = "a\x80", .bad_at = 1},
                             {.name = "Overlong", .bytes = "\xC0\x80", .bad_at = 0},
                             {.name = "OverlongThree", .bytes = "\xE0\x9F\xBF", .bad_at = 1},
                             {.name = "Surrogate", .bytes = "\xED\xA0\x80", .bad_at = 1},
                             {.name = "BeyondUnicode", .bytes = "\xF4\x90\x80\x80", .bad_at = 1},
                             {.name = "CutCharacter", .bytes = "ab\xE8\xAF", .bad_at = 4},
                             {.name = "Nul", .bytes = std::string("a\0b", 3), .bad_at = 1}}),
                         [](const auto& test) { return test.param.name; });

TEST(ByteOrderMark, IsPassedOverWhenUtf8AndRefusedOtherwise) {
  EXPECT_THAT(ByteOrderMark("a,b"), IsOkAndHolds(size_t{0}));
  EXPECT_THAT(ByteOrderMark(""), IsOkAndHolds(size_t{0}));
  EXPECT_THAT(ByteOrderMark("\xEF\xBB\xBF"
                            "a,b"),
              IsOkAndHolds(size_t{3}));
  EXPECT_THAT(ByteOrderMark(absl::string_view("\xFF\xFE"
                                              "a\0",
                                              4)),
              HasReason("CSV_ENCODING"));
  EXPECT_THAT(ByteOrderMark(absl::string_view("\xFE\xFF\0a", 4)), HasReason("CSV_ENCODING"));
  EXPECT_THAT(ByteOrderMark(absl::string_view("\xFF\xFE\0\0", 4)), HasReason("CSV_ENCODING"));
}

}  // namespace
}  // namespace argosy::metrics
