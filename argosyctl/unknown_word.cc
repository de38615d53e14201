#include "argosyctl/unknown_word.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace argosy::ctl {
namespace {

constexpr size_t kNearMax = 2;

// Optimal string alignment distance (Damerau 1964).
size_t Distance(absl::string_view a, absl::string_view b) {
  std::vector<size_t> before(b.size() + 1);
  std::vector<size_t> above(b.size() + 1);
  std::vector<size_t> row(b.size() + 1);
  std::iota(above.begin(), above.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

// The app of the last noun or verb that was given, and the line up to it.
const CLI::App& Innermost(const CLI::App& root, std::string& line) {
  const CLI::App* app = &root;
  line = app->get_name();
  while (!app->get_subcommands().empty()) {
    app = app->get_subcommands().front();
    absl::StrAppend(&line, " ", app->get_name());
  }
  return *app;
}

std::vector<std::string> FlagsFrom(const CLI::App* app) {
  std::vector<std::string> flags;
  for (; app != nullptr; app = app->get_parent()) {
    for (const CLI::Option* option : app->get_options()) {
      for (const std::string& name : option->get_lnames())
        flags.push_back(absl::StrCat("--", name));
    }
  }
  return flags;
}

std::vector<std::string> SubcommandsOf(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands(nullptr)) names.push_back(command->get_name());
  return names;
}

}  // namespace

std::string NearestWord(absl::string_view text, const std::vector<std::string>& words) {
  std::string nearest;
  size_t least = std::min(kNearMax + 1, text.size());
  for (const std::string& word : words) {
    const size_t distance = Distance(text, word);
    if (distance >= least) continue;
    least = distance;
    nearest = word;
  }
  return nearest;
}

std::string UnknownWordText(const CLI::App& root) {
  const std::vector<std::string> unknown = root.remaining(/*recurse=*/true);
  if (unknown.empty()) return "";
  // What follows an unknown flag is its value as a rule, and no word of its own.
  const auto flag = std::find_if(unknown.begin(), unknown.end(), [](const std::string& word) {
    return absl::StartsWith(word, "-");
  });
  const bool is_flag = flag != unknown.end();
  std::string line;
  const CLI::App& app = Innermost(root, line);
  const std::vector<std::string> known = is_flag ? FlagsFrom(&app) : SubcommandsOf(app);
  const std::string word = is_flag ? flag->substr(0, flag->find('=')) : unknown.front();
  const char* kind = is_flag ? "flag" : known.empty() ? "further argument" : "command";
  const std::string nearest = NearestWord(word, known);
  std::string text = absl::StrCat("error: '", line, "' has no ", kind, " '", word, "'");
  if (!nearest.empty()) {
    absl::StrAppend(&text, "; did you mean '", nearest, "'?");
  } else if (!is_flag && !known.empty()) {
    absl::StrAppend(&text, "; it has ", absl::StrJoin(known, ", "));
  }
  return absl::StrCat(text, "\nRun '", line, " --help' for more information.\n");
}

}  // namespace argosy::ctl
