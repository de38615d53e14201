// A schema of its own on the test server, with a service's migrations applied.
#ifndef ARGOSY_TESTS_SUPPORT_TEST_DATABASE_H_
#define ARGOSY_TESTS_SUPPORT_TEST_DATABASE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/clock.h"
#include "base/random.h"
#include "storage/admin_connection.h"
#include "storage/database_options.h"
#include "storage/fault_injector.h"
#include "storage/pool.h"
#include "tenants/tenant_session.h"

namespace argosy::testing {

// The server of the ctest fixture test_database (ARGOSY_TEST_DB_SOCKET, or the build tree's own
// socket when a test is started by hand), as its root.
storage::DatabaseOptions TestServer();

// Owns a uniquely named schema and drops it when it dies. One per test suite, and a fresh tenant
// per test (FreshTenantUid), is fast and isolated:
//
//   class TargetStoreTest : public testing::Test {
//    protected:
//     static void SetUpTestSuite() { database_ = TestDatabase::Create("metrics"); }
//     static void TearDownTestSuite() { database_.reset(); }
//     static inline std::unique_ptr<TestDatabase> database_;
//   };
class TestDatabase {
 public:
  // Applies migrations/kernel and migrations/<service>; "" applies the kernel's alone. Aborts with
  // the reason when the server or a migration fails: no test can run then.
  static std::unique_ptr<TestDatabase> Create(absl::string_view service);
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  tenants::TenantSession& session() { return *session_; }
  storage::Pool& pool() { return *pool_; }
  // Strikes statements of pool() alone.
  storage::FaultInjector& faults() { return faults_; }
  const base::Clock& clock() const { return clock_; }
  base::EntropySource& entropy() { return *entropy_; }
  const std::string& schema() const { return options_.schema; }
  const storage::DatabaseOptions& options() const { return options_; }
  // A pool of its own with `connections` at most and no faults.
  std::unique_ptr<storage::Pool> NewPool(size_t connections) const;
  // Runs a statement as root in the schema, outside any transaction; aborts when it fails.
  void ExecuteAsRoot(absl::string_view sql);
  // The only value of the only row of a statement; aborts when it is NULL or not alone.
  std::string QueryAsRoot(absl::string_view sql);
  // How many rows `table` has, of all tenants.
  int64_t CountRows(absl::string_view table);

 private:
  TestDatabase(storage::DatabaseOptions options, storage::AdminConnection admin);

  storage::DatabaseOptions options_;
  storage::AdminConnection admin_;
  base::SystemClock clock_;
  std::unique_ptr<base::EntropySource> entropy_;
  storage::FaultInjector faults_;
  std::unique_ptr<storage::Pool> pool_;
  std::unique_ptr<tenants::TenantSession> session_;
};

}  // namespace argosy::testing

#endif  // ARGOSY_TESTS_SUPPORT_TEST_DATABASE_H_
