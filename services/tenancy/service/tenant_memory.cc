#include "services/tenancy/service/tenant_memory.h"

#include <utility>

#include "base/status_macros.h"
#include "tenants/plan_limits.h"

namespace argosy::tenancy {

absl::StatusOr<v1::Tenant> TenantMemory::Get(const base::TenantUid& uid, absl::Time now,
                                             absl::FunctionRef<absl::StatusOr<v1::Tenant>()> read) {
  // Before the read: a change committed meanwhile has another generation, and is not hidden by this
  // read's older state.
  const uint64_t generation = directory_.generation();
  {
    base::MutexLock lock(mutex_);
    const auto found = by_uid_.find(uid);
    if (found != by_uid_.end() && found->second.generation == generation &&
        now - found->second.read_at < tenants::kDirectoryAgeMax) {
      return found->second.tenant;
    }
  }
  ASSIGN_OR_RETURN(v1::Tenant tenant, read());
  base::MutexLock lock(mutex_);
  // Everything is at most two seconds old, so dropping it all costs one read per tenant in use.
  if (by_uid_.size() >= kTenantsMax) by_uid_.clear();
  by_uid_.insert_or_assign(uid,
                           Remembered{.tenant = tenant, .read_at = now, .generation = generation});
  return tenant;
}

}  // namespace argosy::tenancy
