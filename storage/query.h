// A named SQL statement: the only form in which SQL is written in this project.
#ifndef ARGOSY_STORAGE_QUERY_H_
#define ARGOSY_STORAGE_QUERY_H_

#include "absl/strings/string_view.h"

namespace argosy::storage {

// A registered statement, always a constant:
//
//   inline constexpr Query kFindTarget{"metrics.target.find", R"sql(
//       SELECT t.a, t.b FROM target t WHERE t.tenant_id = :tenant AND t.id = ?)sql"};
//
// `name` appears in logs and in metrics, never the text. Values are always bound.
struct Query {
  const char* name;
  const char* sql;
};

// A statement as the database sees it: every placeholder is "?". Both views outlive the call.
struct Statement {
  Statement(absl::string_view statement_name, absl::string_view statement_sql)
      : name(statement_name), sql(statement_sql) {}
  // A query is a statement when it has no named placeholder.
  Statement(const Query& query)
      : name(query.name),
        sql(query.sql) {}  // NOLINT(google-explicit-constructor): a Query without :tenant is one

  absl::string_view name;
  absl::string_view sql;
};

}  // namespace argosy::storage

#endif  // ARGOSY_STORAGE_QUERY_H_
