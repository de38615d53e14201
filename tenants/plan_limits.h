// What one tenant, one principal and one process may use. Every number says why.
#ifndef ARGOSY_TENANTS_PLAN_LIMITS_H_
#define ARGOSY_TENANTS_PLAN_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace argosy::tenants {

// A rate that refills evenly and may be saved up to `burst`.
struct RateLimit {
  int32_t per_second;
  int32_t burst;
};

struct PlanLimits {
  // Dashboards of a company of 200 people refresh a few tens of reads a second.
  RateLimit reads{.per_second = 100, .burst = 200};
  // Half of reads: a write costs about twice as many statements.
  RateLimit writes{.per_second = 50, .burst = 100};
  // Lists and reports scan; ten a second are more than people can look at.
  RateLimit reports{.per_second = 10, .burst = 20};
  // One person or one token gets at most half of its tenant's reads.
  RateLimit principal{.per_second = 50, .burst = 100};
  // More calls in flight than this from one tenant would fill a process's threads.
  int32_t in_flight_max = 32;
};

// The one plan there is. Quotas per tenant come with the RPC that sets them.
inline constexpr PlanLimits kDefaultPlan{};

// Deadlines: the client library's own default is none, which would hold a connection for ever.
inline constexpr absl::Duration kDeadlineDefault = absl::Seconds(5);
inline constexpr absl::Duration kDeadlineMax = absl::Seconds(30);

// A stored reply larger than this is not kept; the client reads the resource again (AIP-155).
inline constexpr size_t kStoredReplyBytesMax = size_t{64} * 1024;
// How long a request_id is remembered: longer than any client's retry, a weekend outage included.
inline constexpr absl::Duration kRequestMemory = absl::Hours(48);
// How often a transaction is run in all when the database asks to run it again.
inline constexpr int kTransactionRunsMax = 6;
// The whole of one audit entry's notes; they name counts and touched resources, not contents.
inline constexpr size_t kAuditNotesMax = 16;
inline constexpr size_t kAuditNoteBytesMax = 200;
// Tenants the directory remembers; beyond it the oldest go. About 300 bytes each.
inline constexpr size_t kDirectoryEntriesMax = 10'000;
// How old a remembered tenant may be: a suspension is felt everywhere within this time.
inline constexpr absl::Duration kDirectoryAgeMax = absl::Seconds(2);

}  // namespace argosy::tenants

#endif  // ARGOSY_TENANTS_PLAN_LIMITS_H_
