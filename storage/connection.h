// One connection of the connector, with its prepared statements and its session's state. Private to
// storage/.
#ifndef ARGOSY_STORAGE_CONNECTION_H_
#define ARGOSY_STORAGE_CONNECTION_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/database_options.h"
#include "storage/fault_injector.h"
#include "storage/pool.h"
#include "storage/query.h"
#include "storage/row.h"
#include "storage/value.h"

namespace sql {
class Connection;
class PreparedStatement;
class ResultSet;
class Statement;
}  // namespace sql

namespace argosy::storage {

inline constexpr Query kCommit{"commit", "COMMIT"};
inline constexpr Query kRollback{"rollback", "ROLLBACK"};

// The values of one execution, wherever they lie.
struct Binds {
  size_t count;
  absl::FunctionRef<const Value&(size_t)> at;
};

// Used by one thread at a time. Once an unexpected error has struck it is broken for good.
class Connection {
 public:
  // Prepared statements kept; the least recently used goes. A service has about a hundred, and one
  // costs the server some tens of KiB.
  static constexpr size_t kPreparedMax = 256;

  // UNAVAILABLE / DEPENDENCY_DOWN when the server cannot be reached; INTERNAL when it refuses the
  // account, or when TLS is required and the connection is in plain text. `faults` may be null.
  static absl::StatusOr<std::unique_ptr<Connection>> Open(const DatabaseOptions& options,
                                                          FaultInjector* faults);
  // For Open alone.
  Connection(std::unique_ptr<sql::Connection> connection, FaultInjector* faults);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  bool broken() const { return broken_; }
  bool in_transaction() const { return in_transaction_; }
  // The kind the session's isolation level is set for.
  std::optional<TransactionKind> session_kind() const { return session_kind_; }

  // The server ends statements from here on after about `time_left`: a call must not hold a
  // connection much longer than its caller waits.
  absl::Status LimitStatementTime(absl::Duration time_left);

  // Starts a transaction whose statements the server ends after about `time_left`.
  absl::Status Begin(TransactionKind kind, absl::Duration time_left);
  // kCommit or kRollback, through a statement: the connector's own verbs hide a dead connection.
  absl::Status End(const Query& verb);

  // Runs a text without placeholders that gives no rows.
  absl::Status ExecuteText(absl::string_view name, absl::string_view sql);
  // Calls `each` with every row of a text without placeholders.
  absl::Status SelectText(absl::string_view name, absl::string_view sql,
                          absl::FunctionRef<absl::Status(sql::ResultSet&)> each);

  // Runs a prepared statement that gives no rows; the rows it matched.
  absl::StatusOr<int64_t> Execute(const Statement& statement, Binds binds);
  // Calls `each` with every row of a prepared statement; INTERNAL above `rows_max` rows.
  absl::Status Select(const Statement& statement, Binds binds, size_t rows_max,
                      absl::FunctionRef<absl::Status(const Row&)> each);

 private:
  struct Prepared {
    std::unique_ptr<sql::PreparedStatement> statement;
    uint64_t last_use = 0;
  };

  absl::Status SetUpSession(const DatabaseOptions& options);
  absl::Status CheckTls();
  absl::Status SetIsolation(TransactionKind kind);
  absl::StatusOr<sql::PreparedStatement*> Prepare(const Statement& statement);
  void DropLeastUsed();
  // Runs `body`, with the fault the injector has for it; notes whether the connection survives.
  absl::Status Guard(absl::string_view name, absl::FunctionRef<absl::Status()> body);
  absl::Status GuardUncounted(absl::string_view name, absl::FunctionRef<absl::Status()> body);

  std::unique_ptr<sql::Connection> connection_;
  std::unique_ptr<sql::Statement> plain_;
  absl::flat_hash_map<std::string, Prepared> prepared_;
  FaultInjector* faults_;
  uint64_t uses_ = 0;
  bool broken_ = false;
  bool in_transaction_ = false;
  bool limits_statements_ = false;  // the server is a MariaDB
  int64_t statement_limit_seconds_ = 0;
  std::optional<TransactionKind> session_kind_;
};

}  // namespace argosy::storage

#endif  // ARGOSY_STORAGE_CONNECTION_H_
