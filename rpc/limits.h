// How many calls are answered at once: in all, of one peer, tenant or principal.
#ifndef ARGOSY_RPC_LIMITS_H_
#define ARGOSY_RPC_LIMITS_H_

#include <array>
#include <atomic>

#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"

namespace argosy::rpc {

// One place under a limit, given back on destruction. Empty when the limit was reached.
class Ticket {
 public:
  Ticket() = default;
  Ticket(Ticket&& other) noexcept : counter_(other.counter_) { other.counter_ = nullptr; }
  Ticket& operator=(Ticket&& other) noexcept;
  ~Ticket() { Return(); }
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;

  bool granted() const { return counter_ != nullptr; }

  // A place in `counter` while it holds fewer than `most`.
  static Ticket Take(std::atomic<int>& counter, int most);

 private:
  explicit Ticket(std::atomic<int>* counter) : counter_(counter) {}
  void Return();

  std::atomic<int>* counter_ = nullptr;
};

// Counts by key without a lock and without memory per key: keys share kSlots counters. Two busy
// keys that fall on one counter share its limit, which refuses too much and never too little.
class KeyedLimit {
 public:
  explicit KeyedLimit(int most) : most_(most) {}
  Ticket Take(absl::string_view key);

 private:
  // With 100 busy keys, about one in ten shares a counter with another.
  static constexpr size_t kSlots = 1024;

  const int most_;
  std::array<std::atomic<int>, kSlots> slots_ = {};
};

// The network address of a gRPC peer ("ipv4:10.0.0.7:4711" gives "ipv4:10.0.0.7"), without its
// port: a peer does not get more by opening connections.
absl::string_view PeerAddress(absl::string_view peer);

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_LIMITS_H_
