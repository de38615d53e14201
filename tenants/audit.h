// The audit chain: what was done, by whom, in an order that cannot be rewritten unseen.
//
// One chain per tenant in every service's schema, numbered without gaps. entry_hash is SHA-256 of
// the previous entry's hash and the entry's canonical bytes.
#ifndef ARGOSY_TENANTS_AUDIT_H_
#define ARGOSY_TENANTS_AUDIT_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/ids.h"
#include "storage/transaction.h"

namespace argosy::tenants {

enum class AuditDecision : uint8_t {
  kAllowed = 1,
  kDenied = 2,
};

// "key=value" remarks, in the order they were made.
using AuditNotes = std::vector<std::pair<std::string, std::string>>;

struct AuditEntry {
  int64_t recorded_at_us = 0;
  std::string actor;
  std::string method;
  std::string resource;
  AuditDecision decision = AuditDecision::kAllowed;
  std::string reason;     // of a denial; "" when allowed
  base::Uuid request_id;  // nil when the call has none
  std::string call_id;
  std::string trace_id;
  std::string reply_digest;  // SHA-256 of the stored reply; empty when there is none
  AuditNotes notes;

  friend bool operator==(const AuditEntry&, const AuditEntry&) = default;
};

// Where a chain stands. `seq` 0 with 32 zero bytes is the empty chain.
struct AuditHead {
  int64_t seq = 0;
  std::string entry_hash = std::string(32, '\0');

  friend bool operator==(const AuditHead&, const AuditHead&) = default;
};

// The bytes that are hashed: a version byte, then every field in order, length-prefixed.
std::string CanonicalBytes(const base::TenantUid& tenant, int64_t seq, const AuditEntry& entry);
// SHA-256(previous || canonical).
std::string EntryHash(absl::string_view previous, absl::string_view canonical);

// Appends `entry` to the chain of `tenant` in `transaction`, whose head row it locks until COMMIT:
// call it last. The new head.
absl::StatusOr<AuditHead> AppendAudit(storage::Transaction& transaction,
                                      const base::TenantUid& tenant, const AuditEntry& entry);

// Walks the whole chain of `tenant` and its head. DATA_LOSS / CHAIN_BROKEN with the first bad seq.
absl::StatusOr<AuditHead> VerifyAudit(storage::Transaction& transaction,
                                      const base::TenantUid& tenant);

// Up to `limit` entries after `after_seq`, in order.
absl::StatusOr<std::vector<std::pair<AuditHead, AuditEntry>>> ListAudit(
    storage::Transaction& transaction, const base::TenantUid& tenant, int64_t after_seq,
    int64_t limit);

}  // namespace argosy::tenants

#endif  // ARGOSY_TENANTS_AUDIT_H_
