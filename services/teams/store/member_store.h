// Rows of members.
#ifndef ARGOSY_SERVICES_TEAMS_STORE_MEMBER_STORE_H_
#define ARGOSY_SERVICES_TEAMS_STORE_MEMBER_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "base/ids.h"
#include "services/teams/domain/member.h"
#include "services/teams/store/among.h"
#include "tenants/tenant_txn.h"

namespace argosy::teams {

// Stateless.
class MemberStore {
 public:
  absl::StatusOr<std::optional<Member>> Find(tenants::TenantReader& reader,
                                             const base::MemberId& id) const;
  // NOT_FOUND / RESOURCE_NOT_FOUND with the name in `tenant`.
  absl::StatusOr<Member> Get(tenants::TenantReader& reader, const base::TenantId& tenant,
                             const base::MemberId& id) const;
  // As Get, and keeps every other change of the member and every role given them waiting until the
  // end.
  absl::StatusOr<Member> Lock(tenants::TenantTxn& txn, const base::TenantId& tenant,
                              const base::MemberId& id) const;
  absl::StatusOr<std::optional<Member>> FindByMembership(tenants::TenantReader& reader,
                                                         const MembershipId& membership) const;

  // At most `limit` of `among` by id, after `after`.
  absl::StatusOr<std::vector<Member>> List(tenants::TenantReader& reader,
                                           const Among<base::MemberId>& among,
                                           absl::string_view after, int64_t limit) const;
  // The same of those at work on `day`.
  absl::StatusOr<std::vector<Member>> ListPresent(tenants::TenantReader& reader,
                                                  const Among<base::MemberId>& among,
                                                  absl::string_view after, absl::CivilDay day,
                                                  int64_t limit) const;
  absl::StatusOr<int64_t> CountPresent(tenants::TenantReader& reader, absl::CivilDay day) const;

  // ALREADY_EXISTS / RESOURCE_EXISTS when an id or a membership is taken.
  absl::Status Insert(tenants::TenantTxn& txn, const std::vector<Member>& members) const;
  // False when the row is no longer of `current_version`.
  absl::StatusOr<bool> Update(tenants::TenantTxn& txn, const Member& next,
                              int64_t current_version) const;
};

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_STORE_MEMBER_STORE_H_
