#include "argosyd/schemas.h"

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "migrations/runner/runner.h"

namespace argosy::argosyd {
namespace {

absl::StatusOr<std::vector<migrations::Migration>> MigrationsOf(const Config& config,
                                                                const std::string& service) {
  return migrations::LoadMigrations({absl::StrCat(config.migrations_folder, "/kernel"),
                                     absl::StrCat(config.migrations_folder, "/", service)});
}

}  // namespace

absl::StatusOr<std::vector<std::string>> MigrateSchemas(const Config& config) {
  std::vector<std::string> applied;
  for (const std::string& service : config.services) {
    ASSIGN_OR_RETURN(const auto wanted, MigrationsOf(config, service));
    storage::DatabaseOptions database = config.migration;
    database.schema = SchemaOf(service);
    ASSIGN_OR_RETURN(const auto versions, migrations::Migrate(database, wanted));
    for (const std::string& version : versions) {
      applied.push_back(absl::StrCat(service, " ", version));
    }
  }
  return applied;
}

absl::Status CheckSchemas(const Config& config) {
  for (const std::string& service : config.services) {
    ASSIGN_OR_RETURN(const auto wanted, MigrationsOf(config, service));
    RETURN_IF_ERROR(migrations::CheckUpToDate(config.databases.at(service), wanted));
  }
  return absl::OkStatus();
}

}  // namespace argosy::argosyd
