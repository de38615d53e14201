// `argosyd bootstrap`: the platform's first operator, made beside the server rather than over RPC.
#ifndef ARGOSY_ARGOSYD_BOOTSTRAP_H_
#define ARGOSY_ARGOSYD_BOOTSTRAP_H_

#include <string>

#include "absl/status/statusor.h"
#include "argosyd/config.h"
#include "base/clock.h"
#include "services/tenancy/rpc/server.h"

namespace argosy::argosyd {

// Makes the platform as BootstrapPlatform does, on the database of `config`; the API token's value.
absl::StatusOr<std::string> RunBootstrap(const Config& config, const base::Clock& clock,
                                         const tenancy::FirstOperator& first);

}  // namespace argosy::argosyd

#endif  // ARGOSY_ARGOSYD_BOOTSTRAP_H_
