// The first rows of an installation: the platform's tenant, its operator and the operator's token.
#ifndef ARGOSY_SERVICES_TENANCY_SERVICE_BOOTSTRAP_H_
#define ARGOSY_SERVICES_TENANCY_SERVICE_BOOTSTRAP_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/tenancy/service/api_token_service.h"
#include "services/tenancy/service/collaborators.h"

namespace argosy::tenancy {

enum class Reissue {
  // A platform that exists is left alone.
  kRefuse,
  // A platform that exists gives its first operator one more token.
  kNewToken,
};

struct BootstrapOrder {
  std::string principal;  // of the first operator; 3 to 128 characters a-z, 0-9, . _ @ + -
  Reissue reissue = Reissue::kRefuse;
  absl::Time now;
  absl::Time deadline;
};

// Makes the platform, or a new token of its first operator, and returns the token's value, which is
// stored nowhere. Recorded in the platform's audit chain. RESOURCE_EXISTS when there is a platform
// and no new token is asked for; FIELD_INVALID for a principal of another form.
absl::StatusOr<std::string> Bootstrap(const Collaborators& with, const TokenForm& form,
                                      const BootstrapOrder& order);

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_SERVICE_BOOTSTRAP_H_
