// Rows of `memberships`.
#ifndef ARGOSY_SERVICES_TENANCY_STORE_MEMBERSHIP_STORE_H_
#define ARGOSY_SERVICES_TENANCY_STORE_MEMBERSHIP_STORE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/ids.h"
#include "services/tenancy/domain/membership.h"
#include "storage/row.h"
#include "tenants/global_txn.h"
#include "tenants/tenant_txn.h"

namespace argosy::tenancy {

// Stateless; safe to share.
class MembershipStore {
 public:
  absl::StatusOr<std::optional<Membership>> Find(tenants::TenantReader& reader,
                                                 const MembershipId& id) const;
  absl::StatusOr<std::optional<Membership>> FindByPrincipal(tenants::TenantReader& reader,
                                                            absl::string_view principal) const;
  // Those after `after` (nil for the first page) in order of id, which is order of time.
  absl::StatusOr<std::vector<Membership>> List(tenants::TenantReader& reader,
                                               const MembershipId& after, int64_t limit) const;

  absl::Status Insert(tenants::TenantTxn& txn, const Membership& membership) const;
  // True when the row was still at `current_version` and is now `next`.
  absl::StatusOr<bool> Update(tenants::TenantTxn& txn, const Membership& next,
                              int64_t current_version) const;
  // True when the row was still as given and is now gone.
  absl::StatusOr<bool> Delete(tenants::TenantTxn& txn, const Membership& membership) const;

  // The platform's first membership, written by bootstrap; nothing before.
  absl::StatusOr<std::optional<Membership>> FindFirst(tenants::GlobalTxn& txn,
                                                      const base::TenantUid& tenant) const;
  absl::Status InsertFirst(tenants::GlobalTxn& txn, const base::TenantUid& tenant,
                           const Membership& membership) const;
};

// The membership in the seven columns of `row` that begin at `first`.
absl::StatusOr<Membership> MembershipOf(const storage::Row& row, size_t first);

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_STORE_MEMBERSHIP_STORE_H_
