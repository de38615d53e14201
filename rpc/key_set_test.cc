#include "rpc/key_set.h"

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "gtest/gtest.h"
#include "rpc/testing/token_maker.h"
#include "tests/support/status_matchers.h"

namespace argosy::rpc {
namespace {

using testing::IsOk;
using testing::StatusIs;

// Whoever cannot hear of a key's withdrawal must not go on accepting it.
TEST(AcceptedKeys, AcceptNothingOnceTheyAreStale) {
  base::FakeClock clock(absl::FromUnixSeconds(1'773'028'800));
  AcceptedKeys keys(clock);
  const TokenMaker maker(keys);
  const std::string token = maker.Bearer(TokenMaker::OwnerOfAcme(clock.Now()));
  const std::string jws = token.substr(token.find(' ') + 1);
  EXPECT_THAT(keys.Verify(jws), IsOk());
  clock.Advance(AcceptedKeys::kStaleAfter);
  EXPECT_THAT(keys.Verify(jws), IsOk());
  clock.Advance(absl::Microseconds(1));
  EXPECT_THAT(keys.Verify(jws), StatusIs(absl::StatusCode::kUnauthenticated));
}

}  // namespace
}  // namespace argosy::rpc
