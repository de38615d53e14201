#include "argosyctl/unknown_word.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace argosy::ctl {
namespace {

const std::vector<std::string> kNouns = {"tenant", "team", "channel", "run", "plan"};

TEST(NearestWord, CountsLettersLeftOutAddedReplacedAndSwapped) {
  EXPECT_EQ(NearestWord("chanel", kNouns), "channel");
  EXPECT_EQ(NearestWord("channnel", kNouns), "channel");
  EXPECT_EQ(NearestWord("plam", kNouns), "plan");
  EXPECT_EQ(NearestWord("tema", kNouns), "team");
  EXPECT_EQ(NearestWord("teams", kNouns), "team");
}

TEST(NearestWord, TakesTheNearestOfSeveral) {
  EXPECT_EQ(NearestWord("ab", {"abcd", "abc", "abx"}), "abc");
}

TEST(NearestWord, GuessesNothingOfAnotherWord) {
  EXPECT_EQ(NearestWord("payee", kNouns), "");
  EXPECT_EQ(NearestWord("x", {"y"}), "");
  EXPECT_EQ(NearestWord("no", {"at"}), "");
  EXPECT_EQ(NearestWord("", kNouns), "");
  EXPECT_EQ(NearestWord("team", {}), "");
}

}  // namespace
}  // namespace argosy::ctl
