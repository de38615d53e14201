#include "services/incentives/store/ledger_store.h"

#include <utility>

#include "base/fault.h"
#include "base/status_macros.h"
#include "services/incentives/domain/errors.h"
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

// Rows sent with one InsertMany call: bounds the memory of their binds.
constexpr size_t kRowsPerInsert = 4'096;

absl::StatusOr<LedgerHead> ToHead(const Row& row) {
  LedgerHead head;
  ASSIGN_OR_RETURN(head.entry_count, row.Int64(0));
  ASSIGN_OR_RETURN(head.lock_count, row.Int64(1));
  return head;
}

Account AccountOf(Bucket bucket, const base::MemberId& member) {
  if (bucket == Bucket::kCompanyExpense) return {.bucket = bucket};
  return {.bucket = bucket, .member = member};
}

absl::StatusOr<LedgerEntry> ToEntry(const Row& row) {
  LedgerEntry entry;
  ASSIGN_OR_RETURN(entry.seq, row.Int64(0));
  ASSIGN_OR_RETURN(entry.lock_no, row.Int64(1));
  ASSIGN_OR_RETURN(entry.posting.kind, EnumColumn<PostingKind>(row, 2));
  ASSIGN_OR_RETURN(entry.member, SlugColumn<base::MemberId>(row, 3));
  ASSIGN_OR_RETURN(const Bucket debit, EnumColumn<Bucket>(row, 4));
  ASSIGN_OR_RETURN(const Bucket credit, EnumColumn<Bucket>(row, 5));
  entry.posting.debit = AccountOf(debit, entry.member);
  entry.posting.credit = AccountOf(credit, entry.member);
  ASSIGN_OR_RETURN(entry.posting.amount_minor, row.Int64(6));
  ASSIGN_OR_RETURN(entry.posting.currency, CurrencyColumn(row, 7));
  ASSIGN_OR_RETURN(entry.run, UidColumn<RunUid>(row, 8));
  ASSIGN_OR_RETURN(entry.statement, UidColumn<StatementUid>(row, 9));
  ASSIGN_OR_RETURN(entry.posting.line, row.Int64(10));
  ASSIGN_OR_RETURN(entry.plan, row.Text(11));
  ASSIGN_OR_RETURN(entry.component, row.Text(12));
  ASSIGN_OR_RETURN(entry.lock.month, DayColumn(row, 13));
  ASSIGN_OR_RETURN(entry.posting.origin, DayColumn(row, 14));
  ASSIGN_OR_RETURN(entry.lock.period_version, row.Int64(15));
  ASSIGN_OR_RETURN(entry.posting.idempotency_key, row.Bytes(16));
  ASSIGN_OR_RETURN(entry.posted_at, TimeColumn(row, 17));
  return entry;
}

std::vector<Value> EntryRow(const LedgerEntry& entry) {
  const Posting& posting = entry.posting;
  return {entry.seq,
          entry.lock_no,
          static_cast<int64_t>(posting.kind),
          Text(entry.member.text()),
          static_cast<int64_t>(posting.debit.bucket),
          static_cast<int64_t>(posting.credit.bucket),
          posting.amount_minor,
          Text(posting.currency.code()),
          Bytes(entry.run.ToBytes()),
          Bytes(entry.statement.ToBytes()),
          posting.line,
          Text(entry.plan),
          Text(entry.component),
          DayValue(entry.lock.month),
          DayValue(posting.origin),
          entry.lock.period_version,
          Bytes(posting.idempotency_key),
          base::ToMicros(entry.posted_at)};
}

absl::StatusOr<Statement> ToListedStatement(const Row& row) {
  Statement statement;
  ASSIGN_OR_RETURN(statement.uid, UidColumn<StatementUid>(row, 0));
  ASSIGN_OR_RETURN(statement.run, UidColumn<RunUid>(row, 1));
  ASSIGN_OR_RETURN(statement.member, SlugColumn<base::MemberId>(row, 2));
  ASSIGN_OR_RETURN(statement.lock.month, DayColumn(row, 3));
  ASSIGN_OR_RETURN(statement.lock.period_version, row.Int64(4));
  ASSIGN_OR_RETURN(const std::string totals, row.Bytes(5));
  ASSIGN_OR_RETURN(statement.totals, ParseTotals(totals));
  ASSIGN_OR_RETURN(statement.digest, row.Bytes(6));
  ASSIGN_OR_RETURN(statement.locked_at, TimeColumn(row, 7));
  return statement;
}

absl::StatusOr<Statement> ToStatement(const Row& row) {
  ASSIGN_OR_RETURN(Statement statement, ToListedStatement(row));
  ASSIGN_OR_RETURN(statement.content, row.Bytes(8));
  return statement;
}

