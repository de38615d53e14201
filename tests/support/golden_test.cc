#include "tests/support/golden.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace argosy::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class GoldenTest : public ::testing::Test {
 protected:
  GoldenTest() { std::ofstream(path_) << "a = 1\nb = 2\n"; }
  ~GoldenTest() override { std::filesystem::remove(path_); }

  const std::string path_ =
      (std::filesystem::temp_directory_path() / absl::StrCat("argosy-golden-", getpid())).string();
};

TEST_F(GoldenTest, EqualContentMatches) {
  EXPECT_TRUE(MatchesGolden(path_, "a = 1\nb = 2\n", GoldenMode::kCompare));
}

TEST_F(GoldenTest, DifferenceNamesItsLines) {
  const auto result = MatchesGolden(path_, "a = 1\nb = 3\n", GoldenMode::kCompare);
  EXPECT_FALSE(result);
  EXPECT_THAT(result.message(),
              AllOf(HasSubstr("- b = 2"), HasSubstr("+ b = 3"), Not(HasSubstr("a = 1"))));
}

TEST_F(GoldenTest, MissingFileMatchesNothing) {
  EXPECT_FALSE(MatchesGolden(path_ + ".none", "a = 1\n", GoldenMode::kCompare));
}

TEST_F(GoldenTest, RewritingMakesItMatch) {
  EXPECT_TRUE(MatchesGolden(path_, "c = 3\n", GoldenMode::kRewrite));
  EXPECT_TRUE(MatchesGolden(path_, "c = 3\n", GoldenMode::kCompare));
  EXPECT_FALSE(MatchesGolden("/no/such/folder/golden", "", GoldenMode::kRewrite));
}

TEST_F(GoldenTest, BaselineOfARelease) {
  const auto keeps = [&](const std::string& content, GoldenMode mode) {
    return KeepsBaseline(path_, content, mode, ReleaseState::kReleased);
  };
  EXPECT_FALSE(keeps("a = 1\nb = 3\n", GoldenMode::kCompare));
  EXPECT_FALSE(keeps("a = 1\nb = 3\n", GoldenMode::kRewrite)) << "a rewrite breaks no promise";
  EXPECT_FALSE(keeps("a = 1\n", GoldenMode::kRewrite));
  EXPECT_FALSE(keeps("a = 1\nb = 2\nc = 3\n", GoldenMode::kCompare)) << "recorded on purpose";
  EXPECT_TRUE(keeps("a = 1\nb = 2\nc = 3\n", GoldenMode::kRewrite));
  EXPECT_TRUE(keeps("a = 1\nb = 2\nc = 3\n", GoldenMode::kCompare));
}

TEST_F(GoldenTest, BaselineBeforeARelease) {
  const auto keeps = [&](GoldenMode mode) {
    return KeepsBaseline(path_, "a = 1\n", mode, ReleaseState::kUnreleased);
  };
  EXPECT_FALSE(keeps(GoldenMode::kCompare));
  EXPECT_TRUE(keeps(GoldenMode::kRewrite));
}

}  // namespace
}  // namespace argosy::testing
