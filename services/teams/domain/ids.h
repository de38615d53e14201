// The ids only this service gives.
#ifndef ARGOSY_SERVICES_TEAMS_DOMAIN_IDS_H_
#define ARGOSY_SERVICES_TEAMS_DOMAIN_IDS_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "base/ids.h"

namespace argosy::teams {

using RoleAssignmentId = base::UuidOf<struct RoleAssignmentIdTag>;
using StageEvaluationId = base::UuidOf<struct StageEvaluationIdTag>;
// Of tenancy: tenants/acme/memberships/UUID.
using MembershipId = base::UuidOf<struct MembershipIdTag>;

// The quoted etag of a row: half of SHA-256 over (uid, version), in hex.
std::string RowEtag(const base::Uuid& uid, int64_t version);

// A change that somebody asks for of one row.
struct RowChange {
  std::string name;  // of the resource, as refusals call it
  std::string etag;  // of the version the change was made from
  absl::Time at;
};

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_DOMAIN_IDS_H_
