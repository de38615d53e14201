#include "tests/support/schema_rules.h"

#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "storage/admin_connection.h"

namespace argosy::testing {
namespace {

using storage::AdminConnection;

// Collects the rows of rules written as queries, each of which gives "table" and "what".
class RuleReader {
 public:
  RuleReader(TestDatabase& database, const std::vector<std::string>& global_tables)
      : connection_(Connect(database)) {
    std::vector<std::string> names = {"'schema_migrations'", "'pending_work'"};
    for (const std::string& table : global_tables) names.push_back(storage::Quoted(table));
    globals_ = absl::StrCat("(", absl::StrJoin(names, ", "), ")");
  }

  // `sql` may say {globals} for the list of global tables.
  void Find(absl::string_view what, absl::string_view sql) {
    std::string text(sql);
    for (size_t at = text.find("{globals}"); at != std::string::npos; at = text.find("{globals}")) {
      text.replace(at, std::string("{globals}").size(), globals_);
    }
    const auto rows = connection_.Query(text);
    if (!rows.ok()) {
      faults_.push_back(absl::StrCat(what, ": ", rows.status().ToString()));
      return;
    }
    for (const AdminConnection::TextRow& row : *rows) {
      faults_.push_back(absl::StrCat(row[0].value_or(""), ": ", what));
    }
  }

  std::vector<std::string> faults() const { return faults_; }

 private:
  static AdminConnection Connect(TestDatabase& database) {
    absl::StatusOr<AdminConnection> connection = AdminConnection::Open(database.options());
    if (!connection.ok()) std::abort();
    return *std::move(connection);
  }

