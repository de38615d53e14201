#include "tenants/directory.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/random.h"
#include "gtest/gtest.h"
#include "storage/pool.h"
#include "tenants/global_txn.h"
#include "tenants/plan_limits.h"
#include "tests/support/context_for_test.h"
#include "tests/support/status_matchers.h"
#include "tests/support/test_database.h"

namespace argosy::testing {

// The test's right to touch global tables.
class GlobalAccessForTest {
 public:
  static tenants::GlobalKey Key() { return tenants::GlobalKey(); }
};

}  // namespace argosy::testing

namespace argosy::tenants {
namespace {

using testing::GlobalAccessForTest;
using testing::IsFault;
using testing::IsOkAndHolds;
using testing::TestDatabase;

// Stands still, and tells at each look how many there were before.
class WatchedClock final : public base::Clock {
 public:
  absl::Time Now() const override {
    if (on_look) on_look(looks_++);
    return now_;
  }

  std::function<void(int)> on_look;

 private:
  const absl::Time now_ = base::SystemClock().Now();
  mutable int looks_ = 0;
};

// Tenancy's own table, as its migration makes it.
class DirectoryTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { database_ = TestDatabase::Create("tenancy"); }
  static void TearDownTestSuite() { database_.reset(); }

  void SetUp() override {
    database_->ExecuteAsRoot("DELETE FROM tenants");
    database_->ExecuteAsRoot(absl::StrCat(
        "INSERT INTO tenants (tenant_id, id, kind, state, display_name, time_zone, currency, "
        "blueprint_name, blueprint_sha256, created_by, owner_count, epoch, version, created_at, "
        "updated_at) "
        "VALUES (UNHEX(REPLACE('",
        uid_.ToString(),
        "', '-', '')), 'acme', 'COMPANY', 'ACTIVE', 'Acme', 'Asia/Shanghai', 'USD', 'b', '', "
        "UNHEX(REPEAT('00', 16)), 1, 7, 1, 0, 0)"));
  }
  TenantEntry Acme() const {
    return TenantEntry{.uid = uid_,
                       .id = id_,
                       .kind = TenantKind::kCompany,
                       .state = TenantState::kActive,
                       .reporting_time_zone = "Asia/Shanghai",
                       .reporting_currency = "USD",
                       .epoch = 7};
  }
  absl::Time Soon() const { return clock_.Now() + absl::Seconds(5); }

