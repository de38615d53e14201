#include "services/tenancy/service/key_ring.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::tenancy {
namespace {

std::string SealContext(absl::string_view kid) { return absl::StrCat("argosy signing key ", kid); }

std::vector<KeyTimes> TimesOf(const std::vector<StoredKey>& keys) {
  std::vector<KeyTimes> times;
  times.reserve(keys.size());
  for (const StoredKey& key : keys) times.push_back(key.times);
  return times;
}

}  // namespace

absl::Status KeyRing::Refresh(absl::Time now, absl::Time deadline) {
  {
    base::MutexLock lock(mutex_);
    if (now - read_at_ < kAgeMax) return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const std::vector<StoredKey> stored, ReadOrMake(now, deadline));
  ASSIGN_OR_RETURN(std::vector<Key> keys, Unseal(stored));
  std::vector<std::string> jwks;
  {
    base::MutexLock lock(mutex_);
    keys_ = std::move(keys);
    read_at_ = now;
    for (const PublicKey& key : AcceptedLocked(now)) jwks.push_back(key.jwk);
  }
  return audience_.Accept(jwks);
}

absl::StatusOr<std::vector<StoredKey>> KeyRing::ReadOrMake(absl::Time now, absl::Time deadline) {
  using Keys = std::vector<StoredKey>;
  const auto read = [&](tenants::GlobalTxn& txn) { return store_.List(txn); };
  ASSIGN_OR_RETURN(const Keys known, global_.Read<Keys>(deadline, read));
  const std::optional<absl::Time> activate_time = DecideNewKey(TimesOf(known), now);
  if (!activate_time) return known;
  ASSIGN_OR_RETURN(const StoredKey made, NewKey(*activate_time, now));
  // False: another process made the key of this hour, which is as good.
  RETURN_IF_ERROR(
      global_
          .Write<bool>(deadline, [&](tenants::GlobalTxn& txn) { return store_.Insert(txn, made); })
          .status());
  return global_.Read<Keys>(deadline, read);
}

absl::StatusOr<StoredKey> KeyRing::NewKey(absl::Time activate_time, absl::Time now) {
  const std::string kid = ids_.NewUuid(now).ToString();
  ASSIGN_OR_RETURN(const base::SigningKey key, base::SigningKey::Generate(kid));
  return StoredKey{.times = {.kid = kid, .activate_time = activate_time},
                   .public_jwk = key.PublicJwk(),
                   .sealed_jwk = seal_.Seal(key.PrivateJwk(), SealContext(kid), entropy_),
                   .create_time = now};
}

absl::StatusOr<std::vector<KeyRing::Key>> KeyRing::Unseal(
    const std::vector<StoredKey>& stored) const {
  std::vector<Key> keys;
  for (const StoredKey& key : stored) {
    const auto jwk = seal_.Open(key.sealed_jwk, SealContext(key.times.kid));
    if (!jwk.ok()) {
      return base::Internal(
          absl::StrCat("signing key ", key.times.kid, " was sealed with another secret"));
    }
    ASSIGN_OR_RETURN(base::SigningKey signing, base::SigningKey::FromJwk(*jwk));
    keys.push_back(
        {.published = {.times = key.times, .jwk = key.public_jwk}, .signing = std::move(signing)});
  }
  return keys;
}

absl::StatusOr<std::string> KeyRing::Sign(absl::string_view payload, absl::Time now,
                                          absl::Time deadline) {
  RETURN_IF_ERROR(Refresh(now, deadline));
  base::MutexLock lock(mutex_);
  const std::optional<std::string> kid = SigningKid(Times(), now);
  for (const Key& key : keys_) {
    if (key.published.times.kid == kid) return key.signing.Sign(payload);
  }
  return base::Internal("no signing key is active");
}

absl::StatusOr<std::vector<PublicKey>> KeyRing::Accepted(absl::Time now, absl::Time deadline) {
  RETURN_IF_ERROR(Refresh(now, deadline));
  base::MutexLock lock(mutex_);
  return AcceptedLocked(now);
}

std::vector<KeyTimes> KeyRing::Times() const {
  std::vector<KeyTimes> times;
  for (const Key& key : keys_) times.push_back(key.published.times);
  return times;
}

std::vector<PublicKey> KeyRing::AcceptedLocked(absl::Time now) const {
  const std::vector<std::string> kids = AcceptedKeys(Times(), now);
  std::vector<PublicKey> accepted;
  for (const Key& key : keys_) {
    if (std::find(kids.begin(), kids.end(), key.published.times.kid) != kids.end()) {
      accepted.push_back(key.published);
    }
  }
  return accepted;
}

}  // namespace argosy::tenancy
