#include "rpc/denials.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace argosy::rpc {
namespace {

const absl::Time kNow = absl::UnixEpoch() + absl::Hours(1);

TEST(DenialLimit, LeavesOutWhatIsTooManyInAMinute) {
  DenialLimit limit;
  for (int i = 0; i < DenialLimit::kPerMinuteMax; ++i) EXPECT_TRUE(limit.Take("a", kNow));
  EXPECT_FALSE(limit.Take("a", kNow));
  EXPECT_FALSE(limit.Take("a", kNow + absl::Seconds(59)));
  EXPECT_TRUE(limit.Take("a", kNow + absl::Seconds(60)));
}

TEST(DenialLimit, CountsEachKeyByItself) {
  DenialLimit limit;
  while (limit.Take("a", kNow)) {
  }
  EXPECT_TRUE(limit.Take("b", kNow));
}

TEST(DenialLimit, RemembersABoundedNumberOfKeys) {
  DenialLimit limit;
  for (size_t i = 0; i < DenialLimit::kKeysMax; ++i) {
    ASSERT_TRUE(limit.Take(absl::StrCat(i), kNow));
  }
  EXPECT_FALSE(limit.Take("one more", kNow));
  EXPECT_TRUE(limit.Take("7", kNow));
  EXPECT_TRUE(limit.Take("one more", kNow + absl::Minutes(1)));
}

}  // namespace
}  // namespace argosy::rpc
