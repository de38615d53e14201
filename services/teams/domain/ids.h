// The ids only this service gives.
#ifndef ARGOSY_SERVICES_TEAMS_DOMAIN_IDS_H_
#define ARGOSY_SERVICES_TEAMS_DOMAIN_IDS_H_

#include <cstdint>
#include <string>

#include "base/ids.h"

namespace argosy::teams {

using RoleAssignmentId = base::UuidOf<struct RoleAssignmentIdTag>;
using StageEvaluationId = base::UuidOf<struct StageEvaluationIdTag>;
// Of tenancy: tenants/acme/memberships/UUID.
using MembershipId = base::UuidOf<struct MembershipIdTag>;

// The quoted etag of a row: half of SHA-256 over (uid, version), in hex.
std::string RowEtag(const base::Uuid& uid, int64_t version);

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_DOMAIN_IDS_H_
