#include "tenants/directory.h"

#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "storage/row.h"
#include "storage/transaction.h"
#include "tenants/plan_limits.h"
#include "tenants/queries.h"

namespace argosy::tenants {
namespace {

absl::StatusOr<TenantEntry> ReadEntry(const storage::Row& row) {
  TenantEntry entry;
  ASSIGN_OR_RETURN(const std::string uid, row.Bytes(0));
  ASSIGN_OR_RETURN(const base::Uuid uuid, base::Uuid::FromBytes(uid));
  entry.uid = base::TenantUid(uuid);
  ASSIGN_OR_RETURN(const std::string id, row.Text(1));
  ASSIGN_OR_RETURN(entry.id, base::TenantId::Parse(id));
  ASSIGN_OR_RETURN(const std::string kind, row.Text(2));
  ASSIGN_OR_RETURN(const std::string state, row.Text(3));
  const std::optional<TenantKind> found_kind = FindTenantKind(kind);
  const std::optional<TenantState> found_state = FindTenantState(state);
  if (!found_kind.has_value() || !found_state.has_value()) {
    return base::Internal(
        absl::StrCat("tenant '", id, "' of kind '", kind, "' in state '", state, "'"));
  }
  entry.kind = *found_kind;
  entry.state = *found_state;
  ASSIGN_OR_RETURN(entry.reporting_time_zone, row.Text(4));
  ASSIGN_OR_RETURN(entry.reporting_currency, row.Text(5));
  ASSIGN_OR_RETURN(entry.epoch, row.Int64(6));
  return entry;
}

}  // namespace

absl::StatusOr<std::optional<TenantEntry>> Directory::Load(const storage::Query& query,
                                                           const storage::Value& key,
                                                           absl::Time deadline) {
  ASSIGN_OR_RETURN(
      storage::Transaction transaction,
      storage::Transaction::Begin(pool_, storage::TransactionKind::kSnapshot, deadline));
  std::optional<TenantEntry> entry;
  RETURN_IF_ERROR(
      transaction.Select(query, {key}, [&entry](const storage::Row& row) -> absl::Status {
        ASSIGN_OR_RETURN(entry, ReadEntry(row));
        return absl::OkStatus();
      }));
  return entry;
}

template <typename Key>
absl::StatusOr<std::optional<TenantEntry>> Directory::Find(Memory<Key> Directory::*which,
                                                           const Key& key,
                                                           const storage::Query& query,
                                                           const storage::Value& bind,
                                                           absl::Time deadline) {
  // The age counts from before the read, so that an answer is never older than it seems.
  const absl::Time asked_at = pool_.clock().Now();
  // Before the read, too: what a change overtakes must not hide it.
  const uint64_t read_in = generation();
  {
    base::MutexLock lock(mutex_);
    const Memory<Key>& memory = this->*which;
    const auto found = memory.find(key);
    if (found != memory.end() && asked_at - found->second.read_at < kDirectoryAgeMax) {
      return found->second.entry;
    }
  }
  ASSIGN_OR_RETURN(std::optional<TenantEntry> entry, Load(query, bind, deadline));
  base::MutexLock lock(mutex_);
  if (generation() != read_in) return entry;
  Memory<Key>& memory = this->*which;
  // Everything is at most two seconds old, so dropping it all costs one read per tenant in use.
  if (memory.size() >= kDirectoryEntriesMax) memory.clear();
  memory[key] = Remembered{.entry = entry, .read_at = asked_at};
  return entry;
}

absl::StatusOr<std::optional<TenantEntry>> Directory::FindById(const base::TenantId& id,
                                                               absl::Time deadline) {
  return Find(&Directory::by_id_, id, kFindEntryById, storage::Text(id.text()), deadline);
}

absl::StatusOr<std::optional<TenantEntry>> Directory::FindByUid(const base::TenantUid& uid,
                                                                absl::Time deadline) {
  return Find(&Directory::by_uid_, uid, kFindEntryByUid, storage::Bytes(uid.ToBytes()), deadline);
}

void Directory::Forget() {
  // First, so that a read under way either finds it raised or is cleared.
  generation_.fetch_add(1, std::memory_order_acq_rel);
  base::MutexLock lock(mutex_);
  by_id_.clear();
  by_uid_.clear();
}

}  // namespace argosy::tenants
