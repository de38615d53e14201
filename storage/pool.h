// A bounded set of connections to one schema.
#ifndef ARGOSY_STORAGE_POOL_H_
#define ARGOSY_STORAGE_POOL_H_

#include <cstddef>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "storage/database_options.h"
#include "storage/fault_injector.h"

namespace argosy::storage {

class Connection;

enum class TransactionKind {
  // REPEATABLE READ, read only, with its snapshot taken at once: several statements see one state.
  kSnapshot,
  // READ COMMITTED, read and write.
  kReadWrite,
};

struct PoolOptions {
  // One per call in flight that touches the database is enough; MariaDB's default max_connections
  // is 151 for every process together.
  static constexpr size_t kConnectionsMax = 128;

  DatabaseOptions database;
  // Connections at most, 1..kConnectionsMax.
  size_t connections_max = 16;
  // For tests: owned by the caller, outlives the pool.
  FaultInjector* fault_injector = nullptr;
};

// Hands out connections, makes them when needed and drops the broken ones. Connections are never
// repaired in place: a silent reconnect would lose isolation and session settings. Thread-safe.
class Pool {
 public:
  // A connection on loan; gives it back when it dies. A connection that is broken, or whose open
  // transaction cannot be rolled back, is closed instead.
  class Lease {
   public:
    Lease(Lease&&) noexcept;
    Lease& operator=(Lease&&) noexcept;
    ~Lease();

    Connection& connection() const { return *connection_; }
    // True when the connection has served before: it may have died while it lay idle.
    bool reused() const { return reused_; }

   private:
    friend class Pool;
    Lease(Pool& pool, std::unique_ptr<Connection> connection, bool reused);

    Pool* pool_;
    std::unique_ptr<Connection> connection_;
    bool reused_;
  };

  // Connects to nothing yet. `clock` outlives the pool. Aborts when `connections_max` is out of
  // range: that is wiring.
  Pool(PoolOptions options, const base::Clock& clock);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // A connection, waiting for one until `deadline`; rather one whose session stands as `kind`
  // wants. RESOURCE_EXHAUSTED / CONCURRENCY_LIMITED when none came free in time; UNAVAILABLE /
  // DEPENDENCY_DOWN when the server cannot be reached.
  absl::StatusOr<Lease> Acquire(TransactionKind kind, absl::Time deadline);

  // Closes the connections that lie idle.
  void CloseIdle();

  const base::Clock& clock() const { return clock_; }
  // Connections that exist now, on loan or idle.
  size_t size() const;
  // Connections that lie idle.
  size_t idle() const;

 private:
  std::unique_ptr<Connection> TakeIdle(TransactionKind kind) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Return(std::unique_ptr<Connection> connection);
  void Forget();

  const PoolOptions options_;
  const base::Clock& clock_;
  mutable base::Mutex mutex_;
  base::CondVar freed_;
  std::vector<std::unique_ptr<Connection>> idle_ ABSL_GUARDED_BY(mutex_);
  size_t size_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace argosy::storage

#endif  // ARGOSY_STORAGE_POOL_H_
