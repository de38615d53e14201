// Whom a caller may see: everybody, or himself and the teams he leads.
#ifndef ARGOSY_SERVICES_TEAMS_SERVICE_OWN_SCOPE_H_
#define ARGOSY_SERVICES_TEAMS_SERVICE_OWN_SCOPE_H_

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "base/ids.h"
#include "services/teams/service/collaborators.h"
#include "services/teams/store/among.h"
#include "tenants/access.h"
#include "tenants/request_context.h"
#include "tenants/tenant_txn.h"

namespace argosy::teams {

// The people and teams in a caller's reach.
class VisiblePeople {
 public:
  // Everybody.
  VisiblePeople() = default;
  VisiblePeople(absl::flat_hash_set<base::MemberId> members,
                absl::flat_hash_set<base::TeamId> teams)
      : members_(std::move(members)), teams_(std::move(teams)) {}

  const Among<base::MemberId>& members() const { return members_; }
  const Among<base::TeamId>& teams() const { return teams_; }
  bool Has(const base::MemberId& member) const {
    return !members_.has_value() || members_->contains(member);
  }
  bool Has(const base::TeamId& team) const { return !teams_.has_value() || teams_->contains(team); }

 private:
  Among<base::MemberId> members_;
  Among<base::TeamId> teams_;
};

// The civil day of the call in the tenant's reporting zone. INTERNAL when the zone is not one: the
// tenancy service has checked it.
absl::StatusOr<absl::CivilDay> Today(const tenants::RequestContext& ctx);

// Whom teams.read lets the caller see today. A caller of own scope who is no member sees nobody.
absl::StatusOr<VisiblePeople> ReadVisible(const Collaborators& with, tenants::TenantReader& reader,
                                          const tenants::RequestContext& ctx);

// PERMISSION_DENIED / PERMISSION_MISSING unless `permission` reaches the whole tenant for the
// caller.
absl::Status RequireWholeTenant(const tenants::RequestContext& ctx, tenants::Permission permission);

// The refusal of `name` ("tenants/acme/members/li-wei") outside the caller's reach.
absl::Status Unseen(absl::string_view name);

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_SERVICE_OWN_SCOPE_H_
