#include "rpc/denials.h"

#include "base/fault.h"

namespace argosy::rpc {
namespace {

constexpr absl::Duration kWindow = absl::Minutes(1);
constexpr absl::Duration kForgetEvery = absl::Seconds(1);

}  // namespace

bool IsDenial(const absl::Status& status) {
  return absl::IsPermissionDenied(status) || base::ReasonOf(status) == "TENANT_MISMATCH";
}

bool DenialLimit::IsFull(absl::string_view tenant) const {
  const auto keys = keys_of_.find(tenant);
  return windows_.size() >= kKeysMax ||
         (keys != keys_of_.end() && keys->second >= kKeysPerTenantMax);
}

void DenialLimit::Forget(absl::Time now) {
  // Each time looks at every window while all others wait.
  if (now - forgot_ < kForgetEvery) return;
  forgot_ = now;
  keys_of_.clear();
  for (auto it = windows_.begin(); it != windows_.end();) {
    if (now - it->second.begin >= kWindow) {
      windows_.erase(it++);
    } else {
      ++keys_of_[it->first.first];
      ++it;
    }
  }
}

bool DenialLimit::Take(absl::string_view tenant, absl::string_view key, absl::Time now) {
  const base::MutexLock lock(mutex_);
  Name name(tenant, key);
  auto found = windows_.find(name);
  if (found == windows_.end()) {
    if (IsFull(tenant)) Forget(now);
    if (IsFull(tenant)) return false;
    found = windows_.emplace(std::move(name), Window()).first;
    ++keys_of_[tenant];
  }
  Window& window = found->second;
  if (now - window.begin >= kWindow) {
    window.begin = now;
    window.written = 0;
  }
  if (window.written >= kPerMinuteMax) return false;
  ++window.written;
  return true;
}

}  // namespace argosy::rpc
