// Rows of the global table `tenants`.
#ifndef ARGOSY_SERVICES_TENANCY_STORE_TENANT_STORE_H_
#define ARGOSY_SERVICES_TENANCY_STORE_TENANT_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/ids.h"
#include "services/tenancy/domain/tenant.h"
#include "tenants/global_txn.h"

namespace argosy::tenancy {

// Stateless; safe to share.
class TenantStore {
 public:
  absl::StatusOr<std::optional<Tenant>> FindById(tenants::GlobalTxn& txn,
                                                 const base::TenantId& id) const;
  // NOT_FOUND / RESOURCE_NOT_FOUND.
  absl::StatusOr<Tenant> GetById(tenants::GlobalTxn& txn, const base::TenantId& id) const;
  absl::StatusOr<Tenant> GetByUid(tenants::GlobalTxn& txn, const base::TenantUid& uid) const;

  // As above, and until COMMIT nobody else changes the tenant or its people.
  absl::StatusOr<Tenant> LockById(tenants::GlobalTxn& txn, const base::TenantId& id) const;
  absl::StatusOr<Tenant> LockByUid(tenants::GlobalTxn& txn, const base::TenantUid& uid) const;

  // Companies whose id is after `after`, in order, at most `limit`.
  absl::StatusOr<std::vector<Tenant>> ListCompanies(tenants::GlobalTxn& txn,
                                                    absl::string_view after, int64_t limit) const;

  // ALREADY_EXISTS / RESOURCE_EXISTS when the id is taken.
  absl::Status Insert(tenants::GlobalTxn& txn, const Tenant& tenant) const;
  // Writes what may change of `next`. ABORTED / ETAG_MISMATCH when the row is no longer at
  // `current_version`.
  absl::Status Update(tenants::GlobalTxn& txn, const Tenant& next, int64_t current_version) const;
};

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_STORE_TENANT_STORE_H_