// Adds one group of entries, from `debit` to `credit`, to both accounts, the company's or payees'.
struct SumGroup {
  base::MemberId member;
  Bucket debit;
  Bucket credit;
  base::Currency currency;
  absl::int128 amount;
};
absl::Status ReadGroup(const Row& row, size_t first, SumGroup& group) {
  ASSIGN_OR_RETURN(group.debit, EnumColumn<Bucket>(row, first));
  ASSIGN_OR_RETURN(group.credit, EnumColumn<Bucket>(row, first + 1));
  ASSIGN_OR_RETURN(group.currency, CurrencyColumn(row, first + 2));
  ASSIGN_OR_RETURN(group.amount, row.Sum(first + 3));
  return absl::OkStatus();
}

enum class Whose { kCompany, kPayees };

void AddGroup(const SumGroup& group, Whose whose, SumsByAccount& sums) {
  const auto wanted = [&](Bucket bucket) {
    return (bucket == Bucket::kCompanyExpense) == (whose == Whose::kCompany);
  };
  if (wanted(group.debit)) {
    sums[{AccountOf(group.debit, group.member), group.currency}].debits += group.amount;
  }
  if (wanted(group.credit)) {
    sums[{AccountOf(group.credit, group.member), group.currency}].credits += group.amount;
  }
}

// Sends `rows`, made from `items`, in pieces.
template <typename T, typename ToRow>
absl::Status InsertInPieces(TenantTxn& txn, const Query& head, const std::vector<T>& items,
                            ToRow to_row) {
  std::vector<std::vector<Value>> rows;
  for (const T& item : items) {
    rows.push_back(to_row(item));
    if (rows.size() < kRowsPerInsert) continue;
    RETURN_IF_ERROR(txn.InsertMany(head, rows));
    rows.clear();
  }
  return rows.empty() ? absl::OkStatus() : txn.InsertMany(head, rows);
}

}  // namespace

absl::StatusOr<LedgerHead> LedgerStore::LockHead(TenantTxn& txn) const {
  RETURN_IF_ERROR(txn.Execute(kEnsureLedgerHead, {}).status());
  ASSIGN_OR_RETURN(const auto head, txn.FindOne<LedgerHead>(kLockLedgerHead, {}, ToHead));
  if (!head) return base::Internal("the ledger head is not there after it was made");
  return *head;
}

absl::StatusOr<LedgerHead> LedgerStore::FindHead(TenantReader& reader) const {
  ASSIGN_OR_RETURN(const auto head, reader.FindOne<LedgerHead>(kFindLedgerHead, {}, ToHead));
  return head.value_or(LedgerHead{});
}

absl::Status LedgerStore::MoveHead(TenantTxn& txn, const LedgerHead& from, int64_t entries) const {
  ASSIGN_OR_RETURN(const int64_t matched,
                   txn.Execute(kMoveLedgerHead,
                               {from.entry_count + entries, from.lock_count + 1, from.lock_count}));
  return matched == 1 ? absl::OkStatus()
                      : base::Internal("the ledger head moved while it was held");
}

absl::Status LedgerStore::InsertEntries(TenantTxn& txn,
                                        const std::vector<LedgerEntry>& entries) const {
  return InsertInPieces(txn, kInsertEntries, entries, EntryRow);
}

absl::StatusOr<std::vector<LedgerEntry>> LedgerStore::ListEntries(
    TenantReader& reader, const std::optional<base::MemberId>& member, int64_t after,
    int64_t limit) const {
  if (member) {
    return reader.SelectAll<LedgerEntry>(kListEntriesOfMember, {Text(member->text()), after, limit},
                                         ToEntry);
  }
  return reader.SelectAll<LedgerEntry>(kListEntries, {after, limit}, ToEntry);
}

absl::StatusOr<std::map<int64_t, int64_t>> LedgerStore::ListLineEntries(
    TenantReader& reader, const StatementUid& uid) const {
  std::map<int64_t, int64_t> entries;
  RETURN_IF_ERROR(reader.Select(kLineEntries, std::vector<Value>{Bytes(uid.ToBytes())},
                                [&](const Row& row) -> absl::Status {
                                  ASSIGN_OR_RETURN(const int64_t line, row.Int64(0));
                                  ASSIGN_OR_RETURN(entries[line], row.Int64(1));
                                  return absl::OkStatus();
                                }));
  return entries;
}

absl::StatusOr<std::map<LineKey, PostedLine>> LedgerStore::ListPosted(
    TenantReader& reader, const std::vector<absl::CivilDay>& origins, int64_t lock_count) const {
  std::map<LineKey, PostedLine> posted;
  for (const absl::CivilDay origin : origins) {
    RETURN_IF_ERROR(
        reader.Select(kPostedOfMonth, std::vector<Value>{DayValue(origin), lock_count},
                      [&](const Row& row) -> absl::Status {
                        LineKey key{.origin = origin};
                        ASSIGN_OR_RETURN(key.member, SlugColumn<base::MemberId>(row, 0));
                        ASSIGN_OR_RETURN(key.plan, SlugColumn<base::PlanId>(row, 1));
                        ASSIGN_OR_RETURN(key.component, SlugColumn<ComponentId>(row, 2));
                        PostedLine& line = posted[key];
                        ASSIGN_OR_RETURN(line.currency, CurrencyColumn(row, 3));
                        ASSIGN_OR_RETURN(const int64_t minor, row.Int64(4));
                        ASSIGN_OR_RETURN(line.minor, base::CheckedAdd(line.minor, minor));
                        ASSIGN_OR_RETURN(line.version, UidColumn<PlanVersionUid>(row, 5));
                        ASSIGN_OR_RETURN(line.content_hash, row.Bytes(6));
                        return absl::OkStatus();
                      }));
  }
  return posted;
}

