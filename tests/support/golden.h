// Golden files: what a test found when somebody last looked at it, kept in the repository.
#ifndef ARGOSY_TESTS_SUPPORT_GOLDEN_H_
#define ARGOSY_TESTS_SUPPORT_GOLDEN_H_

#include <string>

#include "gtest/gtest.h"

namespace argosy::testing {

enum class GoldenMode {
  kCompare,
  kRewrite,  // `./dev golden`
};

// kRewrite when ARGOSY_UPDATE_GOLDENS is set.
GoldenMode GoldenModeOfThisRun();

// Whether users depend on this version: from 0.1.0 on, what a baseline holds stays.
enum class ReleaseState { kUnreleased, kReleased };
ReleaseState ReleaseStateOfThisTree();

// Success when the file at `path`, from the repository's root, is `content`. Says which lines
// differ otherwise. kRewrite makes the file so and succeeds, unless it cannot be written.
::testing::AssertionResult MatchesGolden(const std::string& path, const std::string& content,
                                         GoldenMode mode = GoldenModeOfThisRun());

// As above for a list of facts, one a line, in which a line that is taken away or changed breaks
// somebody and a new one does not. Once released, a broken line fails in every mode.
::testing::AssertionResult KeepsBaseline(const std::string& path, const std::string& content,
                                         GoldenMode mode = GoldenModeOfThisRun(),
                                         ReleaseState release = ReleaseStateOfThisTree());

}  // namespace argosy::testing

#endif  // ARGOSY_TESTS_SUPPORT_GOLDEN_H_
