#include "base/page_token.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::base {
namespace {

using testing::HasReason;
using testing::IsOkAndHolds;

class PageTokenTest : public ::testing::Test {
 protected:
  SeededEntropy entropy_{5};
  FakeClock clock_{absl::FromUnixSeconds(1'773'028'800)};
  PageTokens tokens_{SealingKey::Generate(entropy_), entropy_, clock_};
  PageScope scope_{.tenant = TenantUid(IdSource(entropy_).NewUuid(clock_.Now())),
                   .method = "argosy.teams.v1.TeamService.ListTeams",
                   .filters = "state=ACTIVE"};
};

TEST_F(PageTokenTest, GoesOnWhereThePageEnded) {
  EXPECT_THAT(tokens_.Open(scope_, tokens_.Seal(scope_, "east")), IsOkAndHolds("east"));
  EXPECT_THAT(tokens_.Open(scope_, ""), IsOkAndHolds(""));
}

TEST_F(PageTokenTest, OpensUnderItsOwnScopeAlone) {
  const std::string token = tokens_.Seal(scope_, "east");
  PageScope tenant = scope_;
  tenant.tenant = TenantUid(IdSource(entropy_).NewUuid(clock_.Now()));
  PageScope method = scope_;
  method.method += "s";
  PageScope filters = scope_;
  filters.filters.clear();
  for (const PageScope& other : {tenant, method, filters}) {
    EXPECT_THAT(tokens_.Open(other, token), HasReason("PAGE_TOKEN_INVALID"));
  }
}

TEST_F(PageTokenTest, ExpiresAfterThreeDays) {
  const std::string token = tokens_.Seal(scope_, "east");
  clock_.Advance(PageTokens::kLifetime - absl::Microseconds(1));
  EXPECT_THAT(tokens_.Open(scope_, token), IsOkAndHolds("east"));
  clock_.Advance(absl::Microseconds(1));
  EXPECT_THAT(tokens_.Open(scope_, token), HasReason("PAGE_TOKEN_INVALID"));
}

TEST_F(PageTokenTest, RefusesWhatItDidNotSeal) {
  std::string changed = tokens_.Seal(scope_, "east");
  changed[changed.size() / 2] = changed[changed.size() / 2] == 'A' ? 'B' : 'A';
  for (const std::string& token : {changed, std::string("ZWFzdA"), std::string("%%%"),
                                   std::string(PageTokens::kTokenBytesMax + 1, 'A')}) {
    EXPECT_THAT(tokens_.Open(scope_, token), HasReason("PAGE_TOKEN_INVALID"));
  }
}

TEST(PageSize, HasADefaultAndALimit) {
  EXPECT_THAT(PageSize(0, 50, 1000), IsOkAndHolds(50));
  EXPECT_THAT(PageSize(7, 50, 1000), IsOkAndHolds(7));
  EXPECT_THAT(PageSize(5000, 50, 1000), IsOkAndHolds(1000));
  EXPECT_THAT(PageSize(-1, 50, 1000), HasReason("FIELD_INVALID"));
}

}  // namespace
}  // namespace argosy::base
