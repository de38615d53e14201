// Rows of `api_tokens` and, beside each, of the global `token_lookup` that finds it without a
// tenant.
#ifndef ARGOSY_SERVICES_TENANCY_STORE_API_TOKEN_STORE_H_
#define ARGOSY_SERVICES_TENANCY_STORE_API_TOKEN_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/ids.h"
#include "services/tenancy/domain/api_token.h"
#include "services/tenancy/domain/membership.h"
#include "tenants/global_txn.h"
#include "tenants/tenant_txn.h"

namespace argosy::tenancy {

// Everything an exchange needs to know of a token.
struct Credential {
  base::TenantUid tenant;
  std::string digest;
  ApiToken token;
  Membership actor;
};

// Stateless; safe to share.
class ApiTokenStore {
 public:
  absl::StatusOr<std::optional<ApiToken>> Find(tenants::TenantReader& reader,
                                               const ApiTokenId& id) const;
  // Those after `after` (nil for the first page) in order of id, which is order of time.
  absl::StatusOr<std::vector<ApiToken>> List(tenants::TenantReader& reader, const ApiTokenId& after,
                                             int64_t limit) const;
  // The token's row alone; InsertLookup follows in the same transaction.
  absl::Status Insert(tenants::TenantTxn& txn, const ApiToken& token) const;
  absl::Status InsertLookup(tenants::GlobalTxn& txn, const base::TenantUid& tenant,
                            const ApiToken& token, absl::string_view digest) const;
  // As Insert, for the platform's first tokens, written by bootstrap.
  absl::Status InsertFirst(tenants::GlobalTxn& txn, const base::TenantUid& tenant,
                           const ApiToken& token) const;
  // Writes token.revoke_time, which is set, unless the row has one.
  absl::Status Revoke(tenants::TenantTxn& txn, const ApiToken& token) const;
  // Brings the end of every token of `tenant` forward to `by`; what ends earlier stays.
  absl::Status EndBy(tenants::GlobalTxn& txn, const base::TenantUid& tenant, absl::Time by) const;
  // Removes every token of a membership, both rows.
  absl::Status DeleteOfMembership(tenants::TenantTxn& txn, const MembershipId& membership) const;
  absl::Status DeleteLookups(tenants::GlobalTxn& txn, const base::TenantUid& tenant,
                             const MembershipId& membership) const;

  absl::StatusOr<std::optional<Credential>> FindCredential(tenants::GlobalTxn& txn,
                                                           const ApiTokenId& id) const;
};

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_STORE_API_TOKEN_STORE_H_
