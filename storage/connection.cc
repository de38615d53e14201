#include "storage/connection.h"

#include <cppconn/connection.h>
#include <cppconn/datatype.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <mysql_driver.h>

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "base/mutex.h"
#include "base/status_macros.h"
#include "storage/errors.h"
#include "storage/result_cursor.h"
#include "storage/sql_error.h"

namespace argosy::storage {
namespace {

// Strict, so that a value that does not fit is an error; UTC, so that no server setting leaks in;
// a lock wait of 2 s, the longest a repeated request waits for the first one.
constexpr char kSessionSettings[] =
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
    "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY', "
    "time_zone = '+00:00', innodb_lock_wait_timeout = 2";

// Statement limits the session is set to, in seconds: the shortest that covers the time left. Few
// steps, so that the setting seldom changes; the last is the longest deadline.
constexpr int64_t kStatementLimits[] = {1, 2, 5, 10, 20, 30};

int Seconds(absl::Duration duration) {
  return static_cast<int>(std::max<int64_t>(1, absl::ToInt64Seconds(duration)));
}

sql::ConnectOptionsMap ConnectOptions(const DatabaseOptions& options) {
  sql::ConnectOptionsMap map;
  map["hostName"] = sql::SQLString(options.socket_path.empty()
                                       ? absl::StrCat("tcp://", options.host, ":", options.port)
                                       : absl::StrCat("unix://", options.socket_path));
  map["userName"] = sql::SQLString(options.user);
  map["password"] = sql::SQLString(options.password);
  if (!options.schema.empty()) map["schema"] = sql::SQLString(options.schema);
  map["CLIENT_FOUND_ROWS"] = true;
  map["OPT_SET_CHARSET_NAME"] = sql::SQLString("utf8mb4");
  map["OPT_CONNECT_TIMEOUT"] = Seconds(options.connect_timeout);
  map["OPT_READ_TIMEOUT"] = Seconds(options.read_timeout);
  map["OPT_WRITE_TIMEOUT"] = Seconds(options.read_timeout);
  map["postInit"] = sql::SQLString(kSessionSettings);
  if (options.tls == Tls::kRequired) {
    map["sslEnforce"] = true;
    if (!options.tls_ca_path.empty()) map["sslCA"] = sql::SQLString(options.tls_ca_path);
  }
  return map;
}

// The connector fills its driver on the first use without a lock of its own.
sql::Driver& ConnectorDriver() {
  static base::Mutex mutex;
  base::MutexLock lock(mutex);
  return *sql::mysql::get_driver_instance();
}

void Bind(sql::PreparedStatement& statement, unsigned int index, const Value& value) {
  if (const int64_t* number = value.int64()) {
    statement.setInt64(index, *number);
  } else if (const std::string* chars = value.chars()) {
    statement.setString(index, *chars);
  } else {
    statement.setNull(index, sql::DataType::SQLNULL);
  }
}

void BindAll(sql::PreparedStatement& statement, Binds binds) {
  for (size_t i = 0; i < binds.count; ++i) {
    Bind(statement, static_cast<unsigned int>(i + 1), binds.at(i));
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const DatabaseOptions& options,
                                                             FaultInjector* faults) {
  std::unique_ptr<sql::Connection> connected;
  RETURN_IF_ERROR(GuardSql("connect", [&] {
    sql::ConnectOptionsMap map = ConnectOptions(options);
    connected.reset(ConnectorDriver().connect(map));
    return absl::OkStatus();
  }));
  auto connection = std::make_unique<Connection>(std::move(connected), faults);
  RETURN_IF_ERROR(connection->SetUpSession(options));
  return connection;
}

Connection::Connection(std::unique_ptr<sql::Connection> connection, FaultInjector* faults)
    : connection_(std::move(connection)), faults_(faults) {}

Connection::~Connection() {
  // Closing may throw on a connection that is dead already; nothing is lost by that. Statements go
  // before their connection.
  const absl::Status closed = GuardSql("close", [this] {
    prepared_.clear();
    plain_.reset();
    connection_->close();
    return absl::OkStatus();
  });
  closed.IgnoreError();
}

absl::Status Connection::SetUpSession(const DatabaseOptions& options) {
  RETURN_IF_ERROR(GuardUncounted("connect", [this] {
    plain_.reset(connection_->createStatement());
    return absl::OkStatus();
  }));
  if (options.tls == Tls::kRequired) RETURN_IF_ERROR(CheckTls());
  return SelectText("version", "SELECT VERSION()", [this](sql::ResultSet& row) {
    limits_statements_ = absl::StrContains(row.getString(1).asStdString(), "MariaDB");
    return absl::OkStatus();
  });
}

absl::Status Connection::CheckTls() {
  std::string cipher;
  RETURN_IF_ERROR(
      SelectText("tls", "SHOW SESSION STATUS LIKE 'Ssl_cipher'", [&cipher](sql::ResultSet& row) {
        cipher = row.getString(2).asStdString();
        return absl::OkStatus();
      }));
  if (cipher.empty()) return base::Internal("the database connection must be TLS and is not");
  return absl::OkStatus();
}

absl::Status Connection::GuardUncounted(absl::string_view name,
                                        absl::FunctionRef<absl::Status()> body) {
  absl::Status status = GuardSql(name, body);
  // Other errors are the caller's own, from its row callback.
  if (FromDatabase(status) && !KeepsConnection(SqlErrorCode(status))) broken_ = true;
  return status;
}

absl::Status Connection::Guard(absl::string_view name, absl::FunctionRef<absl::Status()> body) {
  if (broken_) return DatabaseDown();
  const std::optional<InjectedFault> fault =
      faults_ == nullptr ? std::nullopt : faults_->NextStatement();
  if (fault.has_value() && fault->moment == FaultMoment::kBeforeStatement) {
    broken_ = broken_ || !KeepsConnection(fault->code);
    return SqlError(fault->code, name, "injected");
  }
  RETURN_IF_ERROR(GuardUncounted(name, body));
  if (!fault.has_value()) return absl::OkStatus();
  broken_ = broken_ || !KeepsConnection(fault->code);
  return SqlError(fault->code, name, "injected");
}

absl::Status Connection::SetIsolation(TransactionKind kind) {
  if (session_kind_ == kind) return absl::OkStatus();
  RETURN_IF_ERROR(GuardUncounted("isolation", [&] {
    plain_->execute(kind == TransactionKind::kSnapshot
                        ? "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"
                        : "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
    return absl::OkStatus();
  }));
  session_kind_ = kind;
  return absl::OkStatus();
}

absl::Status Connection::LimitStatementTime(absl::Duration time_left) {
  if (!limits_statements_ || broken_) return absl::OkStatus();
  int64_t seconds = kStatementLimits[std::size(kStatementLimits) - 1];
  for (const int64_t limit : kStatementLimits) {
    if (time_left <= absl::Seconds(limit)) {
      seconds = limit;
      break;
    }
  }
  if (seconds == statement_limit_seconds_) return absl::OkStatus();
  RETURN_IF_ERROR(GuardUncounted("statement limit", [&] {
    plain_->execute(absl::StrCat("SET SESSION max_statement_time = ", seconds));
    return absl::OkStatus();
  }));
  statement_limit_seconds_ = seconds;
  return absl::OkStatus();
}

absl::Status Connection::Begin(TransactionKind kind, absl::Duration time_left) {
  RETURN_IF_ERROR(SetIsolation(kind));
  RETURN_IF_ERROR(LimitStatementTime(time_left));
  return Guard("begin", [&] {
    plain_->execute(kind == TransactionKind::kSnapshot
                        ? "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"
                        : "START TRANSACTION");
    in_transaction_ = true;
    return absl::OkStatus();
  });
}

absl::Status Connection::End(const Query& verb) {
  return Guard(verb.name, [&] {
    plain_->execute(verb.sql);
    in_transaction_ = false;
    return absl::OkStatus();
  });
}

absl::Status Connection::ExecuteText(absl::string_view name, absl::string_view sql) {
  return Guard(name, [&] {
    plain_->execute(std::string(sql));
    return absl::OkStatus();
  });
}

absl::Status Connection::SelectText(absl::string_view name, absl::string_view sql,
                                    absl::FunctionRef<absl::Status(sql::ResultSet&)> each) {
  return GuardUncounted(name, [&]() -> absl::Status {
    const std::unique_ptr<sql::ResultSet> rows(plain_->executeQuery(std::string(sql)));
    while (rows->next()) RETURN_IF_ERROR(each(*rows));
    return absl::OkStatus();
  });
}

absl::StatusOr<sql::PreparedStatement*> Connection::Prepare(const Statement& statement) {
  auto found = prepared_.find(statement.sql);
  if (found == prepared_.end()) {
    if (prepared_.size() >= kPreparedMax) DropLeastUsed();
    std::string sql(statement.sql);
    Prepared made;
    made.statement.reset(connection_->prepareStatement(sql));
    found = prepared_.emplace(std::move(sql), std::move(made)).first;
  }
  found->second.last_use = ++uses_;
  return found->second.statement.get();
}

void Connection::DropLeastUsed() {
  const auto least = std::min_element(
      prepared_.begin(), prepared_.end(),
      [](const auto& a, const auto& b) { return a.second.last_use < b.second.last_use; });
  prepared_.erase(least);
}

absl::StatusOr<int64_t> Connection::Execute(const Statement& statement, Binds binds) {
  int64_t matched = 0;
  RETURN_IF_ERROR(Guard(statement.name, [&]() -> absl::Status {
    ASSIGN_OR_RETURN(sql::PreparedStatement * prepared, Prepare(statement));
    BindAll(*prepared, binds);
    matched = prepared->executeUpdate();
    return absl::OkStatus();
  }));
  return matched;
}

absl::Status Connection::Select(const Statement& statement, Binds binds, size_t rows_max,
                                absl::FunctionRef<absl::Status(const Row&)> each) {
  return Guard(statement.name, [&]() -> absl::Status {
    ASSIGN_OR_RETURN(sql::PreparedStatement * prepared, Prepare(statement));
    BindAll(*prepared, binds);
    // The result set lives no longer than this: an unread one would wedge the connection.
    const std::unique_ptr<sql::ResultSet> rows(prepared->executeQuery());
    if (rows->rowsCount() > rows_max) {
      return base::Internal(absl::StrCat("statement ", statement.name, " gives more than ",
                                         rows_max, " rows: it must be paged"));
    }
    return ResultCursor(statement.name, *rows).ForEach(each);
  });
}

}  // namespace argosy::storage
