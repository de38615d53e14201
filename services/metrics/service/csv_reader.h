// CSV as it streams by: rows with the line they begin on. Strict: what RFC 4180 does not allow is
// refused with its place, never guessed at.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_CSV_READER_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_CSV_READER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/metrics/domain/csv_encoding.h"

namespace argosy::metrics {

// A place between two rows of a file, from which reading can go on.
struct CsvPosition {
  int64_t line = 1;         // lines count from 1
  int64_t byte_offset = 0;  // from the beginning of the file

  friend bool operator==(const CsvPosition&, const CsvPosition&) = default;
};

struct CsvRow {
  CsvPosition begin;
  std::vector<std::string> cells;  // unquoted; unquoted cells without the blanks around them

  friend bool operator==(const CsvRow&, const CsvRow&) = default;
};

// Takes the bytes of a file in order, cut anywhere, and gives back whole rows. Lines without any
// character are passed over. A line ends with LF, CR or CRLF, inside quotes too. Not thread-safe.
class CsvReader {
 public:
  // A name wider than this is no name: wide exports have some 60 columns.
  static constexpr size_t kColumnsMax = 100;
  // A long message in a cell is some pages; more is a missing quote.
  static constexpr size_t kCellBytesMax = size_t{64} << 10;

  // Begins at `begin`: the beginning of a file, or of a row.
  CsvReader(char delimiter, CsvPosition begin);
  ~CsvReader();
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  // The rows that end within `bytes`. INVALID_ARGUMENT, after which the reader is of no use:
  // CSV_MALFORMED for a quote out of place, CSV_ENCODING, CSV_TOO_LARGE.
  absl::StatusOr<std::vector<CsvRow>> Feed(absl::string_view bytes);
  // The last row, when no line end follows it; none or one. CSV_MALFORMED inside quotes.
  absl::StatusOr<std::vector<CsvRow>> Finish();

 private:
  struct Parser;

  absl::Status Take(char c);

  std::unique_ptr<Parser> parser_;
  Utf8Check encoding_;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_CSV_READER_H_
