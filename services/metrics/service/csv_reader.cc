#include "services/metrics/service/csv_reader.h"

#include <csv.h>

#include <utility>

#include "base/status_macros.h"
#include "services/metrics/domain/import_errors.h"

namespace argosy::metrics {

// libcsv's state and what its callbacks collect. libcsv knows neither lines nor offsets, so it gets
// one byte at a time and the place is counted beside it.
struct CsvReader::Parser {
  csv_parser csv{};
  CsvPosition at;            // of the next byte
  bool after_cr = false;     // the last byte was CR: an LF now ends the same line
  bool in_row = false;       // something but blanks of the current row has been taken
  CsvRow row;                // the current row
  std::vector<CsvRow> rows;  // whole rows not handed out yet

  static void OnCell(void* bytes, size_t size, void* parser) {
    static_cast<Parser*>(parser)->row.cells.emplace_back(static_cast<const char*>(bytes), size);
  }
  static void OnRow(int /*terminator*/, void* parser) {
    auto& self = *static_cast<Parser*>(parser);
    self.rows.push_back(std::exchange(self.row, CsvRow{}));
  }
};

namespace {
// libcsv's state before the first character of a row that is not blank.
constexpr int kRowNotBegun = 0;
}  // namespace

CsvReader::CsvReader(char delimiter, CsvPosition begin)
    : parser_(std::make_unique<Parser>()), encoding_(begin.byte_offset) {
  parser_->at = begin;
  // csv_init fails on a null parser alone.
  static_cast<void>(csv_init(&parser_->csv, CSV_STRICT | CSV_STRICT_FINI));
  csv_set_delim(&parser_->csv, static_cast<unsigned char>(delimiter));
}

CsvReader::~CsvReader() { csv_free(&parser_->csv); }

absl::Status CsvReader::Take(char c) {
  Parser& parser = *parser_;
  if (!parser.in_row) parser.row.begin = parser.at;
  if (csv_parse(&parser.csv, &c, 1, &Parser::OnCell, &Parser::OnRow, &parser) != 1) {
    return CsvMalformed(parser.at.line, parser.at.byte_offset,
                        "a quote inside a cell that does not begin with one, or text after one");
  }
  parser.in_row = parser.csv.pstate != kRowNotBegun;
  if (parser.csv.entry_pos > kCellBytesMax) {
    return CsvTooLarge(parser.row.begin.line, "bytes in a cell",
                       static_cast<int64_t>(kCellBytesMax));
  }
  if (parser.row.cells.size() >= kColumnsMax && parser.in_row) {
    return CsvTooLarge(parser.row.begin.line, "columns", static_cast<int64_t>(kColumnsMax));
  }
  ++parser.at.byte_offset;
  if (c == '\r' || (c == '\n' && !parser.after_cr)) ++parser.at.line;
  parser.after_cr = c == '\r';
  return absl::OkStatus();
}

absl::StatusOr<std::vector<CsvRow>> CsvReader::Feed(absl::string_view bytes) {
  RETURN_IF_ERROR(encoding_.Feed(bytes));
  for (const char c : bytes) RETURN_IF_ERROR(Take(c));
  return std::exchange(parser_->rows, {});
}

absl::StatusOr<std::vector<CsvRow>> CsvReader::Finish() {
  RETURN_IF_ERROR(encoding_.Finish());
  Parser& parser = *parser_;
  if (csv_fini(&parser.csv, &Parser::OnCell, &Parser::OnRow, &parser) != 0) {
    return CsvMalformed(parser.row.begin.line, parser.row.begin.byte_offset,
                        "the file ends inside quotes");
  }
  return std::exchange(parser.rows, {});
}

}  // namespace argosy::metrics
