#include "tests/e2e/real_file.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace argosy::testing {

std::string ReadRealBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "no real input at %s\n", path.c_str());
    std::abort();
  }
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::vector<std::map<std::string, std::string>> ReadRealRows(const std::string& path) {
  std::vector<std::map<std::string, std::string>> rows;
  std::vector<std::string> header;
  const std::vector<std::string> lines =
      absl::StrSplit(absl::StrReplaceAll(ReadRealBytes(path), {{"\r", ""}}), '\n');
  for (const std::string& line : lines) {
    if (line.empty()) continue;
    const std::vector<std::string> cells = absl::StrSplit(line, ',');
    if (header.empty()) {
      header = cells;
      continue;
    }
    auto& row = rows.emplace_back();
    for (size_t i = 0; i < header.size(); ++i) row[header[i]] = cells.at(i);
  }
  return rows;
}

std::string IdOfName(const std::string& name) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(name), {{" ", "-"}});
}

absl::CivilDay RealDay(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, '-');
  return absl::CivilDay(std::atoi(parts.at(2).c_str()), std::atoi(parts.at(1).c_str()),
                        std::atoi(parts.at(0).c_str()));
}

std::string QuarterOf(absl::CivilDay day) {
  return absl::StrCat(day.year(), "-Q", (day.month() + 2) / 3);
}

int64_t Hundredths(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, '.');
  const std::string decimals = absl::StrCat(parts.size() > 1 ? parts[1] : "", "000");
  const int64_t thousandths =
      std::atoll(parts[0].c_str()) * 1000 + std::atoll(decimals.substr(0, 3).c_str());
  return (thousandths + 5) / 10;
}

}  // namespace argosy::testing
