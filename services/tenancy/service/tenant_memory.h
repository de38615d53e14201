// Tenants as they were read a moment ago.
#ifndef ARGOSY_SERVICES_TENANCY_SERVICE_TENANT_MEMORY_H_
#define ARGOSY_SERVICES_TENANCY_SERVICE_TENANT_MEMORY_H_

#include <cstddef>
#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "argosy/tenancy/v1/tenant.pb.h"
#include "base/ids.h"
#include "base/mutex.h"
#include "tenants/directory.h"

namespace argosy::tenancy {

// Remembers tenants as the directory does, which every call is decided by: for at most
// kDirectoryAgeMax, and not beyond the directory's next Forget. So a change made here is seen by
// every call after it, and one made in another process within that time. Thread-safe; `directory`
// outlives it.
class TenantMemory {
 public:
  // Tenants in all: those in use at one moment, at about 0.5 KiB each.
  static constexpr size_t kTenantsMax = 10'000;

  explicit TenantMemory(const tenants::Directory& directory) : directory_(directory) {}

  // The tenant remembered under `uid`, or what `read` gives, which is then remembered. `now` is not
  // later than the call of `read`. An error is given as it is and never remembered.
  absl::StatusOr<v1::Tenant> Get(const base::TenantUid& uid, absl::Time now,
                                 absl::FunctionRef<absl::StatusOr<v1::Tenant>()> read);

 private:
  struct Remembered {
    v1::Tenant tenant;
    absl::Time read_at;
    uint64_t generation = 0;
  };

  const tenants::Directory& directory_;
  base::Mutex mutex_;
  absl::flat_hash_map<base::TenantUid, Remembered> by_uid_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_SERVICE_TENANT_MEMORY_H_
