// The public keys access tokens are verified with.
#ifndef ARGOSY_RPC_KEY_SET_H_
#define ARGOSY_RPC_KEY_SET_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/mutex.h"

namespace argosy::rpc {

// Keys by kid. Thread-safe. A token never names where its key is found, only which of these it is.
class KeySet {
 public:
  virtual ~KeySet() = default;
  // The payload of the compact JWS `token`: UNAUTHENTICATED unless the key of its kid is accepted
  // now and its ES256 signature is good.
  virtual absl::StatusOr<std::string> Verify(absl::string_view token) const = 0;
};

// A KeySet that is told its keys: by tenancy in the same process, or by whoever reads
// ListSigningKeys. Starts empty, which accepts nothing, and accepts nothing either once it has not
// been told for kStaleAfter: a key withdrawn meanwhile would be accepted for ever.
class AcceptedKeys final : public KeySet {
 public:
  static constexpr absl::Duration kStaleAfter = absl::Hours(24);
  // The one that signs, and its successor or predecessor.
  static constexpr size_t kKeysMax = 2;

  explicit AcceptedKeys(const base::Clock& clock) : clock_(clock) {}

  // Accepts exactly these JWKs from now on. INVALID_ARGUMENT, with nothing changed, for more than
  // kKeysMax, one that is not an ES256 public key with a kid, or two of one kid.
  absl::Status Replace(const std::vector<std::string>& jwks);
  absl::StatusOr<std::string> Verify(absl::string_view token) const override;

 private:
  using Keys = std::vector<base::VerifyingKey>;

  const base::Clock& clock_;
  mutable base::Mutex mutex_;
  // Shared, because a verification goes on with the keys it began with.
  std::shared_ptr<const Keys> keys_ ABSL_GUARDED_BY(mutex_) = std::make_shared<const Keys>();
  absl::Time told_at_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_KEY_SET_H_
