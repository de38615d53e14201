#include <stdlib.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/admin_connection.h"
#include "storage/pool.h"
#include "storage/sql_error.h"
#include "storage/transaction.h"
#include "tests/support/private_mariadb.h"
#include "tests/support/status_matchers.h"
#include "tests/support/test_database.h"

namespace argosy::storage {
namespace {

using ::testing::HasSubstr;
using testing::IsFault;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::StatusIs;
using testing::TestDatabase;

absl::Time Soon() { return base::SystemClock().Now() + absl::Seconds(20); }

class StorageTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    database_ = TestDatabase::Create("");
    database_->ExecuteAsRoot(
        "CREATE TABLE thing (id BINARY(16) NOT NULL, n BIGINT NULL, u BIGINT UNSIGNED NULL, "
        "body LONGTEXT NULL, raw MEDIUMBLOB NULL, ratio DOUBLE NULL, small TINYINT NULL, "
        "code CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NULL, document JSON NULL, "
        "moment DATETIME(6) NULL, PRIMARY KEY (id)) ENGINE=InnoDB");
    database_->ExecuteAsRoot(
        "CREATE TABLE child (id BINARY(16) NOT NULL, thing_id BINARY(16) NOT NULL, PRIMARY KEY "
        "(id), "
        "CONSTRAINT child_thing FOREIGN KEY (thing_id) REFERENCES thing (id)) ENGINE=InnoDB");
  }
  static void TearDownTestSuite() { database_.reset(); }
  void SetUp() override {
    database_->ExecuteAsRoot("DELETE FROM child");
    database_->ExecuteAsRoot("DELETE FROM thing");
  }

  Transaction Begin(TransactionKind kind = TransactionKind::kReadWrite) {
    return *Transaction::Begin(*pool_, kind, Soon());
  }
  static std::string Id(int number) {
    std::string id(16, '\0');
    id[0] = '\xff';
    id[15] = static_cast<char>(number);
    return id;
  }
  static absl::Status Add(Transaction& transaction, int number, std::vector<Value> values) {
    std::vector<Value> binds = {Bytes(Id(number))};
    binds.insert(binds.end(), values.begin(), values.end());
    return transaction
        .Execute(Query{"add", "INSERT INTO thing (id, n, u, body, raw) VALUES (?, ?, ?, ?, ?)"},
                 binds)
        .status();
  }
  template <typename F>
  static auto One(Transaction& transaction, const std::string& sql, F read) {
    std::optional<decltype(read(std::declval<const Row&>()))> result;
    const absl::Status status = transaction.Select(Statement("one", sql), {}, [&](const Row& row) {
      result = read(row);
      return absl::OkStatus();
    });
    if (!status.ok()) result = status;
    return *result;
  }
  static int64_t Number(Transaction& transaction, const std::string& sql) {
    return One(transaction, sql, [](const Row& row) { return row.Int64(0); }).value_or(-1);
  }
  static int64_t ConnectionId(Transaction& transaction) {
    return Number(transaction, "SELECT CONNECTION_ID()");
  }

  static inline std::unique_ptr<TestDatabase> database_;
  std::unique_ptr<Pool> pool_ = database_->NewPool(4);
};

TEST_F(StorageTest, SessionIsStrictInUtcWithShortLockWaits) {
  Transaction write = Begin();
  const auto text = [](const Row& row) { return row.Text(0); };
  EXPECT_THAT(One(write, "SELECT @@tx_isolation", text), IsOkAndHolds("READ-COMMITTED"));
  EXPECT_THAT(One(write, "SELECT @@time_zone", text), IsOkAndHolds("+00:00"));
  EXPECT_THAT(One(write, "SELECT @@sql_mode", text), IsOkAndHolds(HasSubstr("STRICT_ALL_TABLES")));
  EXPECT_THAT(
      One(write, "SELECT @@innodb_lock_wait_timeout", [](const Row& row) { return row.Int64(0); }),
      IsOkAndHolds(2));
  EXPECT_THAT(
      One(write, "SELECT @@max_statement_time > 0", [](const Row& row) { return row.Int64(0); }),
      IsOkAndHolds(1));
  EXPECT_THAT(One(write, "SELECT @@character_set_connection", text), IsOkAndHolds("utf8mb4"));
  Transaction read = Begin(TransactionKind::kSnapshot);
  EXPECT_THAT(One(read, "SELECT @@tx_isolation", text), IsOkAndHolds("REPEATABLE-READ"));
}

