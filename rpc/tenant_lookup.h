// How the chassis finds a tenant: tenants/directory behind the narrowest interface, so that a test
// needs no database.
#ifndef ARGOSY_RPC_TENANT_LOOKUP_H_
#define ARGOSY_RPC_TENANT_LOOKUP_H_

#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/ids.h"
#include "tenants/directory.h"

namespace argosy::rpc {

class TenantLookup {
 public:
  virtual ~TenantLookup() = default;
  // The tenant of that id, or nothing. UNAVAILABLE / DEPENDENCY_DOWN when that cannot be told.
  virtual absl::StatusOr<std::optional<tenants::TenantEntry>> FindById(const base::TenantId& id,
                                                                       absl::Time deadline) = 0;
};

// The directory as a lookup. `directory` outlives it.
class DirectoryLookup final : public TenantLookup {
 public:
  explicit DirectoryLookup(tenants::Directory& directory) : directory_(directory) {}
  absl::StatusOr<std::optional<tenants::TenantEntry>> FindById(const base::TenantId& id,
                                                               absl::Time deadline) override {
    return directory_.FindById(id, deadline);
  }

 private:
  tenants::Directory& directory_;
};

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_TENANT_LOOKUP_H_