  static inline std::unique_ptr<TestDatabase> database_;
  const base::TenantUid uid_ = testing::TenantUidForTest("acme");
  const base::TenantId id_ = *base::TenantId::Parse("acme");
  base::FakeClock clock_{base::SystemClock().Now()};
  storage::Pool pool_{storage::PoolOptions{.database = database_->options(), .connections_max = 2},
                      clock_};
  Directory directory_{pool_};
};

TEST_F(DirectoryTest, FindsByIdAndByUidAndKnowsWhatIsNotThere) {
  EXPECT_THAT(directory_.FindById(id_, Soon()), IsOkAndHolds(Acme()));
  EXPECT_THAT(directory_.FindByUid(uid_, Soon()), IsOkAndHolds(Acme()));
  EXPECT_THAT(directory_.FindById(*base::TenantId::Parse("nobody"), Soon()),
              IsOkAndHolds(std::nullopt));
  EXPECT_THAT(directory_.FindByUid(testing::FreshTenantUid(), Soon()), IsOkAndHolds(std::nullopt));
}

TEST_F(DirectoryTest, RemembersForTwoSecondsAndNoLonger) {
  ASSERT_THAT(directory_.FindById(id_, Soon()), IsOkAndHolds(Acme()));
  database_->ExecuteAsRoot("UPDATE tenants SET state = 'SUSPENDED', epoch = 8");
  TenantEntry suspended = Acme();
  suspended.state = TenantState::kSuspended;
  suspended.epoch = 8;
  clock_.Advance(kDirectoryAgeMax - absl::Milliseconds(1));
  EXPECT_THAT(directory_.FindById(id_, Soon()), IsOkAndHolds(Acme()));
  clock_.Advance(absl::Milliseconds(1));
  EXPECT_THAT(directory_.FindById(id_, Soon()), IsOkAndHolds(suspended));
}

TEST_F(DirectoryTest, ForgetsWhenTold) {
  ASSERT_THAT(directory_.FindByUid(uid_, Soon()), IsOkAndHolds(Acme()));
  database_->ExecuteAsRoot("UPDATE tenants SET epoch = 9");
  directory_.Forget();
  TenantEntry raised = Acme();
  raised.epoch = 9;
  EXPECT_THAT(directory_.FindByUid(uid_, Soon()), IsOkAndHolds(raised));
}

TEST_F(DirectoryTest, AReadOvertakenByAChangeIsNotRemembered) {
  WatchedClock clock;
  storage::Pool pool({.database = database_->options(), .connections_max = 2}, clock);
  Directory directory(pool);
  // The first look dates the answer, the next ones are those of the read.
  clock.on_look = [&](int before) {
    if (before == 1) directory.Forget();
  };
  const absl::Time soon = Soon();
  EXPECT_THAT(directory.FindById(id_, soon), IsOkAndHolds(Acme()));
  ASSERT_EQ(directory.generation(), 1) << "the change came in the middle";
  database_->ExecuteAsRoot("UPDATE tenants SET epoch = 9");
  TenantEntry raised = Acme();
  raised.epoch = 9;
  EXPECT_THAT(directory.FindById(id_, soon), IsOkAndHolds(raised));
}

TEST_F(DirectoryTest, StateItDoesNotKnowIsADefectNotAGuess) {
  database_->ExecuteAsRoot("UPDATE tenants SET state = 'MOVING'");
  EXPECT_THAT(directory_.FindById(id_, Soon()), IsFault(absl::StatusCode::kInternal, "INTERNAL"));
}

TEST_F(DirectoryTest, GlobalTxnChangesGlobalAndTenantRowsTogether) {
  static constexpr storage::Query kRaise{"test.tenants.raise",
                                         "UPDATE tenants SET epoch = epoch + 1 WHERE id = ?"};
  const std::unique_ptr<base::EntropySource> entropy = base::NewSystemEntropy();
  GlobalSession global(GlobalAccessForTest::Key(), database_->pool(), *entropy);
  const absl::Time deadline = base::SystemClock().Now() + absl::Seconds(10);
  const AuditEntry entry{
      .actor = "memberships/operator", .method = "Exchange", .resource = "tenants/acme"};
  const auto raise = [&](const absl::Status& outcome) {
    return global.Write<int64_t>(deadline, [&](GlobalTxn& txn) -> absl::StatusOr<int64_t> {
      ASSIGN_OR_RETURN(const int64_t rows, txn.Execute(kRaise, {storage::Text("acme")}));
      RETURN_IF_ERROR(txn.AppendAudit(uid_, entry));
      RETURN_IF_ERROR(outcome);
      return rows;
    });
  };
  const int64_t audited = database_->CountRows("audit");
  EXPECT_THAT(raise(absl::CancelledError("no")), testing::StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(database_->QueryAsRoot("SELECT epoch FROM tenants"), "7");
  EXPECT_EQ(database_->CountRows("audit"), audited);
  EXPECT_THAT(raise(absl::OkStatus()), IsOkAndHolds(1));
  EXPECT_EQ(database_->QueryAsRoot("SELECT epoch FROM tenants"), "8");
  EXPECT_EQ(database_->CountRows("audit"), audited + 1);

  const auto read = global.Read<std::optional<int64_t>>(deadline, [](GlobalTxn& txn) {
    return txn.FindOne<int64_t>({"test.tenants.epoch", "SELECT epoch FROM tenants WHERE id = ?"},
                                {storage::Text("acme")},
                                [](const Row& row) { return row.Int64(0); });
  });
  EXPECT_THAT(read, IsOkAndHolds(8));
}

}  // namespace
}  // namespace argosy::tenants
