// Which denied calls are written into the audit chain, and where.
#ifndef ARGOSY_RPC_DENIALS_H_
#define ARGOSY_RPC_DENIALS_H_

#include <cstddef>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
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
  // Principals and methods of one tenant told apart in a minute: some twenty people of whom each
  // tries every method there is. A tenant in which more are denied leaves out its own.
  static constexpr size_t kKeysPerTenantMax = 1'024;
  // The same of all tenants, at about 200 bytes each: beyond it denials of new keys are left out
  // whoever's they are. It takes 64 tenants at their own bound.
  static constexpr size_t kKeysMax = 64 * kKeysPerTenantMax;

  // Whether a denial at `now` is to be written into the chain of `tenant`; `key` is the principal
  // and the method. One beyond the bounds on keys is not. What is over is forgotten at most once a
  // second.
  bool Take(absl::string_view tenant, absl::string_view key, absl::Time now);

 private:
  // Tenant and key.
  using Name = std::pair<std::string, std::string>;
  struct Window {
    absl::Time begin = absl::InfinitePast();
    int written = 0;
  };

  bool IsFull(absl::string_view tenant) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Forget(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  base::Mutex mutex_;
  absl::flat_hash_map<Name, Window> windows_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, size_t> keys_of_ ABSL_GUARDED_BY(mutex_);  // by tenant
  absl::Time forgot_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_DENIALS_H_
