// What every service knows of the tenants there are: a cached, read-only look at tenancy's table.
//
// The table is `tenants` of tenancy's schema; the directory's account may SELECT these columns and
// nothing else there:
//   tenant_id BINARY(16), id VARCHAR(63) ascii_bin, kind and state VARCHAR(16) ascii_bin (the names
//   of lifecycle.h), time_zone VARCHAR(64) ascii_bin, currency CHAR(3) ascii_bin, epoch BIGINT
//   (raised by every change that must end access tokens made before it).
#ifndef ARGOSY_TENANTS_DIRECTORY_H_
#define ARGOSY_TENANTS_DIRECTORY_H_

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/ids.h"
#include "base/mutex.h"
#include "storage/pool.h"
#include "storage/query.h"
#include "storage/value.h"
#include "tenants/lifecycle.h"

namespace argosy::tenants {

struct TenantEntry {
  base::TenantUid uid;
  base::TenantId id;
  TenantKind kind = TenantKind::kCompany;
  TenantState state = TenantState::kActive;
  std::string reporting_time_zone;
  std::string reporting_currency;
  int64_t epoch = 0;

  friend bool operator==(const TenantEntry&, const TenantEntry&) = default;
};

// Looks tenants up by id or uid, and remembers each answer, an absence too, for at most
// kDirectoryAgeMax and kDirectoryEntriesMax of them, and none that a Forget overtook while it was
// read. Thread-safe; `pool` reads tenancy's schema
// with the SELECT-only account and outlives it.
class Directory {
 public:
  explicit Directory(storage::Pool& pool) : pool_(pool) {}
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;

  // The tenant, or nothing when there is none. UNAVAILABLE / DEPENDENCY_DOWN when the database does
  // not answer: what is remembered is never used beyond its age.
  absl::StatusOr<std::optional<TenantEntry>> FindById(const base::TenantId& id,
                                                      absl::Time deadline);
  absl::StatusOr<std::optional<TenantEntry>> FindByUid(const base::TenantUid& uid,
                                                       absl::Time deadline);

  // Forgets everything: the tenancy service calls it after it changed a tenant.
  void Forget();
  // Grows with every Forget: what was read before under a smaller one may be out of date.
  uint64_t generation() const { return generation_.load(std::memory_order_acquire); }

 private:
  struct Remembered {
    std::optional<TenantEntry> entry;
    absl::Time read_at;
  };

  absl::StatusOr<std::optional<TenantEntry>> Load(const storage::Query& query,
                                                  const storage::Value& key, absl::Time deadline);

  storage::Pool& pool_;
  template <typename Key>
  using Memory = absl::flat_hash_map<Key, Remembered>;
  template <typename Key>
  absl::StatusOr<std::optional<TenantEntry>> Find(Memory<Key> Directory::*which, const Key& key,
                                                  const storage::Query& query,
                                                  const storage::Value& bind, absl::Time deadline);

  std::atomic<uint64_t> generation_{0};
  base::Mutex mutex_;
  Memory<base::TenantId> by_id_ ABSL_GUARDED_BY(mutex_);
  Memory<base::TenantUid> by_uid_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace argosy::tenants

#endif  // ARGOSY_TENANTS_DIRECTORY_H_
