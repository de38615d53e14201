// Members and their roles: what incentives ask of the teams service.
#ifndef ARGOSY_SERVICES_INCENTIVES_SERVICE_PEOPLE_SOURCE_H_
#define ARGOSY_SERVICES_INCENTIVES_SERVICE_PEOPLE_SOURCE_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/incentives/domain/roster.h"
#include "tenants/request_context.h"

namespace argosy::incentives {

// RUN_TOO_LARGE when there are more members or roles than a calculation takes: a source stops
// reading there.
absl::Status CheckRosterSize(size_t members, size_t holdings);

// Thread-safe. The call is made for the actor of the context, never inside a transaction.
class PeopleSource {
 public:
  virtual ~PeopleSource() = default;
  // Everybody there ever was and every role ever held, as of now. As CheckRosterSize.
  virtual absl::StatusOr<Roster> GetRoster(const tenants::RequestContext& ctx) = 0;
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_SERVICE_PEOPLE_SOURCE_H_
