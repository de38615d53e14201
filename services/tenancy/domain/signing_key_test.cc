#include "services/tenancy/domain/signing_key.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace argosy::tenancy {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;
using ::testing::SizeIs;

const absl::Time kHour = absl::FromUnixSeconds(1'772'000'000 / 3600 * 3600);

TEST(DecideNewKey, MakesTheFirstKeyActiveAtOnce) {
  EXPECT_THAT(DecideNewKey({}, kHour + absl::Minutes(59)), Optional(kHour));
}

TEST(DecideNewKey, WaitsForTheKeysLifetime) {
  const std::vector<KeyTimes> keys = {{.kid = "a", .activate_time = kHour}};
  EXPECT_EQ(DecideNewKey(keys, kHour + kKeyLifetime - absl::Microseconds(1)), std::nullopt);
  const absl::Time due = kHour + kKeyLifetime;
  EXPECT_THAT(DecideNewKey(keys, due), Optional(due + kKeyGrain));
  EXPECT_THAT(DecideNewKey(keys, due + absl::Minutes(55)), Optional(due + 2 * kKeyGrain));
}

TEST(SigningKid, IsTheNewestThatIsActive) {
  const std::vector<KeyTimes> keys = {{.kid = "a", .activate_time = kHour},
                                      {.kid = "b", .activate_time = kHour + absl::Hours(1)}};
  EXPECT_EQ(SigningKid(keys, kHour - absl::Seconds(1)), std::nullopt);
  EXPECT_THAT(SigningKid(keys, kHour), Optional(std::string("a")));
  EXPECT_THAT(SigningKid(keys, kHour + absl::Hours(1)), Optional(std::string("b")));
}

TEST(AcceptedKeys, DropsTheOldKeyAfterTheOverlap) {
  const std::vector<KeyTimes> keys = {{.kid = "a", .activate_time = kHour},
                                      {.kid = "b", .activate_time = kHour + absl::Hours(1)}};
  const absl::Time changed = kHour + absl::Hours(1);
  EXPECT_THAT(AcceptedKeys(keys, kHour), ElementsAre("b", "a"));
  EXPECT_THAT(AcceptedKeys(keys, changed + kKeyOverlap - absl::Microseconds(1)),
              ElementsAre("b", "a"));
  EXPECT_THAT(AcceptedKeys(keys, changed + kKeyOverlap), ElementsAre("b"));
}

// A hundred days of a server that looks for a new key every 20 minutes: whatever key signed within
// a token's lifetime is accepted, and never more than two are.
TEST(AcceptedKeys, AlwaysHoldEveryKeyWhoseTokensLive) {
  std::vector<KeyTimes> keys;
  const absl::Duration step = absl::Minutes(20);
  for (absl::Time now = kHour; now < kHour + absl::Hours(24 * 100); now += step) {
    if (const auto activate = DecideNewKey(keys, now)) {
      keys.push_back({.kid = absl::StrCat("key", keys.size()), .activate_time = *activate});
    }
    const auto accepted = AcceptedKeys(keys, now);
    ASSERT_LE(accepted.size(), 2U);
    for (const absl::Duration age : {absl::ZeroDuration(), kAccessTokenLifetime}) {
      const auto kid = SigningKid(keys, now - age);
      if (now - age < kHour) continue;
      ASSERT_TRUE(kid.has_value());
      ASSERT_TRUE(std::find(accepted.begin(), accepted.end(), *kid) != accepted.end()) << *kid;
    }
  }
  EXPECT_THAT(keys, SizeIs(4U));
}

}  // namespace
}  // namespace argosy::tenancy
