#include "services/metrics/service/csv_reader.h"

#include <string>
#include <vector>

#include "base/fault.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::metrics {
namespace {

using argosy::testing::HasReason;
using argosy::testing::IsOkAndHolds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

// The file read in pieces of `step` bytes.
absl::StatusOr<std::vector<CsvRow>> ReadIn(size_t step, absl::string_view file,
                                           CsvPosition begin = {}, char delimiter = ',') {
  CsvReader reader(delimiter, begin);
  std::vector<CsvRow> all;
  const auto take = [&](absl::StatusOr<std::vector<CsvRow>> rows) {
    if (rows.ok()) all.insert(all.end(), rows->begin(), rows->end());
    return rows.status();
  };
  for (size_t i = 0; i < file.size(); i += step) {
    RETURN_IF_ERROR(take(reader.Feed(file.substr(i, step))));
  }
  RETURN_IF_ERROR(take(reader.Finish()));
  return all;
}

CsvRow Row(int64_t line, int64_t byte_offset, std::vector<std::string> cells) {
  return {.begin = {.line = line, .byte_offset = byte_offset}, .cells = std::move(cells)};
}

TEST(CsvReader, GivesRowsWithTheirPlaceHoweverTheFileIsCut) {
  const std::string file = "a,b\r\n1,\"two\nlines \"\"quoted\"\"\"\r\n\r\n  \n 3 ,\n4,5";
  for (const size_t step : {size_t{1}, size_t{3}, size_t{1000}}) {
    EXPECT_THAT(
        ReadIn(step, file),
        IsOkAndHolds(ElementsAre(Row(1, 0, {"a", "b"}), Row(2, 5, {"1", "two\nlines \"quoted\""}),
                                 Row(6, 37, {"3", ""}), Row(7, 41, {"4", "5"}))))
        << "step " << step;
  }
}

TEST(CsvReader, GoesOnFromThePlaceOfAnyRow) {
  const std::string file = "a,b\n1,\"x\ny\"\n\n2,z\n3,w";
  ASSERT_OK_AND_ASSIGN(const std::vector<CsvRow> whole, ReadIn(1000, file));
  ASSERT_THAT(whole, SizeIs(4));
  for (size_t i = 0; i < whole.size(); ++i) {
    const auto offset = static_cast<size_t>(whole[i].begin.byte_offset);
    EXPECT_THAT(ReadIn(2, absl::string_view(file).substr(offset), whole[i].begin),
                IsOkAndHolds(std::vector<CsvRow>(whole.begin() + static_cast<std::ptrdiff_t>(i),
                                                 whole.end())));
  }
}

TEST(CsvReader, CountsCarriageReturnsAsLineEnds) {
  EXPECT_THAT(ReadIn(1, "a\rb\r\nc\n\rd"),
              IsOkAndHolds(ElementsAre(Row(1, 0, {"a"}), Row(2, 2, {"b"}), Row(3, 5, {"c"}),
                                       Row(5, 8, {"d"}))));
}

TEST(CsvReader, TakesAnotherDelimiter) {
  EXPECT_THAT(ReadIn(1, "a,1\tb\n", {}, '\t'), IsOkAndHolds(ElementsAre(Row(1, 0, {"a,1", "b"}))));
}

TEST(CsvReader, GivesNothingForAnEmptyFile) { EXPECT_THAT(ReadIn(1, ""), IsOkAndHolds(IsEmpty())); }

TEST(CsvReader, RefusesAQuoteOutOfPlaceNamingLineAndByte) {
  for (const char* file : {"a,b\n1,2\"3\n", "a,b\n1,\"2\"3\n"}) {
    const absl::Status status = ReadIn(1000, file).status();
    ASSERT_THAT(status, HasReason("CSV_MALFORMED")) << file;
    EXPECT_THAT(base::FindFault(status)->metadata, Contains(Pair("line", "2")));
  }
  EXPECT_THAT(base::FindFault(ReadIn(1, "a,b\n1,2\"3\n").status())->metadata,
              Contains(Pair("byte_offset", "7")));
}

TEST(CsvReader, RefusesAFileThatEndsInsideQuotes) {
  const absl::Status status = ReadIn(1000, "a\n\"open\n1\n").status();
  ASSERT_THAT(status, HasReason("CSV_MALFORMED"));
  EXPECT_THAT(base::FindFault(status)->metadata, Contains(Pair("line", "2")));
}

TEST(CsvReader, RefusesWhatIsNotUtf8) {
  EXPECT_THAT(ReadIn(4, "a\nJos\xE9\n"), HasReason("CSV_ENCODING"));
  EXPECT_THAT(ReadIn(4, "a\nJos\xC3"), HasReason("CSV_ENCODING"));
}

TEST(CsvReader, BoundsColumnsAndCells) {
  std::string row = "1";
  for (size_t i = 1; i < CsvReader::kColumnsMax; ++i) row += ",1";
  EXPECT_THAT(ReadIn(1000, row), IsOkAndHolds(SizeIs(1)));
  EXPECT_THAT(ReadIn(1000, row + ",1"), HasReason("CSV_TOO_LARGE"));
  const std::string cell(CsvReader::kCellBytesMax, 'x');
  EXPECT_THAT(ReadIn(1000, cell + "\n"), IsOkAndHolds(SizeIs(1)));
  EXPECT_THAT(ReadIn(1000, cell + "x\n"), HasReason("CSV_TOO_LARGE"));
}

}  // namespace
}  // namespace argosy::metrics
