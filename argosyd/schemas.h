// The schemas of a process' services: brought up to date, and checked.
#ifndef ARGOSY_ARGOSYD_SCHEMAS_H_
#define ARGOSY_ARGOSYD_SCHEMAS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "argosyd/config.h"

namespace argosy::argosyd {

// Applies what the schemas of `config.services` lack, with the migration account; what was applied,
// "teams 1000" each. The errors of migrations::Migrate.
absl::StatusOr<std::vector<std::string>> MigrateSchemas(const Config& config);

// OK when every schema has what this program's migrations folder has: FAILED_PRECONDITION
// otherwise.
absl::Status CheckSchemas(const Config& config);

}  // namespace argosy::argosyd

#endif  // ARGOSY_ARGOSYD_SCHEMAS_H_
