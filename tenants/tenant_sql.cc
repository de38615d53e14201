#include "tenants/tenant_sql.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/fault.h"
#include "tenants/sql_tokens.h"
#include "tenants/tenant_predicate.h"

namespace argosy::tenants {
namespace {

absl::Status CheckTokens(const storage::Query& query, const std::vector<SqlToken>& tokens) {
  const std::vector<std::string> faults = FindTenantFaults(tokens);
  if (faults.empty()) return absl::OkStatus();
  return base::Internal(absl::StrCat("query ", query.name, ": ", absl::StrJoin(faults, "; ")));
}

}  // namespace

absl::Status CheckTenantPredicate(const storage::Query& query) {
  return CheckTokens(query, TokenizeSql(query.sql));
}

absl::Status CheckTenantPredicates(const std::vector<storage::Query>& queries) {
  std::vector<std::string> faults;
  for (const storage::Query& query : queries) {
    const absl::Status check = CheckTenantPredicate(query);
    if (!check.ok()) faults.emplace_back(check.message());
  }
  return faults.empty() ? absl::OkStatus() : base::Internal(absl::StrJoin(faults, "\n"));
}

TenantQuery RewriteTenantQuery(const storage::Query& query) {
  const absl::string_view sql = query.sql;
  const std::vector<SqlToken> tokens = TokenizeSql(sql);
  TenantQuery rewritten{.check = CheckTokens(query, tokens)};
  size_t copied = 0;
  for (const SqlToken& token : tokens) {
    const bool tenant = token.kind == SqlTokenKind::kTenant;
    if (!tenant && token.kind != SqlTokenKind::kPlaceholder) continue;
    rewritten.tenant_binds.push_back(tenant);
    absl::StrAppend(&rewritten.sql, sql.substr(copied, token.begin - copied), "?");
    copied = token.begin + token.length;
  }
  absl::StrAppend(&rewritten.sql, sql.substr(copied));
  return rewritten;
}

absl::StatusOr<const TenantQuery*> QueryBook::Find(const storage::Query& query) {
  base::MutexLock lock(mutex_);
  const absl::string_view sql = query.sql;
  auto found = queries_.find(sql);
  if (found == queries_.end()) {
    if (queries_.size() >= kQueriesMax) return base::Internal("more queries than a program has");
    found = queries_
                .emplace(std::string(sql),
                         std::make_unique<const TenantQuery>(RewriteTenantQuery(query)))
                .first;
  }
  if (!found->second->check.ok()) return found->second->check;
  return found->second.get();
}

}  // namespace argosy::tenants
