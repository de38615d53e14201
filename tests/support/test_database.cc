#include "tests/support/test_database.h"

#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "migrations/runner/runner.h"

namespace argosy::testing {
namespace {

// Enough for every thread a concurrency test starts.
constexpr size_t kTestConnections = 16;

// Ends the test program: without its database nothing it says would mean anything.
[[noreturn]] void Die(absl::string_view what, const absl::Status& status) {
  std::fprintf(stderr, "%s: %s\n", std::string(what).c_str(), status.ToString().c_str());
  std::abort();
}

void OrDie(absl::string_view what, const absl::Status& status) {
  if (!status.ok()) Die(what, status);
}

template <typename T>
T ValueOrDie(absl::string_view what, absl::StatusOr<T> value) {
  if (!value.ok()) Die(what, value.status());
  return *std::move(value);
}

std::string UniqueSchema(absl::string_view service, base::EntropySource& entropy) {
  return absl::StrCat("argosy_test_", service.empty() ? "kernel" : service, "_",
                      absl::BytesToHexString(entropy.Bytes(8)));
}

}  // namespace

storage::DatabaseOptions TestServer() {
  const char* socket = std::getenv("ARGOSY_TEST_DB_SOCKET");
  storage::DatabaseOptions options;
  options.socket_path = socket == nullptr ? ARGOSY_DEFAULT_TEST_DB_SOCKET : socket;
  options.user = "root";
  return options;
}

std::unique_ptr<TestDatabase> TestDatabase::Create(absl::string_view service) {
  const std::unique_ptr<base::EntropySource> entropy = base::NewSystemEntropy();
  storage::DatabaseOptions options = TestServer();
  storage::AdminConnection server = ValueOrDie("the test database (tools/dev/test_db.sh start)",
                                               storage::AdminConnection::Open(options));
  options.schema = UniqueSchema(service, *entropy);
  OrDie("create schema",
        server.Execute(absl::StrCat("CREATE DATABASE ", options.schema,
                                    " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")));
  std::vector<std::string> folders = {absl::StrCat(ARGOSY_MIGRATIONS, "/kernel")};
  if (!service.empty()) folders.push_back(absl::StrCat(ARGOSY_MIGRATIONS, "/", service));
  const auto migrations = ValueOrDie("migrations", migrations::LoadMigrations(folders));
  ValueOrDie("migrate", migrations::Migrate(options, migrations));
  storage::AdminConnection admin = ValueOrDie("connect", storage::AdminConnection::Open(options));
  // The constructor is private, so that every database has its schema.
  return std::unique_ptr<TestDatabase>(new TestDatabase(std::move(options), std::move(admin)));
}

TestDatabase::TestDatabase(storage::DatabaseOptions options, storage::AdminConnection admin)
    : options_(std::move(options)),
      admin_(std::move(admin)),
      entropy_(base::NewSystemEntropy()),
      pool_(
          std::make_unique<storage::Pool>(storage::PoolOptions{.database = options_,
                                                               .connections_max = kTestConnections,
                                                               .fault_injector = &faults_},
                                          clock_)),
      session_(std::make_unique<tenants::TenantSession>(*pool_, *entropy_)) {}

TestDatabase::~TestDatabase() {
  pool_->CloseIdle();
  ExecuteAsRoot(absl::StrCat("DROP DATABASE ", options_.schema));
}

std::unique_ptr<storage::Pool> TestDatabase::NewPool(size_t connections) const {
  return std::make_unique<storage::Pool>(
      storage::PoolOptions{.database = options_, .connections_max = connections}, clock_);
}

void TestDatabase::ExecuteAsRoot(absl::string_view sql) { OrDie(sql, admin_.Execute(sql)); }

std::string TestDatabase::QueryAsRoot(absl::string_view sql) {
  const auto rows = ValueOrDie(sql, admin_.Query(sql));
  if (rows.size() != 1 || rows[0].size() != 1 || !rows[0][0].has_value()) {
    Die(sql, absl::InternalError("not one value"));
  }
  return *rows[0][0];
}

int64_t TestDatabase::CountRows(absl::string_view table) {
  int64_t count = 0;
  if (!absl::SimpleAtoi(QueryAsRoot(absl::StrCat("SELECT COUNT(*) FROM ", table)), &count))
    std::abort();
  return count;
}

}  // namespace argosy::testing
