// The signing keys of the installation: read, rotated, used and announced.
#ifndef ARGOSY_SERVICES_TENANCY_SERVICE_KEY_RING_H_
#define ARGOSY_SERVICES_TENANCY_SERVICE_KEY_RING_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/crypto.h"
#include "base/ids.h"
#include "base/mutex.h"
#include "base/random.h"
#include "services/tenancy/domain/signing_key.h"
#include "services/tenancy/store/signing_key_store.h"
#include "tenants/global_txn.h"

namespace argosy::tenancy {

// Told which public keys (JWKs) are accepted whenever they were read: whoever verifies access
// tokens in this process.
class KeyAudience {
 public:
  virtual ~KeyAudience() = default;
  virtual absl::Status Accept(const std::vector<std::string>& jwks) = 0;
};

struct PublicKey {
  KeyTimes times;
  std::string jwk;
};

// Keys live in the database, private ones sealed, so that restarts and other processes keep them.
// Thread-safe; the references outlive it.
class KeyRing {
 public:
  // How old what was read may be: well below kKeyLead, so that every process knows a key before it
  // signs.
  static constexpr absl::Duration kAgeMax = absl::Minutes(1);

  KeyRing(tenants::GlobalSession& global, base::IdSource& ids, base::EntropySource& entropy,
          base::SealingKey seal, KeyAudience& audience)
      : global_(global),
        ids_(ids),
        entropy_(entropy),
        seal_(std::move(seal)),
        audience_(audience) {}

  // Reads the keys when what is known is older than kAgeMax, and makes the next one when it is due.
  // The errors of GlobalSession; INTERNAL when a key was sealed with another secret.
  absl::Status Refresh(absl::Time now, absl::Time deadline);

  // The compact JWS of `payload` by the key that signs at `now`. As Refresh.
  absl::StatusOr<std::string> Sign(absl::string_view payload, absl::Time now, absl::Time deadline);

  // The keys accepted at `now`, newest first. As Refresh.
  absl::StatusOr<std::vector<PublicKey>> Accepted(absl::Time now, absl::Time deadline);

 private:
  struct Key {
    PublicKey published;
    base::SigningKey signing;
  };

  absl::StatusOr<std::vector<StoredKey>> ReadOrMake(absl::Time now, absl::Time deadline);
  absl::StatusOr<StoredKey> NewKey(absl::Time activate_time, absl::Time now);
  absl::StatusOr<std::vector<Key>> Unseal(const std::vector<StoredKey>& stored) const;
  std::vector<KeyTimes> Times() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::vector<PublicKey> AcceptedLocked(absl::Time now) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  tenants::GlobalSession& global_;
  base::IdSource& ids_;
  base::EntropySource& entropy_;
  const base::SealingKey seal_;
  KeyAudience& audience_;
  SigningKeyStore store_;
  base::Mutex mutex_;
  std::vector<Key> keys_ ABSL_GUARDED_BY(mutex_);
  absl::Time read_at_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_SERVICE_KEY_RING_H_
