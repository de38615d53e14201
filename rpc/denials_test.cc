#include "rpc/denials.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace argosy::rpc {
namespace {

const absl::Time kNow = absl::UnixEpoch() + absl::Hours(1);

TEST(DenialLimit, LeavesOutWhatIsTooManyInAMinute) {
  DenialLimit limit;
  for (int i = 0; i < DenialLimit::kPerMinuteMax; ++i) EXPECT_TRUE(limit.Take("t", "a", kNow));
  EXPECT_FALSE(limit.Take("t", "a", kNow));
  EXPECT_FALSE(limit.Take("t", "a", kNow + absl::Seconds(59)));
  EXPECT_TRUE(limit.Take("t", "a", kNow + absl::Seconds(60)));
}

TEST(DenialLimit, CountsEachKeyByItself) {
  DenialLimit limit;
  while (limit.Take("t", "a", kNow)) {
  }
  EXPECT_TRUE(limit.Take("t", "b", kNow));
  EXPECT_TRUE(limit.Take("u", "a", kNow));
}

// Denials of as many keys as one tenant may have.
void FillTenant(DenialLimit& limit, absl::string_view tenant, absl::Time at) {
  for (size_t i = 0; i < DenialLimit::kKeysPerTenantMax; ++i) {
    ASSERT_TRUE(limit.Take(tenant, absl::StrCat(i), at)) << tenant << " " << i;
  }
}

TEST(DenialLimit, ATenantWithTooManyKeysLeavesOutItsOwnAlone) {
  DenialLimit limit;
  FillTenant(limit, "hostile", kNow);
  EXPECT_FALSE(limit.Take("hostile", "one more", kNow));
  EXPECT_TRUE(limit.Take("hostile", "7", kNow));
  EXPECT_TRUE(limit.Take("other", "a", kNow));
  EXPECT_TRUE(limit.Take("hostile", "one more", kNow + absl::Minutes(1)));
}

TEST(DenialLimit, RemembersABoundedNumberOfKeys) {
  DenialLimit limit;
  for (size_t i = 0; i < DenialLimit::kKeysMax / DenialLimit::kKeysPerTenantMax; ++i) {
    FillTenant(limit, absl::StrCat("t", i), kNow);
  }
  EXPECT_FALSE(limit.Take("one more", "a", kNow));
  EXPECT_TRUE(limit.Take("one more", "a", kNow + absl::Minutes(1)));
}

TEST(DenialLimit, LooksForWhatIsOverAtMostOnceASecond) {
  DenialLimit limit;
  FillTenant(limit, "t", kNow);
  const absl::Time over = kNow + absl::Minutes(1);
  EXPECT_FALSE(limit.Take("t", "one more", over - absl::Milliseconds(1)));
  EXPECT_FALSE(limit.Take("t", "one more", over + absl::Milliseconds(998)));
  EXPECT_TRUE(limit.Take("t", "one more", over + absl::Milliseconds(999)));
}

}  // namespace
}  // namespace argosy::rpc
