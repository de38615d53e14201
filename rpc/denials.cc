#include "rpc/denials.h"

#include "base/fault.h"

namespace argosy::rpc {
namespace {

constexpr absl::Duration kWindow = absl::Minutes(1);

}  // namespace

bool IsDenial(const absl::Status& status) {
  return absl::IsPermissionDenied(status) || base::ReasonOf(status) == "TENANT_MISMATCH";
}

bool DenialLimit::Take(absl::string_view key, absl::Time now) {
  const base::MutexLock lock(mutex_);
  auto found = windows_.find(key);
  if (found == windows_.end()) {
    if (windows_.size() >= kKeysMax) {
      absl::erase_if(windows_,
                     [now](const auto& entry) { return now - entry.second.begin >= kWindow; });
    }
    if (windows_.size() >= kKeysMax) return false;
    found = windows_.emplace(std::string(key), Window()).first;
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
