// Tables whose columns line up on a terminal, Chinese text included.
#ifndef ARGOSY_ARGOSYCTL_OUTPUT_TABLE_H_
#define ARGOSY_ARGOSYCTL_OUTPUT_TABLE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace argosy::ctl {

// How many columns of a terminal `utf8` takes: 2 for a wide or full-width character (Unicode
// Standard Annex 11, by ICU), 0 for a combining mark or a control character, else 1. Ambiguous ones
// count 1.
size_t DisplayWidth(absl::string_view utf8);

enum class Align { kLeft, kRight };

struct Column {
  std::string header;
  Align align = Align::kLeft;
};

// Rows of cells under headers, two spaces apart, no trailing blanks. Line breaks and other control
// characters inside a cell become spaces, so that one row stays one line.
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // Missing cells are empty; `cells` is not longer than the columns.
  void Add(std::vector<std::string> cells);

  // The header and one line per row; the header alone for no rows.
  std::string Render() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_OUTPUT_TABLE_H_
