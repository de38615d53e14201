#include "storage/pool.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/status_macros.h"
#include "storage/connection.h"
#include "storage/errors.h"

namespace argosy::storage {

Pool::Lease::Lease(Pool& pool, std::unique_ptr<Connection> connection, bool reused)
    : pool_(&pool), connection_(std::move(connection)), reused_(reused) {}
Pool::Lease::Lease(Lease&&) noexcept = default;

Pool::Lease& Pool::Lease::operator=(Lease&& other) noexcept {
  if (connection_ != nullptr) pool_->Return(std::move(connection_));
  pool_ = other.pool_;
  connection_ = std::move(other.connection_);
  reused_ = other.reused_;
  return *this;
}

Pool::Lease::~Lease() {
  if (connection_ != nullptr) pool_->Return(std::move(connection_));
}

Pool::Pool(PoolOptions options, const base::Clock& clock)
    : options_(std::move(options)), clock_(clock) {
  const bool in_range =
      options_.connections_max >= 1 && options_.connections_max <= PoolOptions::kConnectionsMax;
  if (!in_range) std::abort();
  idle_.reserve(options_.connections_max);
}

Pool::~Pool() = default;

std::unique_ptr<Connection> Pool::TakeIdle(TransactionKind kind) {
  if (idle_.empty()) return nullptr;
  // The latest is the warmest; one already set for `kind` saves a round trip.
  size_t chosen = idle_.size() - 1;
  for (size_t i = idle_.size(); i-- > 0;) {
    if (idle_[i]->session_kind() == kind) {
      chosen = i;
      break;
    }
  }
  std::swap(idle_[chosen], idle_.back());
  std::unique_ptr<Connection> connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

absl::StatusOr<Pool::Lease> Pool::Acquire(TransactionKind kind, absl::Time deadline) {
  {
    base::MutexLock lock(mutex_);
    while (true) {
      if (std::unique_ptr<Connection> connection = TakeIdle(kind)) {
        return Lease(*this, std::move(connection), true);
      }
      if (size_ < options_.connections_max) break;
      const absl::Duration left = deadline - clock_.Now();
      if (left <= absl::ZeroDuration()) return PoolExhausted();
      freed_.WaitFor(mutex_, std::min(left, absl::Seconds(60)));
    }
    ++size_;
  }
  absl::StatusOr<std::unique_ptr<Connection>> made =
      Connection::Open(options_.database, options_.fault_injector);
  if (!made.ok()) {
    Forget();
    return std::move(made).status();
  }
  return Lease(*this, *std::move(made), false);
}

void Pool::Return(std::unique_ptr<Connection> connection) {
  if (!connection->broken() && connection->in_transaction()) {
    connection->End(kRollback).IgnoreError();
  }
  if (connection->broken() || connection->in_transaction()) {
    connection.reset();
    Forget();
    return;
  }
  {
    base::MutexLock lock(mutex_);
    idle_.push_back(std::move(connection));
  }
  freed_.NotifyOne();
}

void Pool::Forget() {
  {
    base::MutexLock lock(mutex_);
    --size_;
  }
  freed_.NotifyOne();
}

void Pool::CloseIdle() {
  std::vector<std::unique_ptr<Connection>> closing;
  base::MutexLock lock(mutex_);
  closing.swap(idle_);
  size_ -= closing.size();
}

size_t Pool::size() const {
  base::MutexLock lock(mutex_);
  return size_;
}

size_t Pool::idle() const {
  base::MutexLock lock(mutex_);
  return idle_.size();
}

}  // namespace argosy::storage