absl::StatusOr<Overpayments> LedgerStore::ListOverpaid(TenantReader& reader) const {
  Overpayments overpaid;
  RETURN_IF_ERROR(
      reader.Select(kOverpaid, std::vector<Value>{}, [&](const Row& row) -> absl::Status {
        ASSIGN_OR_RETURN(base::MemberId member, SlugColumn<base::MemberId>(row, 0));
        ASSIGN_OR_RETURN(const base::Currency currency, CurrencyColumn(row, 1));
        ASSIGN_OR_RETURN(overpaid[std::pair(std::move(member), currency)], SumColumn(row, 2));
        return absl::OkStatus();
      }));
  return overpaid;
}

absl::StatusOr<std::vector<base::MemberId>> LedgerStore::ListMembers(TenantReader& reader,
                                                                     absl::string_view after,
                                                                     int64_t limit) const {
  return reader.SelectAll<base::MemberId>(
      kLedgerMembers, {Text(std::string(after)), limit},
      [](const Row& row) { return SlugColumn<base::MemberId>(row, 0); });
}

absl::StatusOr<SumsByAccount> LedgerStore::ListMemberSums(TenantReader& reader,
                                                          const base::MemberId& first,
                                                          const base::MemberId& last) const {
  SumsByAccount sums;
  const absl::Status status =
      reader.Select(kMemberSums, std::vector<Value>{Text(first.text()), Text(last.text())},
                    [&](const Row& row) -> absl::Status {
                      SumGroup group;
                      ASSIGN_OR_RETURN(group.member, SlugColumn<base::MemberId>(row, 0));
                      RETURN_IF_ERROR(ReadGroup(row, 1, group));
                      AddGroup(group, Whose::kPayees, sums);
                      return absl::OkStatus();
                    });
  if (!status.ok()) return status;
  return sums;
}

absl::StatusOr<SumsByAccount> LedgerStore::ListCompanySums(TenantReader& reader) const {
  SumsByAccount sums;
  const absl::Status status =
      reader.Select(kCompanySums, std::vector<Value>{}, [&](const Row& row) -> absl::Status {
        SumGroup group;
        RETURN_IF_ERROR(ReadGroup(row, 0, group));
        AddGroup(group, Whose::kCompany, sums);
        return absl::OkStatus();
      });
  if (!status.ok()) return status;
  return sums;
}

absl::Status LedgerStore::InsertStatements(TenantTxn& txn,
                                           const std::vector<Statement>& statements) const {
  return InsertInPieces(
      txn, kInsertStatements, statements, [](const Statement& statement) -> std::vector<Value> {
        return {Bytes(statement.uid.ToBytes()),     Bytes(statement.run.ToBytes()),
                Text(statement.member.text()),      DayValue(statement.lock.month),
                statement.lock.period_version,      Bytes(ToTotalsBytes(statement.totals)),
                Bytes(statement.content),           Bytes(statement.digest),
                base::ToMicros(statement.locked_at)};
      });
}

absl::StatusOr<std::optional<Statement>> LedgerStore::FindStatement(TenantReader& reader,
                                                                    const StatementUid& uid) const {
  return reader.FindOne<Statement>(kFindStatement, {Bytes(uid.ToBytes())}, ToStatement);
}

absl::StatusOr<std::vector<Statement>> LedgerStore::ListStatements(TenantReader& reader,
                                                                   const StatementFilter& filter,
                                                                   const StatementUid& before,
                                                                   int64_t limit) const {
  const Value from = Bytes(before.ToBytes());
  if (filter.run && filter.member) {
    return reader.SelectAll<Statement>(
        kListStatementsOfBoth,
        {Bytes(filter.run->ToBytes()), Text(filter.member->text()), from, limit},
        ToListedStatement);
  }
  if (filter.run) {
    return reader.SelectAll<Statement>(
        kListStatementsOfRun, {Bytes(filter.run->ToBytes()), from, limit}, ToListedStatement);
  }
  if (filter.member) {
    return reader.SelectAll<Statement>(
        kListStatementsOfMember, {Text(filter.member->text()), from, limit}, ToListedStatement);
  }
  return reader.SelectAll<Statement>(kListStatements, {from, limit}, ToListedStatement);
}

absl::StatusOr<std::vector<Statement>> LedgerStore::ScanStatements(TenantReader& reader,
                                                                   const StatementUid& after,
                                                                   int64_t limit) const {
  return reader.SelectAll<Statement>(kScanStatements, {Bytes(after.ToBytes()), limit}, ToStatement);
}

}  // namespace argosy::incentives
