// Makes the k-th statement of a connection pool fail, so that a test can show all or nothing.
#ifndef ARGOSY_STORAGE_FAULT_INJECTOR_H_
#define ARGOSY_STORAGE_FAULT_INJECTOR_H_

#include <cstdint>
#include <optional>

#include "base/mutex.h"

namespace argosy::storage {

// When the fault strikes.
enum class FaultMoment {
  // The statement never reaches the server.
  kBeforeStatement,
  // The server has done it; the answer is lost. For a COMMIT: committed but reported lost.
  kAfterStatement,
};

struct InjectedFault {
  int code = 0;  // vendor code, as of sql_error.h
  FaultMoment moment = FaultMoment::kBeforeStatement;
};

// Counts statements (BEGIN, COMMIT and ROLLBACK are statements) and fails one of them. A fault with
// a code that loses the connection also drops it, so that the server rolls back. Thread-safe. Only
// tests give one to a pool.
class FaultInjector {
 public:
  // From now on counts from 1 and fails statement `number` once.
  void FailStatement(int64_t number, InjectedFault fault);
  // Counts from 1 and fails nothing.
  void Reset();
  // Statements seen since the last FailStatement or Reset.
  int64_t statements() const;
  // True once the fault has struck.
  bool struck() const;

  // Counts a statement; the fault it must suffer, or nothing.
  std::optional<InjectedFault> NextStatement();

 private:
  mutable base::Mutex mutex_;
  int64_t statements_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t target_ ABSL_GUARDED_BY(mutex_) = 0;
  bool struck_ ABSL_GUARDED_BY(mutex_) = false;
  InjectedFault fault_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace argosy::storage

#endif  // ARGOSY_STORAGE_FAULT_INJECTOR_H_
