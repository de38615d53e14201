#include "storage/admin_connection.h"

#include <cppconn/resultset.h>
#include <cppconn/resultset_metadata.h>

#include <utility>

#include "base/status_macros.h"
#include "storage/connection.h"

namespace argosy::storage {

AdminConnection::AdminConnection(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)) {}
AdminConnection::AdminConnection(AdminConnection&&) noexcept = default;
AdminConnection& AdminConnection::operator=(AdminConnection&&) noexcept = default;
AdminConnection::~AdminConnection() = default;

absl::StatusOr<AdminConnection> AdminConnection::Open(const DatabaseOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Connection> connection, Connection::Open(options, nullptr));
  return AdminConnection(std::move(connection));
}

absl::Status AdminConnection::Execute(absl::string_view sql) {
  return connection_->ExecuteText("admin", sql);
}

absl::StatusOr<std::vector<AdminConnection::TextRow>> AdminConnection::Query(
    absl::string_view sql) {
  std::vector<TextRow> rows;
  RETURN_IF_ERROR(connection_->SelectText("admin", sql, [&rows](sql::ResultSet& result) {
    TextRow row(result.getMetaData()->getColumnCount());
    for (unsigned int i = 0; i < row.size(); ++i) {
      if (!result.isNull(i + 1)) row[i] = result.getString(i + 1).asStdString();
    }
    rows.push_back(std::move(row));
    return absl::OkStatus();
  }));
  return rows;
}

std::string Quoted(absl::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  quoted += '\'';
  return quoted;
}

}  // namespace argosy::storage
