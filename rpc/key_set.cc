#include "rpc/key_set.h"

#include <utility>

#include "base/status_macros.h"

namespace argosy::rpc {

absl::Status AcceptedKeys::Replace(const std::vector<std::string>& jwks) {
  if (jwks.size() > kKeysMax) return absl::InvalidArgumentError("more than two keys at a time");
  Keys keys;
  for (const std::string& jwk : jwks) {
    ASSIGN_OR_RETURN(base::VerifyingKey key, base::VerifyingKey::FromJwk(jwk));
    if (!keys.empty() && keys.front().key_id() == key.key_id()) {
      return absl::InvalidArgumentError("two keys of one kid");
    }
    keys.push_back(std::move(key));
  }
  auto next = std::make_shared<const Keys>(std::move(keys));
  const absl::Time now = clock_.Now();
  base::MutexLock lock(mutex_);
  keys_ = std::move(next);
  told_at_ = now;
  return absl::OkStatus();
}

absl::StatusOr<std::string> AcceptedKeys::Verify(absl::string_view token) const {
  std::shared_ptr<const Keys> keys;
  const absl::Time now = clock_.Now();
  {
    base::MutexLock lock(mutex_);
    if (now - told_at_ > kStaleAfter) return absl::UnauthenticatedError("the keys are stale");
    keys = keys_;
  }
  const auto header = base::ReadJwsHeader(token);
  if (!header.ok()) return absl::UnauthenticatedError("not a token");
  for (const base::VerifyingKey& key : *keys) {
    if (key.key_id() == header->key_id) return key.Verify(token);
  }
  return absl::UnauthenticatedError("unknown kid");
}

}  // namespace argosy::rpc
