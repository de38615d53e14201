// Which denied calls are written into the audit chain, and where.
#ifndef ARGOSY_RPC_DENIALS_H_
#define ARGOSY_RPC_DENIALS_H_

#include <cstddef>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/mutex.h"
#include "tenants/request_context.h"

namespace argosy::rpc {

// The audit chains: tenants/TenantSession behind the narrowest interface, so that a test needs no
// database.
class DenialSink {
 public:
  virtual ~DenialSink() = default;
  // Appends to the chain that `proto_service` ("argosy.teams.v1.PeopleService") keeps for the
  // tenant of `ctx`.
  virtual absl::Status Record(absl::string_view proto_service, const tenants::RequestContext& ctx,
                              absl::string_view reason) = 0;
};

// True for a refusal that is a matter of access: PERMISSION_DENIED, or names of two tenants in one
// request.
bool IsDenial(const absl::Status& status);

// Keeps a caller who is denied in a loop from filling a chain. Thread-safe.
class DenialLimit {
 public:
  // Entries of one principal and method in a minute: the mistakes of a person are written one by
  // one, those of a loop cost its tenant's chain six entries a minute.
  static constexpr int kPerMinuteMax = 6;
  // Principals and methods told apart, at about 200 bytes each: a few hundred people of whom each
  // tries every method there is.
  static constexpr size_t kKeysMax = 16'384;

  // Whether a denial of `key` at `now` is to be written. One of a key beyond kKeysMax in one minute
  // is not.
  bool Take(absl::string_view key, absl::Time now);

 private:
  struct Window {
    absl::Time begin = absl::InfinitePast();
    int written = 0;
  };

  base::Mutex mutex_;
  absl::flat_hash_map<std::string, Window> windows_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_DENIALS_H_
