#include "rpc/authenticate.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "base/crypto.h"
#include "rpc/errors.h"

namespace argosy::rpc {
namespace {

constexpr absl::string_view kScheme = "Bearer ";

}  // namespace

absl::Status Authenticator::CheckOptions(absl::string_view issuer, absl::string_view audience) {
  if (issuer.empty() || audience.empty()) {
    return absl::InvalidArgumentError("the issuer and the audience of access tokens must be set");
  }
  return absl::OkStatus();
}

Authenticator::Authenticator(const KeySet& keys, std::string issuer, std::string audience)
    : keys_(keys), issuer_(std::move(issuer)), audience_(std::move(audience)) {}

absl::StatusOr<Caller> Authenticator::Authenticate(absl::string_view authorization,
                                                   absl::Time now) {
  if (authorization.empty()) return CredentialMissing();
  absl::string_view token = authorization;
  if (token.size() <= kScheme.size() ||
      !absl::EqualsIgnoreCase(token.substr(0, kScheme.size()), kScheme) ||
      token.size() > base::kCompactJwsBytesMax + kScheme.size()) {
    return CredentialInvalid();
  }
  token.remove_prefix(kScheme.size());
  const std::string digest = base::Blake2b(token);
  Shard& shard = shards_[static_cast<unsigned char>(digest[0]) % kShards];
  {
    base::MutexLock lock(shard.mutex);
    const auto found = shard.by_digest.find(digest);
    if (found != shard.by_digest.end() && now < found->second.until) return found->second.caller;
  }
  absl::StatusOr<Caller> caller = Verify(token, now);
  if (caller.ok()) Remember(shard, digest, *caller, now);
  return caller;
}

absl::StatusOr<Caller> Authenticator::Verify(absl::string_view token, absl::Time now) const {
  const auto payload = keys_.Verify(token);
  if (!payload.ok()) return CredentialInvalid();
  auto claims = base::ParseAccessClaims(*payload);
  if (!claims.ok() || claims->issuer != issuer_ || claims->audience != audience_) {
    return CredentialInvalid();
  }
  const auto role = tenants::FindAccessRole(claims->access_role);
  if (!role) return CredentialInvalid();
  const absl::Status times = CheckTimes(*claims, now);
  if (!times.ok()) return times;
  return Caller{.claims = *std::move(claims), .role = *role};
}

absl::Status Authenticator::CheckTimes(const base::AccessClaims& claims, absl::Time now) const {
  const absl::Time begin = std::min(claims.not_before, claims.issued_at);
  if (claims.expires_at <= begin || claims.expires_at - begin > kLifetimeMax) {
    return CredentialInvalid();
  }
  if (now < claims.not_before - kSkew || now < claims.issued_at - kSkew) return CredentialInvalid();
  if (now >= claims.expires_at + kSkew) return CredentialExpired();
  return absl::OkStatus();
}

void Authenticator::Remember(Shard& shard, const std::string& digest, const Caller& caller,
                             absl::Time now) {
  const absl::Time until = std::min(now + kRememberedFor, caller.claims.expires_at + kSkew);
  base::MutexLock lock(shard.mutex);
  if (shard.by_digest.size() >= kRememberedMax / kShards) {
    absl::erase_if(shard.by_digest, [&](const auto& entry) { return entry.second.until <= now; });
  }
  // A shard full of good tokens is emptied: they are verified again, which costs time and no more.
  if (shard.by_digest.size() >= kRememberedMax / kShards) shard.by_digest.clear();
  shard.by_digest.insert_or_assign(digest, Remembered{.caller = caller, .until = until});
}

}  // namespace argosy::rpc
