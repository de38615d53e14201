// A service's schema with enough rows that the database plans as it would in earnest.
#ifndef ARGOSY_TESTS_SCHEMA_FILLED_SCHEMA_H_
#define ARGOSY_TESTS_SCHEMA_FILLED_SCHEMA_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/admin_connection.h"
#include "tests/support/test_database.h"

namespace argosy::testing {

// Three tenants with a thousand rows each in every table that may have them, a thousand rows in
// every other, made from the columns' types alone. Row n of a table refers to row n of any other.
// Not thread-safe.
class FilledSchema {
 public:
  // Aborts when the schema cannot be made or filled: no test can run then.
  static std::unique_ptr<FilledSchema> Create(absl::string_view service);

  // The tenant in the middle, as an SQL expression.
  static std::string Tenant();
  // Row `n`'s value of a column, as an SQL expression of the column's type. NOT_FOUND when there is
  // no such column.
  absl::StatusOr<std::string> ValueOf(const std::string& table, const std::string& column,
                                      int n) const;
  // Whether `table` has one row of each tenant, so that the tenant alone names it.
  bool HasOneRowPerTenant(const std::string& table) const;
  // What the database would do for a statement without placeholders.
  absl::StatusOr<std::vector<storage::AdminConnection::TextRow>> Explain(absl::string_view sql);

 private:
  struct Column {
    std::string name;
    std::string type;  // "binary", "bigint"
    int length = 0;    // of texts and bytes
  };
  enum class Ownership {
    kGlobal,        // the primary key does not begin with tenant_id
    kOnePerTenant,  // it is tenant_id
    kManyPerTenant,
  };
  struct Table {
    std::vector<Column> columns;
    Ownership ownership = Ownership::kGlobal;
  };

  explicit FilledSchema(std::unique_ptr<TestDatabase> database,
                        storage::AdminConnection connection);
  absl::Status ReadTables();
  static std::string CellOf(const Column& column, Ownership ownership);
  absl::Status Fill(const std::string& name, const Table& table);

  std::unique_ptr<TestDatabase> database_;
  storage::AdminConnection connection_;
  std::map<std::string, Table> tables_;
};

}  // namespace argosy::testing

#endif  // ARGOSY_TESTS_SCHEMA_FILLED_SCHEMA_H_
