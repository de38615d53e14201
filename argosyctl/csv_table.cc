#include "argosyctl/csv_table.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::ctl {
namespace {

absl::Status Malformed(absl::string_view path, int64_t line, absl::string_view why) {
  return base::FieldInvalid(path, absl::StrCat("line ", line, ": ", why));
}

// Reads a text cell by cell.
class Scanner {
 public:
  explicit Scanner(const NamedText& csv) : path_(csv.path), rest_(csv.text) {
    absl::ConsumePrefix(&rest_, "\xEF\xBB\xBF");
  }

  bool at_end() const { return rest_.empty(); }
  int64_t line() const { return line_; }

  // The cells of the next line that is not empty; none at the end.
  absl::StatusOr<std::vector<std::string>> Row() {
    while (TakeLineEnd()) {
    }
    std::vector<std::string> cells;
    if (at_end()) return cells;
    for (;;) {
      ASSIGN_OR_RETURN(std::string cell, Cell());
      cells.push_back(std::move(cell));
      if (absl::ConsumePrefix(&rest_, ",")) continue;
      if (at_end() || TakeLineEnd()) return cells;
      return Malformed(path_, line_, "text after a closing quote");
    }
  }

 private:
  bool TakeLineEnd() {
    if (!absl::ConsumePrefix(&rest_, "\r\n") && !absl::ConsumePrefix(&rest_, "\n") &&
        !absl::ConsumePrefix(&rest_, "\r")) {
      return false;
    }
    ++line_;
    return true;
  }

  absl::StatusOr<std::string> Cell() {
    if (absl::ConsumePrefix(&rest_, "\"")) return Quoted();
    const size_t size = std::min(rest_.find_first_of(",\r\n\""), rest_.size());
    if (size < rest_.size() && rest_[size] == '"') {
      return Malformed(path_, line_, "a quote inside a cell that does not begin with one");
    }
    std::string cell(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return cell;
  }

  absl::StatusOr<std::string> Quoted() {
    const int64_t begin = line_;
    std::string cell;
    for (;;) {
      const size_t quote = rest_.find('"');
      if (quote == absl::string_view::npos)
        return Malformed(path_, begin, "a quote that never closes");
      absl::StrAppend(&cell, rest_.substr(0, quote));
      line_ += std::count(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(quote), '\n');
      rest_.remove_prefix(quote + 1);
      if (!absl::ConsumePrefix(&rest_, "\"")) return cell;
      cell.push_back('"');
    }
  }

  absl::string_view path_;
  absl::string_view rest_;
  int64_t line_ = 1;
};

}  // namespace

absl::StatusOr<CsvTable> CsvTable::Parse(const NamedText& csv) {
  Scanner scanner(csv);
  ASSIGN_OR_RETURN(std::vector<std::string> header, scanner.Row());
  if (header.empty()) return Malformed(csv.path, 1, "there is no header");
  std::vector<std::vector<std::string>> rows;
  for (;;) {
    ASSIGN_OR_RETURN(std::vector<std::string> row, scanner.Row());
    if (row.empty()) break;
    if (row.size() != header.size()) {
      return Malformed(csv.path, scanner.line(),
                       absl::StrCat(row.size(), " cells under a header of ", header.size()));
    }
    rows.push_back(std::move(row));
  }
  return CsvTable(csv.path, std::move(header), std::move(rows));
}

absl::StatusOr<std::vector<std::string>> CsvTable::Column(absl::string_view name) const {
  if (std::count(header_.begin(), header_.end(), name) != 1) {
    return base::FieldInvalid(path_, absl::StrCat("the header has not one column '", name, "'"));
  }
  const auto at =
      static_cast<size_t>(std::find(header_.begin(), header_.end(), name) - header_.begin());
  std::vector<std::string> cells;
  cells.reserve(rows_.size());
  for (const std::vector<std::string>& row : rows_) cells.push_back(row[at]);
  return cells;
}

}  // namespace argosy::ctl
