// Rows of the global table `signing_keys`: public keys, and private ones sealed.
#ifndef ARGOSY_SERVICES_TENANCY_STORE_SIGNING_KEY_STORE_H_
#define ARGOSY_SERVICES_TENANCY_STORE_SIGNING_KEY_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/tenancy/domain/signing_key.h"
#include "tenants/global_txn.h"

namespace argosy::tenancy {

struct StoredKey {
  KeyTimes times;
  std::string public_jwk;
  std::string sealed_jwk;  // the private JWK, sealed with the kid as context
  absl::Time create_time;
};

// Stateless; safe to share.
class SigningKeyStore {
 public:
  // Keys beyond the newest three are of no use: at most two are accepted, and a third may wait.
  static constexpr int64_t kKeysMax = 3;

  // Newest first, at most kKeysMax.
  absl::StatusOr<std::vector<StoredKey>> List(tenants::GlobalTxn& txn) const;
  // False when another process made a key for the same instant first.
  absl::StatusOr<bool> Insert(tenants::GlobalTxn& txn, const StoredKey& key) const;
};

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_STORE_SIGNING_KEY_STORE_H_
