#include "tests/schema/filled_schema.h"

#include <cstdio>
#include <cstdlib>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/status_macros.h"

namespace argosy::testing {
namespace {

using storage::AdminConnection;

constexpr int kTenants = 3;
constexpr int kRows = 1'000;

// The last column counts the columns of a primary key that begins with tenant_id; otherwise it is
// 0.
constexpr char kColumns[] = R"sql(
    SELECT c.table_name, c.column_name, c.data_type, COALESCE(c.character_maximum_length, 0),
           (SELECT IF(MAX(s.column_name = 'tenant_id' AND s.seq_in_index = 1), COUNT(*), 0)
            FROM information_schema.statistics s
            WHERE s.table_schema = c.table_schema AND s.table_name = c.table_name
              AND s.index_name = 'PRIMARY')
    FROM information_schema.columns c
    WHERE c.table_schema = DATABASE() AND c.table_name <> 'schema_migrations'
    ORDER BY c.table_name, c.ordinal_position)sql";

// Columns that say which of a few kinds a row is.
const std::set<std::string> kFewValues = {"access_role", "capture", "decision", "kind",
                                          "paid",        "policy",  "role",     "state"};

// `n` is a number, or the name of a column of numbers.
std::string Bytes(absl::string_view n) {
  return absl::StrCat("UNHEX(LPAD(HEX(", n, "), 32, '0'))");
}

std::string Text(absl::string_view n) { return absl::StrCat("CONCAT('v', LPAD(", n, ", 4, '0'))"); }

std::string Expression(const std::string& name, const std::string& type, int length,
                       absl::string_view n) {
  std::string value(n);
  if (type == "tinyint" || kFewValues.count(name) > 0) {
    value = absl::StrCat("(", n, ") MOD 3 + 1");
  }
  if (type == "tinyint" || type == "int" || type == "bigint") return value;
  if (type == "char" || type == "varchar" || type == "text") {
    return length < 5 ? "'USD'" : Text(value);
  }
  if (type == "binary" && length == 32) {
    return absl::StrCat("CONCAT(", Bytes(n), ", ", Bytes(n), ")");
  }
  return Bytes(n);
}

std::string Numbers(int count) {
  return absl::StrCat(
      "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ",
      count, ") ");
}

}  // namespace

FilledSchema::FilledSchema(std::unique_ptr<TestDatabase> database, AdminConnection connection)
    : database_(std::move(database)), connection_(std::move(connection)) {}

std::unique_ptr<FilledSchema> FilledSchema::Create(absl::string_view service) {
  auto database = TestDatabase::Create(service);
  auto connection = AdminConnection::Open(database->options());
  if (!connection.ok()) std::abort();
  // The constructor is private, so that every schema is filled.
  std::unique_ptr<FilledSchema> schema(
      new FilledSchema(std::move(database), *std::move(connection)));
  const absl::Status filled = schema->ReadTables();
  if (!filled.ok()) {
    std::fprintf(stderr, "filling %s: %s\n", std::string(service).c_str(),
                 filled.ToString().c_str());
    std::abort();
  }
  return schema;
}

absl::Status FilledSchema::ReadTables() {
  ASSIGN_OR_RETURN(const auto rows, connection_.Query(kColumns));
  for (const AdminConnection::TextRow& row : rows) {
    Table& table = tables_[row[0].value_or("")];
    if (row[4] == "1") table.ownership = Ownership::kOnePerTenant;
    if (row[4] > "1") table.ownership = Ownership::kManyPerTenant;
    Column column{row[1].value_or(""), row[2].value_or(""), 0};
    // A MEDIUMBLOB has room for more than a number here says, and needs none.
    if (!absl::SimpleAtoi(row[3].value_or("0"), &column.length)) column.length = kRows;
    table.columns.push_back(std::move(column));
  }
  // A list of bound values stays a list; one of written values becomes a join from a thousand on.
  RETURN_IF_ERROR(connection_.Execute("SET in_predicate_conversion_threshold = 0"));
  // Parents and children have the same numbers, but are not filled in order.
  RETURN_IF_ERROR(connection_.Execute("SET FOREIGN_KEY_CHECKS = 0"));
  for (const auto& [name, table] : tables_) RETURN_IF_ERROR(Fill(name, table));
  return absl::OkStatus();
}

// The value that row r of tenant t gets, both being numbers.
std::string FilledSchema::CellOf(const Column& column, Ownership ownership) {
  if (column.name == "tenant_id" && ownership == Ownership::kManyPerTenant) return Bytes("t.n");
  if (column.name == "tenant_id" && ownership == Ownership::kGlobal) return Tenant();
  return Expression(column.name, column.type, column.length, "r.n");
}

absl::Status FilledSchema::Fill(const std::string& name, const Table& table) {
  std::vector<std::string> names;
  std::vector<std::string> values;
  for (const Column& column : table.columns) {
    names.push_back(column.name);
    values.push_back(CellOf(column, table.ownership));
  }
  const std::string tenants = table.ownership == Ownership::kManyPerTenant
                                  ? absl::StrCat("JOIN numbers t ON t.n <= ", kTenants)
                                  : "";
  RETURN_IF_ERROR(connection_.Execute(
      absl::StrCat("INSERT INTO ", name, " (", absl::StrJoin(names, ", "), ") ", Numbers(kRows),
                   "SELECT ", absl::StrJoin(values, ", "), " FROM numbers r ", tenants)));
  return connection_.Query(absl::StrCat("ANALYZE TABLE ", name)).status();
}

std::string FilledSchema::Tenant() { return Bytes("2"); }

bool FilledSchema::HasOneRowPerTenant(const std::string& table) const {
  const auto found = tables_.find(table);
  return found != tables_.end() && found->second.ownership == Ownership::kOnePerTenant;
}

absl::StatusOr<std::string> FilledSchema::ValueOf(const std::string& table,
                                                  const std::string& column, int n) const {
  const auto found = tables_.find(table);
  if (found == tables_.end()) return absl::NotFoundError(absl::StrCat("table ", table));
  for (const Column& each : found->second.columns) {
    if (each.name == column) {
      return Expression(each.name, each.type, each.length, absl::StrCat(n));
    }
  }
  return absl::NotFoundError(absl::StrCat("column ", table, ".", column));
}

absl::StatusOr<std::vector<AdminConnection::TextRow>> FilledSchema::Explain(absl::string_view sql) {
  return connection_.Query(absl::StrCat("EXPLAIN ", sql));
}

}  // namespace argosy::testing
