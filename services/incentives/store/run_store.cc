#include "services/incentives/store/run_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "services/incentives/domain/run_bytes.h"
#include "services/incentives/store/columns.h"
#include "services/incentives/store/queries.h"

namespace argosy::incentives {
namespace {

using storage::Bytes;
using storage::Row;
using storage::Text;
using storage::Value;
using tenants::TenantReader;
using tenants::TenantTxn;

// Credit rows sent with one InsertMany call: bounds the memory of their binds to some megabytes.
constexpr size_t kCreditRowsMax = 256;

absl::StatusOr<Run> ToRun(const Row& row) {
  Run run;
  ASSIGN_OR_RETURN(run.uid, UidColumn<RunUid>(row, 0));
  ASSIGN_OR_RETURN(run.month, DayColumn(row, 1));
  ASSIGN_OR_RETURN(run.kind, EnumColumn<RunKind>(row, 2));
  ASSIGN_OR_RETURN(run.state, EnumColumn<RunState>(row, 3));
  ASSIGN_OR_RETURN(run.as_of, TimeColumn(row, 4));
  ASSIGN_OR_RETURN(run.knowledge_seq, row.Int64(5));
  ASSIGN_OR_RETURN(run.cut, TimeColumn(row, 6));
  ASSIGN_OR_RETURN(run.time_zone, row.Text(7));
  ASSIGN_OR_RETURN(run.roster_digest, row.Bytes(8));
  ASSIGN_OR_RETURN(run.ledger_version, row.Int64(9));
  ASSIGN_OR_RETURN(run.period_version, row.Int64(10));
  ASSIGN_OR_RETURN(run.digest, row.Bytes(11));
  ASSIGN_OR_RETURN(run.payee_count, row.Int64(12));
  ASSIGN_OR_RETURN(run.line_count, row.Int64(13));
  ASSIGN_OR_RETURN(run.credit_count, row.Int64(14));
  ASSIGN_OR_RETURN(const std::string summary, row.Bytes(15));
  RETURN_IF_ERROR(ParseSummary(summary, run));
  ASSIGN_OR_RETURN(run.created_at, TimeColumn(row, 16));
  ASSIGN_OR_RETURN(run.approved_at, OptionalTimeColumn(row, 17));
  ASSIGN_OR_RETURN(run.locked_at, OptionalTimeColumn(row, 18));
  ASSIGN_OR_RETURN(run.version, row.Int64(19));
  return run;
}

absl::StatusOr<StoredLine> ToLine(const Row& row) {
  StoredLine stored;
  RunLine& line = stored.line;
  ASSIGN_OR_RETURN(stored.line_no, row.Int64(0));
  ASSIGN_OR_RETURN(line.key.member, SlugColumn<base::MemberId>(row, 1));
  ASSIGN_OR_RETURN(stored.payee_line_no, row.Int64(2));
  ASSIGN_OR_RETURN(line.key.plan, SlugColumn<base::PlanId>(row, 3));
  ASSIGN_OR_RETURN(line.version, UidColumn<PlanVersionUid>(row, 4));
  ASSIGN_OR_RETURN(line.content_hash, row.Bytes(5));
  ASSIGN_OR_RETURN(line.key.component, SlugColumn<ComponentId>(row, 6));
  ASSIGN_OR_RETURN(line.key.origin, DayColumn(row, 7));
  ASSIGN_OR_RETURN(line.currency, CurrencyColumn(row, 8));
  ASSIGN_OR_RETURN(line.base_minor, row.Int64(9));
  ASSIGN_OR_RETURN(line.earned_minor, row.Int64(10));
  ASSIGN_OR_RETURN(line.posted_minor, row.Int64(11));
  ASSIGN_OR_RETURN(line.amount_minor, row.Int64(12));
  ASSIGN_OR_RETURN(line.credit_count, row.Int64(13));
  ASSIGN_OR_RETURN(line.credits_digest, row.Bytes(14));
  return stored;
}

std::vector<Value> LineRow(const Run& run, const StoredLine& stored) {
  const RunLine& line = stored.line;
  return {Bytes(run.uid.ToBytes()),
          stored.line_no,
          Text(line.key.member.text()),
          stored.payee_line_no,
          Text(line.key.plan.text()),
          Bytes(line.version.ToBytes()),
          Bytes(line.content_hash),
          Text(line.key.component.text()),
          DayValue(line.key.origin),
          Text(line.currency.code()),
          line.base_minor,
          line.earned_minor,
          line.posted_minor,
          line.amount_minor,
          line.credit_count,
          Bytes(line.credits_digest)};
}

}  // namespace

absl::Status RunStore::Insert(TenantTxn& txn, const Run& run, const std::string& people,
                              const std::vector<RunLine>& lines) const {
  RETURN_IF_ERROR(
      txn.Execute(kInsertRun,
                  {Bytes(run.uid.ToBytes()), DayValue(run.month), static_cast<int64_t>(run.kind),
                   static_cast<int64_t>(run.state), base::ToMicros(run.as_of), run.knowledge_seq,
                   base::ToMicros(run.cut), Text(run.time_zone), Bytes(run.roster_digest),
                   run.ledger_version, run.period_version, Bytes(run.digest), run.payee_count,
                   run.line_count, run.credit_count, Bytes(ToSummaryBytes(run)),
                   base::ToMicros(run.created_at), run.version})
          .status());
  RETURN_IF_ERROR(InsertPeople(txn, run, people));
  RETURN_IF_ERROR(InsertLines(txn, run, lines));
  return InsertCredits(txn, run, lines);
}

absl::Status RunStore::InsertPeople(TenantTxn& txn, const Run& run,
                                    const std::string& people) const {
  std::vector<std::vector<Value>> rows;
  for (size_t at = 0; at < people.size(); at += kInputChunkBytes) {
    rows.push_back({Bytes(run.uid.ToBytes()), static_cast<int64_t>(rows.size() + 1),
                    Bytes(people.substr(at, kInputChunkBytes))});
  }
  return txn.InsertMany(kInsertRunInputs, rows);
}

absl::Status RunStore::InsertLines(TenantTxn& txn, const Run& run,
                                   const std::vector<RunLine>& lines) const {
  std::vector<std::vector<Value>> rows;
  StoredLine stored;
  for (const RunLine& line : lines) {
    const bool same_payee = stored.line_no > 0 && stored.line.key.member == line.key.member;
    stored.line_no += 1;
    stored.payee_line_no = same_payee ? stored.payee_line_no + 1 : 1;
    stored.line = line;
    stored.line.chunks.clear();
    rows.push_back(LineRow(run, stored));
  }
  return rows.empty() ? absl::OkStatus() : txn.InsertMany(kInsertRunLines, rows);
}

absl::Status RunStore::InsertCredits(TenantTxn& txn, const Run& run,
                                     const std::vector<RunLine>& lines) const {
  std::vector<std::vector<Value>> rows;
  for (size_t i = 0; i < lines.size(); ++i) {
    for (size_t chunk = 0; chunk < lines[i].chunks.size(); ++chunk) {
      rows.push_back({Bytes(run.uid.ToBytes()), static_cast<int64_t>(i + 1),
                      static_cast<int64_t>(chunk + 1), lines[i].chunks[chunk].credit_count,
                      Bytes(lines[i].chunks[chunk].bytes)});
      if (rows.size() < kCreditRowsMax) continue;
      RETURN_IF_ERROR(txn.InsertMany(kInsertRunCredits, rows));
      rows.clear();
    }
  }
  return rows.empty() ? absl::OkStatus() : txn.InsertMany(kInsertRunCredits, rows);
}

absl::StatusOr<std::optional<Run>> RunStore::Find(TenantReader& reader, const RunUid& uid) const {
  return reader.FindOne<Run>(kFindRun, {Bytes(uid.ToBytes())}, ToRun);
}

absl::StatusOr<std::vector<Run>> RunStore::List(TenantReader& reader, const RunUid& before,
                                                int64_t limit) const {
  return reader.SelectAll<Run>(kListRuns, {Bytes(before.ToBytes()), limit}, ToRun);
}

absl::StatusOr<bool> RunStore::Update(TenantTxn& txn, const Run& next) const {
  ASSIGN_OR_RETURN(
      const int64_t matched,
      txn.Execute(kUpdateRun, {static_cast<int64_t>(next.state), next.period_version,
                               TimeValue(next.approved_at), TimeValue(next.locked_at), next.version,
                               Bytes(next.uid.ToBytes()), next.version - 1}));
  return matched == 1;
}

absl::StatusOr<std::vector<LockedMonth>> RunStore::ListLockedMonths(TenantReader& reader) const {
  return reader.SelectAll<LockedMonth>(kLockedMonths, {},
                                       [](const Row& row) -> absl::StatusOr<LockedMonth> {
                                         LockedMonth locked;
                                         ASSIGN_OR_RETURN(locked.month, DayColumn(row, 0));
                                         ASSIGN_OR_RETURN(locked.locks, row.Int64(1));
                                         ASSIGN_OR_RETURN(locked.knowledge_seq, row.Int64(2));
                                         return locked;
                                       });
}

absl::StatusOr<std::string> RunStore::GetPeople(TenantReader& reader, const RunUid& uid) const {
  ASSIGN_OR_RETURN(const std::vector<std::string> chunks,
                   reader.SelectAll<std::string>(kListRunInputs, {Bytes(uid.ToBytes())},
                                                 [](const Row& row) { return row.Bytes(0); }));
  std::string people;
  for (const std::string& chunk : chunks) absl::StrAppend(&people, chunk);
  return people;
}

absl::StatusOr<std::vector<StoredLine>> RunStore::ListLines(TenantReader& reader, const RunUid& uid,
                                                            int64_t after, int64_t limit) const {
  return reader.SelectAll<StoredLine>(kListRunLines, {Bytes(uid.ToBytes()), after, limit}, ToLine);
}

absl::StatusOr<std::vector<StoredLine>> RunStore::ListPayeeLines(TenantReader& reader,
                                                                 const RunUid& uid,
                                                                 const base::MemberId& member,
                                                                 int64_t after,
                                                                 int64_t limit) const {
  return reader.SelectAll<StoredLine>(
      kListPayeeLines, {Bytes(uid.ToBytes()), Text(member.text()), after, limit}, ToLine);
}

absl::StatusOr<std::optional<CreditChunk>> RunStore::FindCredits(TenantReader& reader,
                                                                 const RunUid& uid, int64_t line_no,
                                                                 int64_t chunk_no) const {
  return reader.FindOne<CreditChunk>(kFindRunCredits, {Bytes(uid.ToBytes()), line_no, chunk_no},
                                     [](const Row& row) -> absl::StatusOr<CreditChunk> {
                                       CreditChunk chunk;
                                       ASSIGN_OR_RETURN(chunk.credit_count, row.Int64(0));
                                       ASSIGN_OR_RETURN(chunk.bytes, row.Bytes(1));
                                       return chunk;
                                     });
}

}  // namespace argosy::incentives
