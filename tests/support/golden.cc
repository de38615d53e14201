#include "tests/support/golden.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <vector>

#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace argosy::testing {
namespace {

using ::testing::AssertionFailure;
using ::testing::AssertionResult;
using ::testing::AssertionSuccess;

// Enough to see what happened; the rest is in the diff of `./dev golden`.
constexpr size_t kLinesShownMax = 20;

// Empty when there is no file: then every line is new.
std::string ReadGolden(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

AssertionResult WriteGolden(const std::string& path, const std::string& content) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << content;
  out.close();
  if (!out) return AssertionFailure() << path << " cannot be written";
  return AssertionSuccess();
}

// The lines of `text` that `other` does not have, sorted.
std::vector<std::string> LinesMissingFrom(const std::string& other, const std::string& text) {
  std::vector<std::string> theirs = absl::StrSplit(other, '\n');
  std::vector<std::string> ours = absl::StrSplit(text, '\n');
  std::sort(theirs.begin(), theirs.end());
  std::sort(ours.begin(), ours.end());
  std::vector<std::string> missing;
  std::set_difference(ours.begin(), ours.end(), theirs.begin(), theirs.end(),
                      std::back_inserter(missing));
  return missing;
}

void Show(AssertionResult& result, absl::string_view sign, const std::vector<std::string>& lines) {
  for (size_t i = 0; i < std::min(lines.size(), kLinesShownMax); ++i) {
    result << "\n" << std::string(sign) << lines[i];
  }
  if (lines.size() > kLinesShownMax) {
    result << "\n" << std::string(sign) << "and " << lines.size() - kLinesShownMax << " more";
  }
}

}  // namespace

GoldenMode GoldenModeOfThisRun() {
  return std::getenv("ARGOSY_UPDATE_GOLDENS") == nullptr ? GoldenMode::kCompare
                                                         : GoldenMode::kRewrite;
}

ReleaseState ReleaseStateOfThisTree() {
  return ARGOSY_RELEASED ? ReleaseState::kReleased : ReleaseState::kUnreleased;
}

AssertionResult MatchesGolden(const std::string& path, const std::string& content,
                              GoldenMode mode) {
  if (mode == GoldenMode::kRewrite) return WriteGolden(path, content);
  const std::string golden = ReadGolden(path);
  if (golden == content) return AssertionSuccess();
  AssertionResult result = AssertionFailure();
  result << path << " is not what was found; review the diff after ./dev golden";
  Show(result, "- ", LinesMissingFrom(content, golden));
  Show(result, "+ ", LinesMissingFrom(golden, content));
  return result;
}

AssertionResult KeepsBaseline(const std::string& path, const std::string& content, GoldenMode mode,
                              ReleaseState release) {
  const std::vector<std::string> broken = LinesMissingFrom(content, ReadGolden(path));
  if (release == ReleaseState::kReleased && !broken.empty()) {
    AssertionResult result = AssertionFailure();
    result << path << " holds what users depend on, and this is gone or changed:";
    Show(result, "- ", broken);
    return result;
  }
  return MatchesGolden(path, content, mode);
}

}  // namespace argosy::testing
