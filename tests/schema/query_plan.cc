#include "tests/schema/query_plan.h"

#include <re2/re2.h>

#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace argosy::testing {
namespace {

using storage::AdminConnection;
using storage::Query;

// Of a thousand rows, whose values rise: one to look for, and bounds that leave few, so that a key
// which confines is worth its use. How a planner reads half a table is not the question.
constexpr int kEqualRow = 40;
constexpr int kLowRow = 50;
constexpr int kHighRow = 949;
// A list's values differ, and are few beside the rows.
constexpr int kListed = 16;
constexpr absl::string_view kPage = "50";
// The bytes of tenant_id, which leads every key.
constexpr absl::string_view kTenantKeyBytes = "16";

// Our statements write keywords in capitals and names in small letters.
std::map<std::string, std::string> TablesByAlias(const char* sql) {
  static const RE2 pattern(R"re((?:FROM|JOIN|UPDATE)\s+([a-z_]+)(?:\s+([a-z_]+))?)re");
  std::map<std::string, std::string> tables;
  re2::StringPiece rest(sql);
  std::string table;
  std::string alias;
  while (RE2::FindAndConsume(&rest, pattern, &table, &alias)) {
    tables[alias] = table;  // "" for a table without an alias, which is then the only one
    alias.clear();
  }
  return tables;
}

// Walks a statement token by token.
class ExampleBinder {
 public:
  ExampleBinder(const FilledSchema& schema, const Query& query)
      : schema_(schema), query_(query), tables_(TablesByAlias(query.sql)) {}

  absl::StatusOr<std::string> Bind() {
    static const RE2 pattern(R"re(('[^']*'|:tenant|\?|[A-Za-z_][A-Za-z0-9_.]*|\s+|.))re");
    re2::StringPiece rest(query_.sql);
    std::string token;
    std::string bound;
    while (RE2::Consume(&rest, pattern, &token)) {
      ASSIGN_OR_RETURN(const std::string text, Take(token));
      absl::StrAppend(&bound, text);
    }
    return bound;
  }

 private:
  absl::StatusOr<std::string> Take(const std::string& token) {
    static const RE2 name("[a-z_][a-z0-9_.]*");
    if (token == ":tenant") return FilledSchema::Tenant();
    if (token == "?") return Value();
    if (token == "<" || token == ">") comparison_ = token[0];
    if (token == "LIMIT" || RE2::FullMatch(token, name)) {
      column_ = token;
      comparison_ = '=';
    }
    return token;
  }

  absl::StatusOr<std::string> Value() {
    if (column_ == "LIMIT") return std::string(kPage);
    const size_t dot = column_.find('.');
    const std::string alias = dot == std::string::npos ? "" : column_.substr(0, dot);
    const auto table = tables_.find(alias);
    if (table == tables_.end()) {
      return absl::InvalidArgumentError(absl::StrCat("no table of '", column_, "'"));
    }
    // The tenant of a statement without ":tenant" is bound like any other value.
    const std::string column = dot == std::string::npos ? column_ : column_.substr(dot + 1);
    if (column == "tenant_id") return FilledSchema::Tenant();
    return schema_.ValueOf(table->second, column, RowToBind());
  }

  // Later values of the same column rise from its first.
  int RowToBind() {
    const int first = comparison_ == '<' ? kLowRow : comparison_ == '>' ? kHighRow : kEqualRow;
    Bound& bound = bound_.try_emplace(column_, Bound{first, 0}).first->second;
    return bound.first_row + bound.times++ % kListed;
  }

  struct Bound {
    int first_row;
    int times;
  };

  const FilledSchema& schema_;
  const Query& query_;
  const std::map<std::string, std::string> tables_;
  std::string column_;
  char comparison_ = '=';
  std::map<std::string, Bound> bound_;  // by column
};

// What is wrong with one line of a plan, or "".
std::string StepFault(const FilledSchema& schema,
                      const std::map<std::string, std::string>& tables_by_alias,
                      const AdminConnection::TextRow& step) {
  const std::string alias = step[2].value_or("");
  const std::string access = step[3].value_or("");
  const std::string extra = step[9].value_or("");
  // A minimum taken from a key, or the values of a long list.
  if (extra == "Select tables optimized away" || extra == "No tables used") return "";
  if (access.empty()) return absl::StrCat("no plan: ", extra);
  if (absl::StartsWith(alias, "<")) return "";  // a result of another step
  if (access == "ALL") return "reads the whole table";
  if (access == "index") return "reads the whole index";
  const bool one_row = access == "const" || access == "eq_ref" || access == "system";
  const auto named = tables_by_alias.find(alias);
  const std::string table = named == tables_by_alias.end() ? alias : named->second;
  if (one_row || schema.HasOneRowPerTenant(table)) return "";
  return step[6].value_or("") == kTenantKeyBytes ? "reads all of its tenant" : "";
}

}  // namespace

absl::StatusOr<std::string> BindExample(const FilledSchema& schema, const Query& query) {
  return ExampleBinder(schema, query).Bind();
}

std::vector<std::string> PlanFaults(FilledSchema& schema, const Query& query) {
  if (absl::StartsWith(absl::StripLeadingAsciiWhitespace(query.sql), "INSERT")) return {};
  const auto sql = BindExample(schema, query);
  if (!sql.ok()) return {sql.status().ToString()};
  const auto plan = schema.Explain(*sql);
  if (!plan.ok()) return {plan.status().ToString()};
  const std::map<std::string, std::string> tables = TablesByAlias(query.sql);
  std::vector<std::string> faults;
  for (const AdminConnection::TextRow& step : *plan) {
    const std::string fault = StepFault(schema, tables, step);
    if (!fault.empty()) faults.push_back(absl::StrCat(step[2].value_or("-"), ": ", fault));
  }
  return faults;
}

}  // namespace argosy::testing
