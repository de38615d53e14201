// What resources are called, in replies and in refusals.
#ifndef ARGOSY_SERVICES_TEAMS_DOMAIN_NAMES_H_
#define ARGOSY_SERVICES_TEAMS_DOMAIN_NAMES_H_

#include <string>

#include "base/ids.h"
#include "services/teams/domain/ids.h"

namespace argosy::teams {

// "tenants/acme/members/li-wei".
std::string MemberName(const base::TenantId& tenant, const base::MemberId& member);
// "tenants/acme/teams/east".
std::string TeamName(const base::TenantId& tenant, const base::TeamId& team);
// "tenants/acme/roleAssignments/UUID".
std::string AssignmentName(const base::TenantId& tenant, const RoleAssignmentId& assignment);
// "tenants/acme/stageEvaluations/UUID".
std::string EvaluationName(const base::TenantId& tenant, const StageEvaluationId& evaluation);
// "tenants/acme/memberships/UUID".
std::string MembershipName(const base::TenantId& tenant, const MembershipId& membership);

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_DOMAIN_NAMES_H_