TEST_F(StorageTest, ValuesRoundTrip) {
  Transaction transaction = Begin();
  std::string raw;
  for (int i = 0; i < 256; ++i) raw.push_back(static_cast<char>(i));
  const std::string body = std::string(70'000, 'x') + "销售 🚢";
  ASSERT_OK(Add(transaction, 1, {std::numeric_limits<int64_t>::min(), 7, Text(body), Bytes(raw)}));
  ASSERT_OK(transaction.Select(Query{"find", "SELECT n, u, body, raw, id FROM thing WHERE id = ?"},
                               {Bytes(Id(1))}, [&](const Row& row) {
                                 EXPECT_THAT(row.Int64(0),
                                             IsOkAndHolds(std::numeric_limits<int64_t>::min()));
                                 EXPECT_THAT(row.Int64(1), IsOkAndHolds(7));
                                 EXPECT_THAT(row.Text(2), IsOkAndHolds(body));
                                 EXPECT_THAT(row.Bytes(3), IsOkAndHolds(raw));
                                 EXPECT_THAT(row.Bytes(4), IsOkAndHolds(Id(1)));
                                 return absl::OkStatus();
                               }));
}

TEST_F(StorageTest, TextsOfJsonWideIntegersAndInstantsRoundTrip) {
  Transaction transaction = Begin();
  const std::string document = "{\"名\": \"船 🚢\", \"n\": [1, 2.50]}";
  const std::string widest = "18446744073709551615";
  const std::string moment = "2026-03-09 04:00:00.123456";
  ASSERT_OK(
      transaction
          .Execute(Query{"add", "INSERT INTO thing (id, document, u, moment) VALUES (?, ?, ?, ?)"},
                   {Bytes(Id(1)), Text(document), Text(widest), Text(moment)})
          .status());
  const auto text = [](const Row& row) { return row.Text(0); };
  EXPECT_THAT(One(transaction, "SELECT document FROM thing", text), IsOkAndHolds(document));
  EXPECT_THAT(One(transaction, "SELECT CAST(u AS CHAR) FROM thing", text), IsOkAndHolds(widest));
  EXPECT_THAT(One(transaction, "SELECT CAST(moment AS CHAR) FROM thing", text),
              IsOkAndHolds(moment));
  EXPECT_THAT(One(transaction, "SELECT moment FROM thing", text),
              IsFault(absl::StatusCode::kInternal, "INTERNAL"))
      << "an instant is a count of microseconds";
}

TEST_F(StorageTest, BytesShorterThanTheirColumnArePaddedAndThenNotFound) {
  Transaction transaction = Begin();
  const std::string brief = "brief";
  ASSERT_OK(transaction.Execute(Query{"add", "INSERT INTO thing (id) VALUES (?)"}, {Bytes(brief)})
                .status());
  const Query find{"find", "SELECT id FROM thing WHERE id = ?"};
  std::vector<std::string> found;
  const auto keep = [&found](const Row& row) {
    found.push_back(row.Bytes(0).value_or("refused"));
    return absl::OkStatus();
  };
  ASSERT_OK(transaction.Select(find, {Bytes(brief)}, keep));
  EXPECT_THAT(found, ::testing::IsEmpty());
  const std::string padded = brief + std::string(11, '\0');
  ASSERT_OK(transaction.Select(find, {Bytes(padded)}, keep));
  EXPECT_THAT(found, ::testing::ElementsAre(padded));
}

TEST_F(StorageTest, GettersRefuseWhatTheConnectorWouldBend) {
  Transaction transaction = Begin();
  ASSERT_OK(Add(transaction, 1, {std::numeric_limits<int64_t>::max(), 1, Text("12"), Null()}));
  ASSERT_OK(Add(transaction, 2, {std::numeric_limits<int64_t>::max(), 1, Text("34"), Null()}));
  ASSERT_OK(
      transaction.Execute(Query{"max", "UPDATE thing SET u = 18446744073709551615"}, {}).status());
  const auto int64 = [](const Row& row) { return row.Int64(0); };
  const auto internal = IsFault(absl::StatusCode::kInternal, "INTERNAL");
  EXPECT_THAT(One(transaction, "SELECT SUM(n) FROM thing", int64), internal);
  EXPECT_THAT(
      One(transaction, "SELECT SUM(n) FROM thing", [](const Row& row) { return row.Sum(0); }),
      IsOkAndHolds(absl::int128(std::numeric_limits<int64_t>::max()) * 2));
  EXPECT_THAT(One(transaction, "SELECT SUM(n) FROM thing WHERE n = 5",
                  [](const Row& row) { return row.Sum(0); }),
              IsOkAndHolds(absl::int128(0)));
  EXPECT_THAT(One(transaction, "SELECT SUM(n) / 2 + 0.5 FROM thing",
                  [](const Row& row) { return row.Sum(0); }),
              internal);
  EXPECT_THAT(One(transaction, "SELECT u FROM thing LIMIT 1", int64), internal);
  EXPECT_THAT(One(transaction, "SELECT body FROM thing LIMIT 1", int64), internal);
  EXPECT_THAT(One(transaction, "SELECT raw FROM thing LIMIT 1", int64), internal);
  EXPECT_THAT(One(transaction, "SELECT small FROM thing LIMIT 1", int64), internal);
  EXPECT_THAT(One(transaction, "SELECT small FROM thing LIMIT 1",
                  [](const Row& row) { return row.OptionalInt64(0); }),
              IsOkAndHolds(std::nullopt));
  EXPECT_THAT(
      One(transaction, "SELECT n FROM thing LIMIT 1", [](const Row& row) { return row.Text(0); }),
      internal);
  EXPECT_THAT(
      One(transaction, "SELECT id FROM thing LIMIT 1", [](const Row& row) { return row.Text(0); }),
      internal);
  EXPECT_THAT(One(transaction, "SELECT body FROM thing LIMIT 1",
                  [](const Row& row) { return row.Bytes(0); }),
              internal);
  EXPECT_THAT(One(transaction, "SELECT ratio FROM thing LIMIT 1",
                  [](const Row& row) { return row.OptionalInt64(0); }),
              internal);
  EXPECT_THAT(
      One(transaction, "SELECT n FROM thing LIMIT 1", [](const Row& row) { return row.Int64(1); }),
      internal);
  EXPECT_THAT(One(transaction, "SELECT COUNT(n) FROM thing", int64), IsOkAndHolds(2));
}

TEST_F(StorageTest, DeadConnectionIsSeenAtCommitAndNothingLasts) {
  {
    Transaction transaction = Begin();
    ASSERT_OK(Add(transaction, 1, {1, 1, Null(), Null()}));
    database_->ExecuteAsRoot(absl::StrCat("KILL ", ConnectionId(transaction)));
    EXPECT_THAT(transaction.Commit(), IsFault(absl::StatusCode::kUnavailable, "COMMIT_UNKNOWN"));
  }
  EXPECT_EQ(database_->CountRows("thing"), 0);
  EXPECT_EQ(pool_->size(), 0U);
}

TEST_F(StorageTest, ConnectionThatDiedIdleIsReplacedUnseen) {
  int64_t first = 0;
  {
    Transaction transaction = Begin();
    first = ConnectionId(transaction);
  }
  ASSERT_EQ(pool_->idle(), 1U);
  database_->ExecuteAsRoot(absl::StrCat("KILL ", first));
  Transaction transaction = Begin();
  EXPECT_NE(ConnectionId(transaction), first);
}

TEST_F(StorageTest, DroppedTransactionIsRolledBackAndItsConnectionServesAgain) {
  int64_t first = 0;
  {
    Transaction transaction = Begin();
    first = ConnectionId(transaction);
    ASSERT_OK(Add(transaction, 1, {1, 1, Null(), Null()}));
  }
  EXPECT_EQ(database_->CountRows("thing"), 0);
  Transaction again = Begin();
  EXPECT_EQ(ConnectionId(again), first);
}

struct ErrorCase {
  const char* name;
  const char* sql;
  absl::StatusCode code;
  const char* reason;
  size_t connections_left;
};
class SqlErrorTest : public StorageTest, public ::testing::WithParamInterface<ErrorCase> {};
TEST_P(SqlErrorTest, IsMappedAndKeepsOrDropsTheConnection) {
  {
    Transaction transaction = Begin();
    ASSERT_OK(transaction.Execute(Query{"a", "INSERT INTO thing (id, n) VALUES ('parent', 1)"}, {})
                  .status());
    ASSERT_OK(
        transaction
            .Execute(Query{"b", "INSERT INTO child (id, thing_id) SELECT 'child', id FROM thing"},
                     {})
            .status());
    EXPECT_THAT(transaction.Execute(Statement("bad", GetParam().sql), {}),
                IsFault(GetParam().code, GetParam().reason));
  }
  EXPECT_EQ(pool_->size(), GetParam().connections_left);
}
INSTANTIATE_TEST_SUITE_P(
    All, SqlErrorTest,
    ::testing::Values(
        ErrorCase{"Duplicate", "INSERT INTO thing (id, n) VALUES ('parent', 2)",
                  absl::StatusCode::kAlreadyExists, "RESOURCE_EXISTS", 1},
        ErrorCase{"Referenced", "DELETE FROM thing", absl::StatusCode::kFailedPrecondition,
                  "HAS_CHILDREN", 1},
        ErrorCase{"NoParent", "INSERT INTO child (id, thing_id) VALUES ('x', 'nobody')",
                  absl::StatusCode::kFailedPrecondition, "STATE_NOT_ALLOWED", 1},
        ErrorCase{"TooLong", "INSERT INTO thing (id, code) VALUES ('x', 'ABCD')",
                  absl::StatusCode::kInternal, "INTERNAL", 1},
        ErrorCase{"OutOfRange", "INSERT INTO thing (id, small) VALUES ('x', 1000)",
                  absl::StatusCode::kInternal, "INTERNAL", 1},
        ErrorCase{"NoTable", "DELETE FROM nowhere", absl::StatusCode::kInternal, "INTERNAL", 0},
        ErrorCase{"Timeout",
                  "SET STATEMENT max_statement_time = 0.05 FOR INSERT INTO thing (id, n) SELECT "
                  "'x', SUM(s.seq) FROM seq_1_to_9000000000 s",
                  absl::StatusCode::kDeadlineExceeded, "DEADLINE_CAPPED", 0}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST_F(StorageTest, LockWaitAndDeadlockAreRetryable) {
  Transaction first = Begin();
  ASSERT_OK(Add(first, 1, {1, 1, Null(), Null()}));
  Transaction second = Begin();
  const absl::Status waited = Add(second, 1, {2, 2, Null(), Null()});
  EXPECT_EQ(SqlErrorCode(waited), kErrorLockWaitTimeout);
  EXPECT_TRUE(IsRetryable(waited));
  EXPECT_THAT(waited, IsFault(absl::StatusCode::kAborted, "TXN_CONFLICT"));
  ASSERT_OK(first.Commit());
  EXPECT_EQ(SqlErrorCode(Add(second, 1, {2, 2, Null(), Null()})), kErrorDuplicateKey);
}

TEST_F(StorageTest, ExplicitColumnsSurviveAlterAndTheConnectionIsNotWedged) {
  const Query find{"find", "SELECT n FROM thing WHERE id = ?"};
  const auto ignore = [](const Row&) { return absl::OkStatus(); };
  {
    Transaction transaction = Begin();
    ASSERT_OK(Add(transaction, 1, {1, 1, Null(), Null()}));
    ASSERT_OK(transaction.Select(find, {Bytes(Id(1))}, ignore));
    ASSERT_OK(transaction.Commit());
  }
  database_->ExecuteAsRoot("ALTER TABLE thing ADD COLUMN added BIGINT NULL FIRST");
  {
    Transaction transaction = Begin();
    EXPECT_OK(transaction.Select(find, {Bytes(Id(1))}, ignore));
    EXPECT_OK(transaction.Select(find, {Bytes(Id(1))}, ignore));
  }
  database_->ExecuteAsRoot("ALTER TABLE thing DROP COLUMN added");
}

TEST_F(StorageTest, ResultLeftUnreadDoesNotDisturbTheNextStatement) {
  Transaction transaction = Begin();
  for (int i = 0; i < 5; ++i) ASSERT_OK(Add(transaction, i, {i, 1, Null(), Null()}));
  const Query all{"all", "SELECT n FROM thing ORDER BY n"};
  const absl::Status stopped =
      transaction.Select(all, {}, [](const Row&) { return absl::CancelledError("enough"); });
  EXPECT_THAT(stopped, StatusIs(absl::StatusCode::kCancelled));
  int64_t rows = 0;
  EXPECT_OK(transaction.Select(all, {}, [&](const Row&) {
    ++rows;
    return absl::OkStatus();
  }));
  EXPECT_EQ(rows, 5);
}

TEST_F(StorageTest, ReadTimeoutDiscardsTheConnection) {
  DatabaseOptions options = database_->options();
  options.read_timeout = absl::Seconds(1);
  const base::SystemClock clock;
  Pool impatient(PoolOptions{.database = options, .connections_max = 1}, clock);
  {
    ASSERT_OK_AND_ASSIGN(Transaction transaction,
                         Transaction::Begin(impatient, TransactionKind::kReadWrite, Soon()));
    EXPECT_THAT(transaction.Execute(Query{"long", "DO SLEEP(3)"}, {}),
                IsFault(absl::StatusCode::kUnavailable, "DEPENDENCY_DOWN"));
  }
  EXPECT_EQ(impatient.size(), 0U);
}

TEST_F(StorageTest, InsertManyKeepsInsideThePlaceholdersOfTheProtocol) {
  constexpr size_t kColumns = 300;
  // More placeholders than there may be, in fewer rows than one statement may have.
  static_assert(kColumns * Transaction::kInsertRowsMax > Transaction::kPlaceholdersMax);
  std::string create = "CREATE TABLE wide (c0 BIGINT NOT NULL";
  std::string head = "INSERT INTO wide (c0";
  for (size_t i = 1; i < kColumns; ++i) {
    absl::StrAppend(&create, ", c", i, " BIGINT NOT NULL");
    absl::StrAppend(&head, ", c", i);
  }
  database_->ExecuteAsRoot(absl::StrCat(create, ", PRIMARY KEY (c0)) ENGINE=InnoDB"));
  std::vector<std::vector<Value>> rows;
  for (int64_t i = 0; i < int64_t{Transaction::kInsertRowsMax}; ++i) {
    rows.emplace_back(kColumns, Value(i));
  }
  {
    Transaction transaction = Begin();
    EXPECT_OK(transaction.InsertMany(Statement("wide", absl::StrCat(head, ")")), rows));
    EXPECT_OK(transaction.Commit());
  }
  EXPECT_EQ(database_->CountRows("wide"), int64_t{Transaction::kInsertRowsMax});
  database_->ExecuteAsRoot("DROP TABLE wide");
}

TEST_F(StorageTest, InsertManyKeepsInsideThePacketOfTheServer) {
  Transaction transaction = Begin();
  const std::string body(200'000, 'x');
  std::vector<std::vector<Value>> rows;
  for (int i = 0; i < 128; ++i) rows.push_back({Bytes(Id(i)), Text(body)});
  ASSERT_GT(128 * 200'000, Number(transaction, "SELECT @@max_allowed_packet"))
      << "else one statement could take it all";
  EXPECT_OK(transaction.InsertMany(Query{"large", "INSERT INTO thing (id, body)"}, rows));
  EXPECT_EQ(Number(transaction, "SELECT COUNT(body) FROM thing"), 128);
}

TEST_F(StorageTest, SelectThatShouldBePagedIsRefused) {
  Transaction transaction = Begin();
  size_t rows = 0;
  const auto count = [&rows](const Row&) {
    ++rows;
    return absl::OkStatus();
  };
  const auto numbers = [](size_t most) {
    return absl::StrCat("SELECT s.seq FROM seq_1_to_", most, " s");
  };
  EXPECT_OK(transaction.Select(Statement("most", numbers(Transaction::kRowsMax)), {}, count));
  EXPECT_EQ(rows, Transaction::kRowsMax);
  rows = 0;
  const absl::Status refused =
      transaction.Select(Statement("more", numbers(Transaction::kRowsMax + 1)), {}, count);
  EXPECT_THAT(refused, IsFault(absl::StatusCode::kInternal, "INTERNAL"));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("more"));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("must be paged"));
  EXPECT_EQ(rows, 0U);
  EXPECT_OK(transaction.Select(Statement("again", numbers(1)), {}, count)) << "not wedged";
}

TEST_F(StorageTest, InsertManyKeepsInsideTheRowsOfAStatement) {
  Transaction transaction = Begin();
  std::vector<std::vector<Value>> rows;
  for (int64_t i = 0; i < 3'001; ++i) {
    std::string id = absl::StrCat("row-", i);
    id.resize(16, '.');
    rows.push_back({Bytes(std::move(id)), i});
  }
  const auto inserts = [&] {
    return Number(
        transaction,
        "SELECT CAST(s.variable_value AS SIGNED) FROM information_schema.session_status s "
        "WHERE s.variable_name = 'COM_INSERT'");
  };
  const int64_t before = inserts();
  const Query head{"many", "INSERT INTO thing (id, n)"};
  ASSERT_OK(transaction.InsertMany(head, rows));
  EXPECT_EQ(inserts() - before, 5 + 6) << "5 of 512 rows; 441 are 256 + 128 + 32 + 16 + 8 + 1";
  EXPECT_THAT(
      One(transaction, "SELECT SUM(n) FROM thing", [](const Row& row) { return row.Sum(0); }),
      IsOkAndHolds(absl::int128(3'000 * 3'001 / 2)));
  EXPECT_OK(transaction.InsertMany(head, {}));
  EXPECT_THAT(transaction.InsertMany(head, std::vector<std::vector<Value>>{{1, 2}, {1}}),
              StatusIs(absl::StatusCode::kInternal));
}

TEST_F(StorageTest, PoolWaitsUntilTheDeadlineForAConnection) {
  const std::unique_ptr<Pool> one = database_->NewPool(1);
  std::optional<Transaction> held(*Transaction::Begin(*one, TransactionKind::kReadWrite, Soon()));
  EXPECT_THAT(Transaction::Begin(*one, TransactionKind::kReadWrite,
                                 base::SystemClock().Now() + absl::Milliseconds(50)),
              IsFault(absl::StatusCode::kResourceExhausted, "CONCURRENCY_LIMITED"));
  std::atomic<bool> got = false;
  std::thread waiter(
      [&] { got = Transaction::Begin(*one, TransactionKind::kReadWrite, Soon()).ok(); });
  held.reset();
  waiter.join();
  EXPECT_TRUE(got);
  EXPECT_EQ(one->size(), 1U);
}

TEST_F(StorageTest, DeadlineIsCheckedBeforeEachStatement) {
  base::FakeClock clock(base::SystemClock().Now());
  Pool pool(PoolOptions{.database = database_->options(), .connections_max = 1}, clock);
  ASSERT_OK_AND_ASSIGN(
      Transaction transaction,
      Transaction::Begin(pool, TransactionKind::kReadWrite, clock.Now() + absl::Seconds(5)));
  ASSERT_OK(Add(transaction, 1, {1, 1, Null(), Null()}));
  clock.Advance(absl::Seconds(5));
  const auto late = IsFault(absl::StatusCode::kDeadlineExceeded, "DEADLINE_CAPPED");
  EXPECT_THAT(Add(transaction, 2, {1, 1, Null(), Null()}), late);
  EXPECT_THAT(transaction.Commit(), late);
}

TEST_F(StorageTest, SnapshotRefusesWrites) {
  Transaction transaction = Begin(TransactionKind::kSnapshot);
  EXPECT_THAT(Add(transaction, 1, {1, 1, Null(), Null()}), StatusIs(absl::StatusCode::kInternal));
}

// A call with little time left must not hold a connection for the time it once had.
TEST_F(StorageTest, StatementsAreLimitedByWhatIsLeftOfTheDeadline) {
  base::FakeClock clock(absl::FromUnixSeconds(1'000));
  Pool pool({.database = database_->options(), .connections_max = 1}, clock);
  auto transaction =
      Transaction::Begin(pool, TransactionKind::kReadWrite, clock.Now() + absl::Seconds(30));
  ASSERT_OK(transaction);
  const auto limit = [&] {
    return One(*transaction, "SELECT CAST(@@max_statement_time AS INTEGER)",
               [](const Row& row) { return row.Int64(0); });
  };
  EXPECT_THAT(limit(), IsOkAndHolds(30));
  clock.Advance(absl::Seconds(22));
  EXPECT_THAT(limit(), IsOkAndHolds(10));
  clock.Advance(absl::Seconds(7));
  EXPECT_THAT(limit(), IsOkAndHolds(1));
}

TEST_F(StorageTest, UnreachableServerIsUnavailable) {
  DatabaseOptions options;
  options.socket_path = "/nonexistent/mysqld.sock";
  options.user = "root";
  EXPECT_THAT(AdminConnection::Open(options),
              IsFault(absl::StatusCode::kUnavailable, "DEPENDENCY_DOWN"));
}

TEST(StorageTlsTest, PlainConnectionIsRefusedWhereTlsIsRequired) {
  const auto server = testing::PrivateMariadb::Start({"--skip-ssl"});
  DatabaseOptions options = server->options();
  EXPECT_OK(AdminConnection::Open(options));
  options.tls = Tls::kRequired;
  const auto refused = AdminConnection::Open(options);
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("TLS"));
}

// A key and a certificate of its own, for one day.
std::string MakeCertificate(const std::string& folder) {
  const std::string pair = absl::StrCat(folder, "/server");
  const std::string command = absl::StrCat(
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 ",
      "-subj /CN=localhost -keyout ", pair, ".key -out ", pair, ".crt 2>/dev/null");
  EXPECT_EQ(std::system(command.c_str()), 0) << command;
  return pair;
}

TEST(StorageTlsTest, AnEncryptedConnectionIsTakenWhereTlsIsRequired) {
  std::string folder = (std::filesystem::temp_directory_path() / "argosy-tls-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string pair = MakeCertificate(folder);
  {
    const auto server = testing::PrivateMariadb::Start(
        {absl::StrCat("--ssl-cert=", pair, ".crt"), absl::StrCat("--ssl-key=", pair, ".key")});
    DatabaseOptions options = server->options();
    options.tls = Tls::kRequired;
    auto admin = AdminConnection::Open(options);
    ASSERT_OK(admin);
    const auto cipher = admin->Query("SHOW SESSION STATUS LIKE 'Ssl_cipher'");
    ASSERT_OK(cipher);
    EXPECT_NE(cipher->at(0).at(1).value_or(""), "");
  }
  std::filesystem::remove_all(folder);
}

TEST(StorageCrashTest, CommittedRowsSurviveAKilledServer) {
  const auto server = testing::PrivateMariadb::Start({});
  {
    ASSERT_OK_AND_ASSIGN(AdminConnection admin, AdminConnection::Open(server->options()));
    ASSERT_OK(admin.Execute("CREATE DATABASE kept"));
    ASSERT_OK(admin.Execute("CREATE TABLE kept.t (a BIGINT NOT NULL, PRIMARY KEY (a))"));
  }
  DatabaseOptions options = server->options();
  options.schema = "kept";
  const base::SystemClock clock;
  Pool pool(PoolOptions{.database = options, .connections_max = 2}, clock);
  const Query add{"add", "INSERT INTO t (a) VALUES (?)"};
  {
    ASSERT_OK_AND_ASSIGN(Transaction done,
                         Transaction::Begin(pool, TransactionKind::kReadWrite, Soon()));
    ASSERT_OK(done.Execute(add, {Value(1)}));
    ASSERT_OK(done.Commit());
  }
  {
    ASSERT_OK_AND_ASSIGN(Transaction lost,
                         Transaction::Begin(pool, TransactionKind::kReadWrite, Soon()));
    ASSERT_OK(lost.Execute(add, {Value(2)}));
    server->Kill();
    EXPECT_THAT(lost.Commit(), IsFault(absl::StatusCode::kUnavailable, "COMMIT_UNKNOWN"));
  }
  EXPECT_THAT(Transaction::Begin(pool, TransactionKind::kReadWrite, Soon()),
              IsFault(absl::StatusCode::kUnavailable, "DEPENDENCY_DOWN"));
  server->Restart();
  ASSERT_OK_AND_ASSIGN(Transaction after,
                       Transaction::Begin(pool, TransactionKind::kReadWrite, Soon()));
  std::vector<int64_t> rows;
  ASSERT_OK(after.Select(Query{"all", "SELECT a FROM t"}, {}, [&](const Row& row) {
    rows.push_back(row.Int64(0).value_or(-1));
    return absl::OkStatus();
  }));
  EXPECT_THAT(rows, ::testing::ElementsAre(1));
}

}  // namespace
}  // namespace argosy::storage
