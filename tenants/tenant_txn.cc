#include "tenants/tenant_txn.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "tenants/plan_limits.h"

namespace argosy::tenants {

TenantReader::TenantReader(storage::Transaction& transaction, const base::TenantUid& tenant,
                           QueryBook& book)
    : transaction_(transaction), tenant_(Bytes(tenant.ToBytes())), book_(book) {}

absl::Status TenantReader::MoreThanOneRow(const Query& query) {
  return base::Internal(absl::StrCat("query ", query.name, " gives more than one row"));
}

absl::StatusOr<std::vector<Value>> TenantReader::BindTenant(const Query& query,
                                                            const TenantQuery& tenant_query,
                                                            absl::Span<const Value> binds) const {
  const std::vector<bool>& slots = tenant_query.tenant_binds;
  const auto positional = static_cast<size_t>(std::count(slots.begin(), slots.end(), false));
  if (positional != binds.size()) {
    return base::Internal(
        absl::StrCat("query ", query.name, " takes ", positional, " values, not ", binds.size()));
  }
  std::vector<Value> all;
  all.reserve(slots.size());
  for (const bool tenant : slots) {
    if (tenant) {
      all.push_back(tenant_);
    } else {
      all.push_back(binds.front());
      binds.remove_prefix(1);
    }
  }
  return all;
}

absl::Status TenantReader::Select(const Query& query, absl::Span<const Value> binds,
                                  absl::FunctionRef<absl::Status(const Row&)> each) {
  ASSIGN_OR_RETURN(const TenantQuery* const tenant_query, book_.Find(query));
  ASSIGN_OR_RETURN(const std::vector<Value> all, BindTenant(query, *tenant_query, binds));
  return transaction_.Select(storage::Statement(query.name, tenant_query->sql), all, each);
}

absl::StatusOr<int64_t> TenantTxn::Execute(const Query& query, const std::vector<Value>& binds) {
  ASSIGN_OR_RETURN(const TenantQuery* const tenant_query, book_.Find(query));
  ASSIGN_OR_RETURN(const std::vector<Value> all, BindTenant(query, *tenant_query, binds));
  return transaction_.Execute(storage::Statement(query.name, tenant_query->sql), all);
}

absl::Status TenantTxn::InsertMany(const Query& insert_head,
                                   const std::vector<std::vector<Value>>& rows) {
  ASSIGN_OR_RETURN(const TenantQuery* const head, book_.Find(insert_head));
  if (!head->tenant_binds.empty()) {
    return base::Internal(
        absl::StrCat("query ", insert_head.name, " is not the head of an INSERT"));
  }
  std::vector<std::vector<Value>> with_tenant;
  with_tenant.reserve(rows.size());
  for (const std::vector<Value>& row : rows) {
    std::vector<Value>& all = with_tenant.emplace_back();
    all.reserve(row.size() + 1);
    all.push_back(tenant_);
    all.insert(all.end(), row.begin(), row.end());
  }
  return transaction_.InsertMany(storage::Statement(insert_head.name, head->sql), with_tenant);
}

void TenantTxn::Note(absl::string_view key, absl::string_view value) {
  if (notes_.size() >= kAuditNotesMax) return;
  notes_.emplace_back(std::string(key.substr(0, kAuditNoteBytesMax)),
                      std::string(value.substr(0, kAuditNoteBytesMax)));
}

void TenantTxn::Note(absl::string_view key, int64_t value) { Note(key, absl::StrCat(value)); }

}  // namespace argosy::tenants
