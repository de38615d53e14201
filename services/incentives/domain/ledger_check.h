// What must hold over the whole ledger, checked entry by entry and statement by statement.
#ifndef ARGOSY_SERVICES_INCENTIVES_DOMAIN_LEDGER_CHECK_H_
#define ARGOSY_SERVICES_INCENTIVES_DOMAIN_LEDGER_CHECK_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/numeric/int128.h"
#include "absl/time/time.h"
#include "services/incentives/domain/posting.h"
#include "services/incentives/domain/statement.h"

namespace argosy::incentives {

// A posting as the ledger keeps it.
struct LedgerEntry {
  int64_t seq = 0;  // 1, 2, 3 ... without gaps
  int64_t lock_no = 0;
  base::MemberId member;  // the payee
  Posting posting;
  std::string plan;       // "" unless a line
  std::string component;  // "" unless a line
  RunUid run;
  StatementUid statement;
  LockId lock;
  absl::Time posted_at;
};

// A statement as the check reads it.
struct StatementFigures {
  StatementUid uid;
  base::MemberId member;
  std::map<base::Currency, PayeeTotals> totals;
  bool digest_holds = false;  // its content still has its digest
};

// Takes all entries in order of seq, then all statements. Memory grows with payees and statements.
class LedgerCheck {
 public:
  // Enough to see what is wrong; the first is the one to look at.
  static constexpr size_t kFaultsMax = 100;

  void AddEntry(const LedgerEntry& entry);
  void AddStatement(const StatementFigures& statement);
  // After the last of both; `entry_count` is what the ledger's head says there are.
  void Finish(int64_t entry_count);

  const std::vector<std::string>& faults() const { return faults_; }
  int64_t entries() const { return entries_; }
  int64_t statements() const { return statements_; }
  // Per currency the sum of all debits.
  const std::map<base::Currency, absl::int128>& debits() const { return debits_; }

 private:
  void Fault(std::string what);
  // A bucket's balance, debits less credits, against what the bucket may hold.
  void CheckBalance(const Account& account, absl::int128 balance);

  int64_t entries_ = 0;
  int64_t statements_ = 0;
  std::map<base::Currency, absl::int128> debits_;
  // Debits less credits.
  std::map<std::pair<Account, base::Currency>, absl::int128> balances_;
  // What entries say a statement earned, recovered and made payable.
  std::map<std::pair<StatementUid, base::Currency>, PayeeTotals> posted_;
  absl::flat_hash_set<std::string> keys_;
  std::vector<std::string> faults_;
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_DOMAIN_LEDGER_CHECK_H_
