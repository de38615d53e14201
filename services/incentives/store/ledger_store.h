// The ledger and the statements that were posted to it.
#ifndef ARGOSY_SERVICES_INCENTIVES_STORE_LEDGER_STORE_H_
#define ARGOSY_SERVICES_INCENTIVES_STORE_LEDGER_STORE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/incentives/domain/ledger_check.h"
#include "services/incentives/domain/posting.h"
#include "services/incentives/domain/statement.h"
#include "tenants/tenant_txn.h"

namespace argosy::incentives {

// Where the ledger stands.
struct LedgerHead {
  int64_t entry_count = 0;
  int64_t lock_count = 0;
};

// A statement as it is kept.
struct Statement {
  StatementUid uid;
  RunUid run;
  base::MemberId member;
  LockId lock;
  std::map<base::Currency, PayeeTotals> totals;
  std::string digest;  // 32 bytes
  absl::Time locked_at;
  std::string content;  // empty in listings
};

// Narrows a listing; nothing means any.
struct StatementFilter {
  std::optional<RunUid> run;
  std::optional<base::MemberId> member;
};

// All debits and credits of an account in one currency.
struct AccountSums {
  absl::int128 debits = 0;
  absl::int128 credits = 0;
};
using SumsByAccount = std::map<std::pair<Account, base::Currency>, AccountSums>;

// Stateless; every method runs in the transaction it is given. Entries and statements are only ever
// inserted.
class LedgerStore {
 public:
  // The head, held until the transaction ends: whoever holds it alone posts, publishes or assigns.
  absl::StatusOr<LedgerHead> LockHead(tenants::TenantTxn& txn) const;
  absl::StatusOr<LedgerHead> FindHead(tenants::TenantReader& reader) const;
  // One lock and `entries` entries more.
  absl::Status MoveHead(tenants::TenantTxn& txn, const LedgerHead& from, int64_t entries) const;

  absl::Status InsertEntries(tenants::TenantTxn& txn,
                             const std::vector<LedgerEntry>& entries) const;
  absl::StatusOr<std::vector<LedgerEntry>> ListEntries(tenants::TenantReader& reader,
                                                       const std::optional<base::MemberId>& member,
                                                       int64_t after, int64_t limit) const;
  // The entries of a statement's lines, by line.
  absl::StatusOr<std::map<int64_t, int64_t>> ListLineEntries(tenants::TenantReader& reader,
                                                             const StatementUid& uid) const;
  // What the first `lock_count` locks posted for the months `origins`.
  absl::StatusOr<std::map<LineKey, PostedLine>> ListPosted(
      tenants::TenantReader& reader, const std::vector<absl::CivilDay>& origins,
      int64_t lock_count) const;
  absl::StatusOr<Overpayments> ListOverpaid(tenants::TenantReader& reader) const;

  // Payees with entries, by id.
  absl::StatusOr<std::vector<base::MemberId>> ListMembers(tenants::TenantReader& reader,
                                                          absl::string_view after,
                                                          int64_t limit) const;
  // The accounts of the payees from `first` to `last`.
  absl::StatusOr<SumsByAccount> ListMemberSums(tenants::TenantReader& reader,
                                               const base::MemberId& first,
                                               const base::MemberId& last) const;
  // The company's account.
  absl::StatusOr<SumsByAccount> ListCompanySums(tenants::TenantReader& reader) const;

  absl::Status InsertStatements(tenants::TenantTxn& txn,
                                const std::vector<Statement>& statements) const;
  absl::StatusOr<std::optional<Statement>> FindStatement(tenants::TenantReader& reader,
                                                         const StatementUid& uid) const;
  // Newest first, before `before`, without content.
  absl::StatusOr<std::vector<Statement>> ListStatements(tenants::TenantReader& reader,
                                                        const StatementFilter& filter,
                                                        const StatementUid& before,
                                                        int64_t limit) const;
  // Oldest first, with content: for checks.
  absl::StatusOr<std::vector<Statement>> ScanStatements(tenants::TenantReader& reader,
                                                        const StatementUid& after,
                                                        int64_t limit) const;
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_STORE_LEDGER_STORE_H_
