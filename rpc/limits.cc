#include "rpc/limits.h"

namespace argosy::rpc {

Ticket& Ticket::operator=(Ticket&& other) noexcept {
  if (this != &other) {
    Return();
    counter_ = other.counter_;
    other.counter_ = nullptr;
  }
  return *this;
}

Ticket Ticket::Take(std::atomic<int>& counter, int most) {
  if (counter.fetch_add(1, std::memory_order_acq_rel) < most) return Ticket(&counter);
  counter.fetch_sub(1, std::memory_order_acq_rel);
  return Ticket();
}

void Ticket::Return() {
  if (counter_ != nullptr) counter_->fetch_sub(1, std::memory_order_acq_rel);
  counter_ = nullptr;
}

Ticket KeyedLimit::Take(absl::string_view key) {
  return Ticket::Take(slots_[absl::Hash<absl::string_view>()(key) % kSlots], most_);
}

absl::string_view PeerAddress(absl::string_view peer) {
  const size_t colon = peer.rfind(':');
  const bool has_port = colon != absl::string_view::npos && peer.find(':') != colon;
  return has_port ? peer.substr(0, colon) : peer;
}

}  // namespace argosy::rpc
