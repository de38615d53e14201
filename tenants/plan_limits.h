// What one call, one tenant and one process may use. Every number says why.
#ifndef ARGOSY_TENANTS_PLAN_LIMITS_H_
#define ARGOSY_TENANTS_PLAN_LIMITS_H_

#include <cstddef>

#include "absl/time/time.h"

namespace argosy::tenants {

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
