// Small CSV files read whole: the tables that stand beside an import's file.
#ifndef ARGOSY_ARGOSYCTL_CSV_TABLE_H_
#define ARGOSY_ARGOSYCTL_CSV_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "argosyctl/text_file.h"

namespace argosy::ctl {

// A header and rows of as many cells. Imports themselves are parsed by the server alone; this is
// for what argosyctl must know before it sends one.
class CsvTable {
 public:
  // Comma-separated with double quotes (RFC 4180), UTF-8 with or without a byte order mark.
  // INVALID_ARGUMENT / FIELD_INVALID, naming file and line, for a quote out of place, a row of
  // another width than the header, or no header.
  static absl::StatusOr<CsvTable> Parse(const NamedText& csv);

  size_t row_count() const { return rows_.size(); }
  // The column's cells, one per row. INVALID_ARGUMENT / FIELD_INVALID when the header has not
  // exactly one such column.
  absl::StatusOr<std::vector<std::string>> Column(absl::string_view name) const;

 private:
  CsvTable(absl::string_view path, std::vector<std::string> header,
           std::vector<std::vector<std::string>> rows)
      : path_(path), header_(std::move(header)), rows_(std::move(rows)) {}

  std::string path_;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_CSV_TABLE_H_
