// Who is calling: verifies the access token of a call.
#ifndef ARGOSY_RPC_AUTHENTICATE_H_
#define ARGOSY_RPC_AUTHENTICATE_H_

#include <array>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/access_token.h"
#include "base/mutex.h"
#include "rpc/key_set.h"
#include "tenants/access.h"

namespace argosy::rpc {

// A verified token.
struct Caller {
  base::AccessClaims claims;
  tenants::AccessRole role = tenants::AccessRole::kUnspecified;
};

// Verifies tokens against a KeySet and remembers those that were good, by digest, until they
// expire. Thread-safe; `keys` outlives it.
class Authenticator {
 public:
  // A token that lives longer was not made by tenancy.
  static constexpr absl::Duration kLifetimeMax = absl::Minutes(10);
  // How far the clocks of two machines may differ.
  static constexpr absl::Duration kSkew = absl::Seconds(60);
  // Tokens remembered in all: every signed-in person of a few large tenants, at about 0.5 KiB each.
  static constexpr size_t kRememberedMax = 16'384;
  // A remembered token is verified anew after this, so that a withdrawn key ends it.
  static constexpr absl::Duration kRememberedFor = absl::Seconds(60);

  // `issuer` and `audience` must not be empty: an audience that is not demanded is not checked.
  // INVALID_ARGUMENT otherwise.
  static absl::Status CheckOptions(absl::string_view issuer, absl::string_view audience);
  Authenticator(const KeySet& keys, std::string issuer, std::string audience);

  // The caller by an `authorization` header ("Bearer ...").
  // UNAUTHENTICATED / CREDENTIAL_MISSING without one, CREDENTIAL_EXPIRED past "exp" and the skew,
  // CREDENTIAL_INVALID for anything else: another form, alg, kid, iss or aud, a missing claim, a
  // role that is none, not yet valid, or a lifetime over kLifetimeMax.
  absl::StatusOr<Caller> Authenticate(absl::string_view authorization, absl::Time now);

 private:
  struct Remembered {
    Caller caller;
    absl::Time until;
  };
  // Sixteen locks, so that calls of different tokens seldom meet at one.
  struct Shard {
    base::Mutex mutex;
    absl::flat_hash_map<std::string, Remembered> by_digest ABSL_GUARDED_BY(mutex);
  };
  static constexpr size_t kShards = 16;

  absl::StatusOr<Caller> Verify(absl::string_view token, absl::Time now) const;
  absl::Status CheckTimes(const base::AccessClaims& claims, absl::Time now) const;
  void Remember(Shard& shard, const std::string& digest, const Caller& caller, absl::Time now);

  const KeySet& keys_;
  const std::string issuer_;
  const std::string audience_;
  std::array<Shard, kShards> shards_;
};

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_AUTHENTICATE_H_
