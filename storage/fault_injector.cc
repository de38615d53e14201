#include "storage/fault_injector.h"

namespace argosy::storage {

void FaultInjector::FailStatement(int64_t number, InjectedFault fault) {
  base::MutexLock lock(mutex_);
  statements_ = 0;
  target_ = number;
  struck_ = false;
  fault_ = fault;
}

void FaultInjector::Reset() { FailStatement(0, InjectedFault{}); }

int64_t FaultInjector::statements() const {
  base::MutexLock lock(mutex_);
  return statements_;
}

bool FaultInjector::struck() const {
  base::MutexLock lock(mutex_);
  return struck_;
}

std::optional<InjectedFault> FaultInjector::NextStatement() {
  base::MutexLock lock(mutex_);
  ++statements_;
  if (statements_ != target_) return std::nullopt;
  struck_ = true;
  return fault_;
}

}  // namespace argosy::storage