  AdminConnection connection_;
  std::string globals_;
  std::vector<std::string> faults_;
};

void FindKeyFaults(RuleReader& rules) {
  rules.Find("tenant_id is not BINARY(16) NOT NULL", R"sql(
      SELECT t.table_name FROM information_schema.tables t
      WHERE t.table_schema = DATABASE() AND t.table_name NOT IN {globals}
        AND NOT EXISTS (SELECT 1 FROM information_schema.columns c
                        WHERE c.table_schema = t.table_schema AND c.table_name = t.table_name
                          AND c.column_name = 'tenant_id' AND c.column_type = 'binary(16)'
                          AND c.is_nullable = 'NO'))sql");
  rules.Find("there is no primary key", R"sql(
      SELECT t.table_name FROM information_schema.tables t
      WHERE t.table_schema = DATABASE()
        AND NOT EXISTS (SELECT 1 FROM information_schema.statistics s
                        WHERE s.table_schema = t.table_schema AND s.table_name = t.table_name
                          AND s.index_name = 'PRIMARY'))sql");
  rules.Find("the index does not begin with tenant_id", R"sql(
      SELECT CONCAT(s.table_name, '.', s.index_name) FROM information_schema.statistics s
      WHERE s.table_schema = DATABASE() AND s.table_name NOT IN {globals}
        AND s.seq_in_index = 1 AND s.column_name <> 'tenant_id')sql");
  rules.Find("the foreign key does not begin with tenant_id on both sides", R"sql(
      SELECT CONCAT(k.table_name, '.', k.constraint_name) FROM information_schema.key_column_usage k
      WHERE k.table_schema = DATABASE() AND k.referenced_table_name IS NOT NULL
        AND k.table_name NOT IN {globals} AND k.ordinal_position = 1
        AND (k.column_name <> 'tenant_id' OR k.referenced_column_name <> 'tenant_id'))sql");
  rules.Find("AUTO_INCREMENT leaks volume", R"sql(
      SELECT CONCAT(c.table_name, '.', c.column_name) FROM information_schema.columns c
      WHERE c.table_schema = DATABASE() AND c.extra LIKE '%auto_increment%')sql");
}

void FindColumnFaults(RuleReader& rules) {
  rules.Find("the collation is not binary", R"sql(
      SELECT CONCAT(c.table_name, '.', c.column_name) FROM information_schema.columns c
      WHERE c.table_schema = DATABASE() AND c.collation_name IS NOT NULL
        AND c.collation_name NOT IN ('ascii_bin', 'utf8mb4_bin'))sql");
  rules.Find("an identifier is not ascii_bin", R"sql(
      SELECT CONCAT(c.table_name, '.', c.column_name) FROM information_schema.columns c
      WHERE c.table_schema = DATABASE() AND c.collation_name <> 'ascii_bin'
        AND (c.column_name = 'id' OR c.column_name LIKE '%\_id' OR c.column_name = 'currency'))sql");
  rules.Find("version is not BIGINT UNSIGNED NOT NULL", R"sql(
      SELECT CONCAT(c.table_name, '.', c.column_name) FROM information_schema.columns c
      WHERE c.table_schema = DATABASE() AND c.column_name = 'version'
        AND c.table_name <> 'schema_migrations'
        AND (c.column_type NOT LIKE 'bigint%unsigned' OR c.is_nullable <> 'NO'))sql");
  rules.Find("floating point, local time or a type TiDB lacks", R"sql(
      SELECT CONCAT(c.table_name, '.', c.column_name) FROM information_schema.columns c
      WHERE c.table_schema = DATABASE()
        AND c.data_type IN ('float', 'double', 'timestamp', 'datetime', 'time', 'year', 'uuid',
                            'inet4', 'inet6', 'geometry', 'point', 'polygon', 'linestring'))sql");
}

void FindObjectFaults(RuleReader& rules) {
  rules.Find("the engine is not InnoDB", R"sql(
      SELECT t.table_name FROM information_schema.tables t
      WHERE t.table_schema = DATABASE() AND t.table_type = 'BASE TABLE' AND t.engine <> 'InnoDB')sql");
  rules.Find("a view runs as its maker", R"sql(
      SELECT t.table_name FROM information_schema.tables t
      WHERE t.table_schema = DATABASE() AND t.table_type <> 'BASE TABLE')sql");
  rules.Find("a trigger", R"sql(
      SELECT t.trigger_name FROM information_schema.triggers t
      WHERE t.trigger_schema = DATABASE())sql");
  rules.Find("an event", R"sql(
      SELECT e.event_name FROM information_schema.events e WHERE e.event_schema = DATABASE())sql");
  rules.Find("a stored routine", R"sql(
      SELECT r.routine_name FROM information_schema.routines r
      WHERE r.routine_schema = DATABASE())sql");
}

// The kernel's own tables have the keys its promises rest on.
void FindKernelFaults(RuleReader& rules) {
  rules.Find("the primary key is not (tenant_id, principal, method, request_id)", R"sql(
      SELECT s.table_name FROM information_schema.statistics s
      WHERE s.table_schema = DATABASE() AND s.table_name = 'request_log'
        AND s.index_name = 'PRIMARY' GROUP BY s.table_name
      HAVING GROUP_CONCAT(s.column_name ORDER BY s.seq_in_index)
             <> 'tenant_id,principal,method,request_id')sql");
  rules.Find("the primary key is not (tenant_id, seq)", R"sql(
      SELECT s.table_name FROM information_schema.statistics s
      WHERE s.table_schema = DATABASE() AND s.table_name = 'audit' AND s.index_name = 'PRIMARY'
      GROUP BY s.table_name
      HAVING GROUP_CONCAT(s.column_name ORDER BY s.seq_in_index) <> 'tenant_id,seq')sql");
  rules.Find("is missing", R"sql(
      SELECT w.name FROM (SELECT 'request_log' AS name UNION SELECT 'audit' UNION SELECT 'audit_head') w
      WHERE w.name NOT IN (SELECT t.table_name FROM information_schema.tables t
                           WHERE t.table_schema = DATABASE()))sql");
}

}  // namespace

std::vector<std::string> SchemaFaults(TestDatabase& database,
                                      const std::vector<std::string>& global_tables) {
  RuleReader rules(database, global_tables);
  FindKeyFaults(rules);
  FindColumnFaults(rules);
  FindObjectFaults(rules);
  FindKernelFaults(rules);
  return rules.faults();
}

}  // namespace argosy::testing
