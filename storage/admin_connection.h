// A single connection for statements written by the installation itself: migrations, schemas,
// accounts.
#ifndef ARGOSY_STORAGE_ADMIN_CONNECTION_H_
#define ARGOSY_STORAGE_ADMIN_CONNECTION_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/database_options.h"

namespace argosy::storage {

class Connection;

// Runs statement texts without placeholders, in autocommit. Never for anything a caller sent. Not
// thread-safe.
class AdminConnection {
 public:
  // NULL is nullopt; every other value is its text.
  using TextRow = std::vector<std::optional<std::string>>;

  // UNAVAILABLE / DEPENDENCY_DOWN when the server cannot be reached.
  static absl::StatusOr<AdminConnection> Open(const DatabaseOptions& options);

  AdminConnection(AdminConnection&&) noexcept;
  AdminConnection& operator=(AdminConnection&&) noexcept;
  ~AdminConnection();

  // Runs one statement that gives no rows.
  absl::Status Execute(absl::string_view sql);
  // All rows of one statement.
  absl::StatusOr<std::vector<TextRow>> Query(absl::string_view sql);

 private:
  explicit AdminConnection(std::unique_ptr<Connection> connection);

  std::unique_ptr<Connection> connection_;
};

// `text` as an SQL string literal with its quotes.
std::string Quoted(absl::string_view text);

}  // namespace argosy::storage

#endif  // ARGOSY_STORAGE_ADMIN_CONNECTION_H_
