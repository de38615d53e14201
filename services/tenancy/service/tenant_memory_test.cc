#include "services/tenancy/service/tenant_memory.h"

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/ids.h"
#include "gtest/gtest.h"
#include "storage/pool.h"
#include "tenants/directory.h"
#include "tenants/plan_limits.h"
#include "tests/support/context_for_test.h"
#include "tests/support/status_matchers.h"

namespace argosy::tenancy {
namespace {

using ::argosy::testing::TenantUidForTest;

class TenantMemoryTest : public ::testing::Test {
 protected:
  // What the memory gives for `uid`; the stored tenant is called after the read that made it.
  std::string NameOf(const base::TenantUid& uid) {
    const auto tenant = memory_.Get(uid, now_, [&]() -> absl::StatusOr<v1::Tenant> {
      if (!read_error_.ok()) return read_error_;
      v1::Tenant read;
      read.set_display_name(absl::StrCat("read ", ++reads_));
      if (forget_in_read_) directory_.Forget();
      return read;
    });
    return tenant.ok() ? tenant->display_name() : std::string(tenant.status().message());
  }

  const base::SystemClock clock_{};
  storage::Pool unused_{storage::PoolOptions(), clock_};
  tenants::Directory directory_{unused_};
  TenantMemory memory_{directory_};
  absl::Time now_ = absl::FromUnixSeconds(1'000'000);
  absl::Status read_error_;
  bool forget_in_read_ = false;
  int reads_ = 0;
  const base::TenantUid acme_ = TenantUidForTest("acme");
};

TEST_F(TenantMemoryTest, ReadsOnceUntilTheAgeIsReached) {
  EXPECT_EQ(NameOf(acme_), "read 1");
  now_ += tenants::kDirectoryAgeMax - absl::Milliseconds(1);
  EXPECT_EQ(NameOf(acme_), "read 1");
  now_ += absl::Milliseconds(1);
  EXPECT_EQ(NameOf(acme_), "read 2");
  now_ += tenants::kDirectoryAgeMax - absl::Milliseconds(1);
  EXPECT_EQ(NameOf(acme_), "read 2") << "the age counts from the latest read";
}

TEST_F(TenantMemoryTest, AChangeIsSeenAtOnce) {
  EXPECT_EQ(NameOf(acme_), "read 1");
  directory_.Forget();
  EXPECT_EQ(NameOf(acme_), "read 2");
  EXPECT_EQ(NameOf(acme_), "read 2");
}

TEST_F(TenantMemoryTest, AReadOvertakenByAChangeIsNotRemembered) {
  forget_in_read_ = true;
  EXPECT_EQ(NameOf(acme_), "read 1");
  forget_in_read_ = false;
  EXPECT_EQ(NameOf(acme_), "read 2");
}

TEST_F(TenantMemoryTest, EachTenantHasItsOwn) {
  const base::TenantUid globex = TenantUidForTest("globex");
  EXPECT_EQ(NameOf(acme_), "read 1");
  EXPECT_EQ(NameOf(globex), "read 2");
  EXPECT_EQ(NameOf(acme_), "read 1");
  EXPECT_EQ(NameOf(globex), "read 2");
}

TEST_F(TenantMemoryTest, AnErrorIsNotRemembered) {
  read_error_ = absl::UnavailableError("down");
  EXPECT_EQ(NameOf(acme_), "down");
  read_error_ = absl::OkStatus();
  EXPECT_EQ(NameOf(acme_), "read 1");
}

TEST_F(TenantMemoryTest, HoldsABoundedNumber) {
  EXPECT_EQ(NameOf(acme_), "read 1");
  for (size_t i = 0; i < TenantMemory::kTenantsMax; ++i) {
    NameOf(TenantUidForTest(absl::StrCat("tenant ", i)));
  }
  const int before = reads_;
  EXPECT_EQ(NameOf(acme_), absl::StrCat("read ", before + 1));
}

}  // namespace
}  // namespace argosy::tenancy
