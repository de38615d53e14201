#include "base/loopback.h"

#include "gtest/gtest.h"

namespace argosy::base {
namespace {

TEST(Loopback, IsThisMachineAndNothingElse) {
  for (const char* here : {"127.0.0.1:7400", "[::1]:7400", "localhost:0"}) {
    EXPECT_TRUE(IsLoopbackAddress(here)) << here;
  }
  for (const char* far :
       {"0.0.0.0:7400", "[::]:7400", "db.example:3306", "127.0.0.1.evil:1", "localhost.evil:1",
        "::1:7400", "[::1:7400", "[localhost]:1", "127.0.0.1", ":7400", ""}) {
    EXPECT_FALSE(IsLoopbackAddress(far)) << far;
  }
  EXPECT_TRUE(IsLoopbackHost("::1"));
  EXPECT_FALSE(IsLoopbackHost("127.0.0.1:3306"));
  EXPECT_FALSE(IsLoopbackHost(""));
}

}  // namespace
}  // namespace argosy::base
