// Runs, their inputs, lines and credits in the database.
#ifndef ARGOSY_SERVICES_INCENTIVES_STORE_RUN_STORE_H_
#define ARGOSY_SERVICES_INCENTIVES_STORE_RUN_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/incentives/domain/credit_bytes.h"
#include "services/incentives/domain/run.h"
#include "tenants/tenant_txn.h"

namespace argosy::incentives {

// A line with its place in the run and in its payee's statement; its credits stay in the database.
struct StoredLine {
  int64_t line_no = 0;        // in the run, from 1
  int64_t payee_line_no = 0;  // in the statement, from 1
  RunLine line;
};

// A locked month, how often it was locked, and the most that was known for it.
struct LockedMonth {
  absl::CivilDay month;
  int64_t locks = 0;
  int64_t knowledge_seq = 0;
};

// Stateless; every method runs in the transaction it is given.
class RunStore {
 public:
  // Roster bytes are kept in pieces of this size: far below a packet.
  static constexpr size_t kInputChunkBytes = 512 * 1024;

  // The run, its people and everything it found, in few statements.
  absl::Status Insert(tenants::TenantTxn& txn, const Run& run, const std::string& people,
                      const std::vector<RunLine>& lines) const;
  absl::StatusOr<std::optional<Run>> Find(tenants::TenantReader& reader, const RunUid& uid) const;
  // Newest first, before `before`.
  absl::StatusOr<std::vector<Run>> List(tenants::TenantReader& reader, const RunUid& before,
                                        int64_t limit) const;
  // Writes state, times and version; false when the stored version is not `next.version - 1`.
  absl::StatusOr<bool> Update(tenants::TenantTxn& txn, const Run& next) const;
  // By month.
  absl::StatusOr<std::vector<LockedMonth>> ListLockedMonths(tenants::TenantReader& reader) const;
  // The canonical bytes of the people the run was calculated with.
  absl::StatusOr<std::string> GetPeople(tenants::TenantReader& reader, const RunUid& uid) const;
  absl::StatusOr<std::vector<StoredLine>> ListLines(tenants::TenantReader& reader,
                                                    const RunUid& uid, int64_t after,
                                                    int64_t limit) const;
  absl::StatusOr<std::vector<StoredLine>> ListPayeeLines(tenants::TenantReader& reader,
                                                         const RunUid& uid,
                                                         const base::MemberId& member,
                                                         int64_t after, int64_t limit) const;
  // The `chunk_no`-th chunk of a line's credits, from 1; nothing after the last.
  absl::StatusOr<std::optional<CreditChunk>> FindCredits(tenants::TenantReader& reader,
                                                         const RunUid& uid, int64_t line_no,
                                                         int64_t chunk_no) const;

 private:
  absl::Status InsertPeople(tenants::TenantTxn& txn, const Run& run,
                            const std::string& people) const;
  absl::Status InsertLines(tenants::TenantTxn& txn, const Run& run,
                           const std::vector<RunLine>& lines) const;
  absl::Status InsertCredits(tenants::TenantTxn& txn, const Run& run,
                             const std::vector<RunLine>& lines) const;
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_STORE_RUN_STORE_H_
