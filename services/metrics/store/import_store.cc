#include "services/metrics/store/import_store.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/status_macros.h"
#include "services/metrics/store/import_queries.h"
#include "services/metrics/store/list_binds.h"

namespace argosy::metrics {
namespace {

using tenants::Bytes;
using tenants::Row;
using tenants::TenantReader;
using tenants::TenantTxn;
using tenants::Text;
using tenants::Value;

constexpr uint8_t kCountsVersion = 2;
// Ids are UUIDv7, so this is after them all.
constexpr size_t kIdBytes = base::Uuid::kBytes;

Bytes Encode(const RowCounts& counts) {
  base::ByteWriter writer(kCountsVersion);
  writer.Int(counts.new_rows).Int(counts.duplicate_rows).Int(counts.conflict_rows);
  writer.Int(counts.revised_rows).Int(counts.invalid_rows).Int(counts.reported_rows);
  writer.Int(counts.skipped_rows).Int(counts.recorded_facts).Int(counts.noted_rows);
  return Bytes(writer.bytes());
}

Bytes Encode(const UndoneCounts& counts) {
  base::ByteWriter writer(kCountsVersion);
  writer.Int(counts.retracted_facts).Int(counts.kept_facts).Int(counts.restored_facts);
  return Bytes(writer.bytes());
}

absl::StatusOr<RowCounts> DecodeRows(const std::string& bytes) {
  RowCounts counts;
  ASSIGN_OR_RETURN(base::ByteReader reader, base::ByteReader::Open(bytes, kCountsVersion));
  for (int64_t* field : {&counts.new_rows, &counts.duplicate_rows, &counts.conflict_rows,
                         &counts.revised_rows, &counts.invalid_rows, &counts.reported_rows,
                         &counts.skipped_rows, &counts.recorded_facts, &counts.noted_rows}) {
    ASSIGN_OR_RETURN(*field, reader.Int());
  }
  return counts;
}

absl::StatusOr<UndoneCounts> DecodeUndone(const std::string& bytes) {
  UndoneCounts counts;
  ASSIGN_OR_RETURN(base::ByteReader reader, base::ByteReader::Open(bytes, kCountsVersion));
  ASSIGN_OR_RETURN(counts.retracted_facts, reader.Int());
  ASSIGN_OR_RETURN(counts.kept_facts, reader.Int());
  ASSIGN_OR_RETURN(counts.restored_facts, reader.Int());
  return counts;
}

absl::StatusOr<RowCounts> RowsAt(const Row& row, size_t column) {
  ASSIGN_OR_RETURN(const std::string bytes, row.Bytes(column));
  return DecodeRows(bytes);
}

absl::StatusOr<UndoneCounts> UndoneAt(const Row& row, size_t column) {
  ASSIGN_OR_RETURN(const std::string bytes, row.Bytes(column));
  return DecodeUndone(bytes);
}

absl::StatusOr<absl::Time> TimeAt(const Row& row, size_t column) {
  ASSIGN_OR_RETURN(const int64_t micros, row.Int64(column));
  return base::FromMicros(micros);
}

template <typename Id>
absl::StatusOr<Id> IdAt(const Row& row, size_t column) {
  ASSIGN_OR_RETURN(const std::string bytes, row.Bytes(column));
  ASSIGN_OR_RETURN(const base::Uuid uuid, base::Uuid::FromBytes(bytes));
  return Id(uuid);
}

absl::StatusOr<Import> ToImport(const Row& row) {
  Import import;
  ASSIGN_OR_RETURN(import.id, IdAt<ImportId>(row, 0));
  ASSIGN_OR_RETURN(import.file_name, row.Text(1));
  ASSIGN_OR_RETURN(import.preset, row.Text(2));
  ASSIGN_OR_RETURN(import.mapping, row.Bytes(3));
  ASSIGN_OR_RETURN(const int64_t policy, row.Int64(4));
  import.policy = static_cast<ConflictPolicy>(policy);
  ASSIGN_OR_RETURN(import.size_bytes, row.Int64(5));
  ASSIGN_OR_RETURN(import.content_sha256, row.Text(6));
  ASSIGN_OR_RETURN(const int64_t state, row.Int64(7));
  import.state = static_cast<ImportState>(state);
  ASSIGN_OR_RETURN(import.uploaded_bytes, row.Int64(8));
  ASSIGN_OR_RETURN(import.row_count, row.Int64(9));
  ASSIGN_OR_RETURN(import.validated_rows, row.Int64(10));
  ASSIGN_OR_RETURN(import.committed_rows, row.Int64(11));
  ASSIGN_OR_RETURN(import.undone_rows, row.Int64(12));
  ASSIGN_OR_RETURN(import.validated, RowsAt(row, 13));
  ASSIGN_OR_RETURN(import.committed, RowsAt(row, 14));
  ASSIGN_OR_RETURN(import.undone, UndoneAt(row, 15));
  ASSIGN_OR_RETURN(import.findings_left_out, row.Int64(16));
  ASSIGN_OR_RETURN(import.version, row.Int64(17));
  ASSIGN_OR_RETURN(import.created_at, TimeAt(row, 18));
  ASSIGN_OR_RETURN(import.updated_at, TimeAt(row, 19));
  return import;
}

absl::StatusOr<ImportPart> ToPart(const Row& row) {
  ImportPart part;
  ASSIGN_OR_RETURN(part.byte_offset, row.Int64(0));
  ASSIGN_OR_RETURN(part.content, row.Bytes(1));
  return part;
}

absl::StatusOr<ImportBlock> ToBlock(const Row& row) {
  ImportBlock block;
  ASSIGN_OR_RETURN(block.first_row, row.Int64(0));
  ASSIGN_OR_RETURN(block.row_count, row.Int64(1));
  ASSIGN_OR_RETURN(block.line, row.Int64(2));
  ASSIGN_OR_RETURN(block.byte_offset, row.Int64(3));
  ASSIGN_OR_RETURN(block.validated, RowsAt(row, 4));
  ASSIGN_OR_RETURN(block.committed, RowsAt(row, 5));
  ASSIGN_OR_RETURN(block.undone, UndoneAt(row, 6));
  ASSIGN_OR_RETURN(block.findings_left_out, row.Int64(7));
  return block;
}

absl::StatusOr<ImportFinding> ToFinding(const Row& row) {
  ImportFinding finding;
  ASSIGN_OR_RETURN(finding.row, row.Int64(0));
  ASSIGN_OR_RETURN(const int64_t kind, row.Int64(1));
  finding.kind = static_cast<FindingKind>(kind);
  ASSIGN_OR_RETURN(finding.ordinal, row.Int64(2));
  ASSIGN_OR_RETURN(finding.line, row.Int64(3));
  ASSIGN_OR_RETURN(finding.column, row.Text(4));
  ASSIGN_OR_RETURN(finding.value, row.Text(5));
  ASSIGN_OR_RETURN(finding.reason, row.Text(6));
  ASSIGN_OR_RETURN(finding.message, row.Text(7));
  return finding;
}

absl::StatusOr<HeldRevision> ToHeld(const Row& row) {
  HeldRevision held;
  ASSIGN_OR_RETURN(held.id, IdAt<FactId>(row, 0));
  ASSIGN_OR_RETURN(held.revision, row.Int64(1));
  ASSIGN_OR_RETURN(held.payload_hash, row.Bytes(2));
  ASSIGN_OR_RETURN(const int64_t kind, row.Int64(3));
  held.tombstone = kind == static_cast<int64_t>(FactKind::kNone);
  ASSIGN_OR_RETURN(const std::optional<std::string> import, row.OptionalBytes(4));
  if (import.has_value()) {
    ASSIGN_OR_RETURN(const base::Uuid uuid, base::Uuid::FromBytes(*import));
    held.import = ImportId(uuid);
  }
  ASSIGN_OR_RETURN(held.batch, IdAt<BatchId>(row, 5));
  return held;
}

Bytes IdBytes(const ImportId& id) { return Bytes(id.ToBytes()); }

absl::StatusOr<absl::flat_hash_set<ImportId>> SelectUndone(absl::Span<const ListQuery> queries,
                                                           TenantReader& reader,
                                                           absl::Span<const ImportId> imports) {
  absl::flat_hash_set<ImportId> undone;
  const size_t most = queries.back().length;
  for (size_t from = 0; from < imports.size(); from += most) {
    std::vector<Value> ids;
    for (const ImportId& id : imports.subspan(from, most)) ids.emplace_back(IdBytes(id));
    ASSIGN_OR_RETURN(const ListBinds binds, FillList(queries, std::move(ids)));
    RETURN_IF_ERROR(reader.Select(binds.query, binds.values, [&](const Row& row) -> absl::Status {
      ASSIGN_OR_RETURN(const ImportId id, IdAt<ImportId>(row, 0));
      ASSIGN_OR_RETURN(const int64_t state, row.Int64(1));
      const auto stands = static_cast<ImportState>(state);
      if (stands == ImportState::kUndoing || stands == ImportState::kUndone) undone.insert(id);
      return absl::OkStatus();
    }));
  }
  return undone;
}

}  // namespace

absl::Status ImportStore::Insert(TenantTxn& txn, const Import& import) const {
  return txn
      .Execute(kInsertImport, {IdBytes(import.id),
                               Text(import.file_name),
                               Text(import.preset),
                               Bytes(import.mapping),
                               static_cast<int64_t>(import.policy),
                               import.size_bytes,
                               Text(import.content_sha256),
                               static_cast<int64_t>(import.state),
                               import.uploaded_bytes,
                               import.row_count,
                               import.validated_rows,
                               import.committed_rows,
                               import.undone_rows,
                               Encode(import.validated),
                               Encode(import.committed),
                               Encode(import.undone),
                               import.findings_left_out,
                               import.version,
                               base::ToMicros(import.created_at),
                               base::ToMicros(import.updated_at)})
      .status();
}

absl::Status ImportStore::Update(TenantTxn& txn, const Import& import) const {
  return txn
      .Execute(kUpdateImport,
               {static_cast<int64_t>(import.state), import.uploaded_bytes, import.row_count,
                import.validated_rows, import.committed_rows, import.undone_rows,
                Encode(import.validated), Encode(import.committed), Encode(import.undone),
                import.findings_left_out, import.version, base::ToMicros(import.updated_at),
                IdBytes(import.id)})
      .status();
}

absl::StatusOr<std::optional<Import>> ImportStore::Find(TenantReader& reader,
                                                        const ImportId& id) const {
  return reader.FindOne<Import>(kFindImport, {IdBytes(id)}, ToImport);
}

absl::StatusOr<std::optional<Import>> ImportStore::Lock(TenantTxn& txn, const ImportId& id) const {
  return txn.FindOne<Import>(kLockImport, {IdBytes(id)}, ToImport);
}

absl::StatusOr<std::vector<Import>> ImportStore::List(TenantReader& reader,
                                                      const std::optional<ImportId>& before,
                                                      int64_t limit) const {
  const std::string last = before.has_value() ? before->ToBytes() : std::string(kIdBytes, '\xFF');
  return reader.SelectAll<Import>(kListImports, {Bytes(last), limit}, ToImport);
}

absl::Status ImportStore::InsertPart(TenantTxn& txn, const ImportId& id,
                                     const ImportPart& part) const {
  return txn
      .Execute(kInsertPart, {IdBytes(id), part.byte_offset,
                             static_cast<int64_t>(part.content.size()), Bytes(part.content)})
      .status();
}

absl::StatusOr<std::optional<ImportPart>> ImportStore::FindPart(TenantReader& reader,
                                                                const ImportId& id,
                                                                int64_t byte_offset) const {
  return reader.FindOne<ImportPart>(kFindPart, {IdBytes(id), byte_offset}, ToPart);
}

absl::StatusOr<std::optional<ImportPart>> ImportStore::FindPartHolding(TenantReader& reader,
                                                                       const ImportId& id,
                                                                       int64_t byte_offset) const {
  ASSIGN_OR_RETURN(
      std::optional<ImportPart> part,
      reader.FindOne<ImportPart>(kFindPartHolding, {IdBytes(id), byte_offset}, ToPart));
  if (part.has_value() &&
      part->byte_offset + static_cast<int64_t>(part->content.size()) <= byte_offset) {
    part.reset();
  }
  return part;
}

absl::Status ImportStore::PutBlock(TenantTxn& txn, const ImportId& id,
                                   const ImportBlock& block) const {
  return txn
      .Execute(kPutBlock, {IdBytes(id), block.first_row, block.row_count, block.line,
                           block.byte_offset, Encode(block.validated), Encode(block.committed),
                           Encode(block.undone), block.findings_left_out})
      .status();
}

absl::StatusOr<std::vector<ImportBlock>> ImportStore::ListBlocks(TenantReader& reader,
                                                                 const ImportId& id) const {
  return reader.SelectAll<ImportBlock>(kListBlocks, {IdBytes(id)}, ToBlock);
}

absl::StatusOr<int64_t> ImportStore::ReplaceFindings(
    TenantTxn& txn, const ImportId& id, const ImportBlock& block, FindingKinds kinds,
    absl::Span<const ImportFinding> findings) const {
  RETURN_IF_ERROR(txn.Execute(kDeleteFindings,
                              {IdBytes(id), block.first_row, block.first_row + block.row_count,
                               static_cast<int64_t>(kinds.first), static_cast<int64_t>(kinds.last)})
                      .status());
  const auto to_count = [](const Row& row) { return row.Int64(0); };
  ASSIGN_OR_RETURN(const std::optional<int64_t> held,
                   txn.FindOne<int64_t>(kCountFindings, {IdBytes(id)}, to_count));
  const int64_t found = static_cast<int64_t>(findings.size());
  const int64_t room = std::max<int64_t>(0, kFindingsMax - held.value_or(0));
  const int64_t kept = std::min(found, room);
  std::vector<std::vector<Value>> rows;
  rows.reserve(static_cast<size_t>(kept));
  for (const ImportFinding& finding : findings.first(static_cast<size_t>(kept))) {
    rows.push_back({IdBytes(id), finding.row, static_cast<int64_t>(finding.kind), finding.ordinal,
                    finding.line, Text(finding.column), Text(finding.value), Text(finding.reason),
                    Text(finding.message)});
  }
  if (!rows.empty()) RETURN_IF_ERROR(txn.InsertMany(kInsertFindings, rows));
  return found - kept;
}

absl::StatusOr<std::vector<ImportFinding>> ImportStore::ListFindings(TenantReader& reader,
                                                                     const ImportId& id,
                                                                     const FindingKey& after,
                                                                     int64_t limit) const {
  return reader.SelectAll<ImportFinding>(
      kListFindings,
      {IdBytes(id), after.row, after.row, after.kind, after.kind, after.ordinal, limit}, ToFinding);
}

absl::StatusOr<std::vector<HeldRevision>> ImportStore::FindHeld(
    TenantReader& reader, absl::Span<const FactId> facts) const {
  std::vector<HeldRevision> held;
  const size_t batch = kFindHeld.back().length;
  for (size_t from = 0; from < facts.size(); from += batch) {
    std::vector<Value> ids;
    for (const FactId& id : facts.subspan(from, batch)) ids.emplace_back(Bytes(id.ToBytes()));
    ASSIGN_OR_RETURN(ListBinds binds, FillList(kFindHeld, std::move(ids)));
    ASSIGN_OR_RETURN(std::vector<HeldRevision> some,
                     reader.SelectAll<HeldRevision>(binds.query, binds.values, ToHeld));
    held.insert(held.end(), std::make_move_iterator(some.begin()),
                std::make_move_iterator(some.end()));
  }
  return held;
}

absl::StatusOr<absl::flat_hash_set<ImportId>> ImportStore::FindUndone(
    TenantReader& reader, absl::Span<const ImportId> imports) const {
  return SelectUndone(kFindStates, reader, imports);
}

absl::StatusOr<absl::flat_hash_set<ImportId>> ImportStore::LockUndone(
    TenantTxn& txn, absl::Span<const ImportId> imports) const {
  return SelectUndone(kLockStates, txn, imports);
}

}  // namespace argosy::metrics
