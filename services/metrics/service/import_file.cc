#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "services/metrics/domain/errors.h"
#include "services/metrics/domain/import_errors.h"
#include "services/metrics/service/import_convert.h"
#include "services/metrics/service/import_service.h"
#include "services/metrics/service/names.h"
#include "tenants/access.h"

namespace argosy::metrics {

absl::StatusOr<Import> ImportService::Lock(const tenants::RequestContext& ctx,
                                           tenants::TenantTxn& txn, const ImportId& id) const {
  ASSIGN_OR_RETURN(std::optional<Import> import, imports_.Lock(txn, id));
  if (import.has_value()) return *std::move(import);
  return NounNotFound("argosy.dev/Import", ImportName(ctx.tenant().tenant_id(), id));
}

absl::StatusOr<Import> ImportService::Get(const tenants::RequestContext& ctx,
                                          tenants::TenantReader& reader, const ImportId& id) const {
  ASSIGN_OR_RETURN(std::optional<Import> import, imports_.Find(reader, id));
  if (import.has_value()) return *std::move(import);
  return NounNotFound("argosy.dev/Import", ImportName(ctx.tenant().tenant_id(), id));
}

absl::Status ImportService::Save(const tenants::RequestContext& ctx, tenants::TenantTxn& txn,
                                 Import next) const {
  ++next.version;
  next.updated_at = ctx.now();
  return imports_.Update(txn, next);
}

absl::StatusOr<std::optional<MemberSet>> ImportService::ReadMembers(
    const tenants::RequestContext& ctx) const {
  constexpr auto kSees = tenants::Permission::kTeamsRead;
  const tenants::TenantContext& tenant = ctx.tenant();
  if (!tenant.Has(kSees) || tenant.ReachFor(kSees) != tenants::Reach::kWholeTenant) {
    return std::optional<MemberSet>();
  }
  return with_.people.ListMembers(ctx);
}

absl::StatusOr<ImportService::OpenFile> ImportService::OpenAt(
    tenants::TenantReader& reader, const Import& import,
    const std::optional<CsvPosition>& begin) const {
  v1::ImportMapping stored;
  if (!stored.ParseFromString(import.mapping)) {
    return base::Internal("a stored mapping cannot be parsed");
  }
  ASSIGN_OR_RETURN(ImportMapping mapping, ParseMapping(stored));
  const char delimiter = mapping.delimiter;
  ASSIGN_OR_RETURN(ImportRows rows,
                   ImportRows::Open(imports_, reader, import.id, delimiter, CsvPosition{}));
  ASSIGN_OR_RETURN(const std::optional<CsvRow> header, rows.Next());
  if (!header.has_value()) return CsvHeaderMissing();
  std::vector<std::string> columns = header->cells;
  for (std::string& column : columns) column = std::string(absl::StripAsciiWhitespace(column));
  ASSIGN_OR_RETURN(RowMapper mapper, RowMapper::Make(std::move(mapping), columns));
  if (begin.has_value()) {
    ASSIGN_OR_RETURN(rows, ImportRows::Open(imports_, reader, import.id, delimiter, *begin));
  }
  return OpenFile{.mapper = std::move(mapper), .rows = std::move(rows)};
}

absl::StatusOr<std::vector<MappedRow>> ImportService::ReadBlock(const tenants::RequestContext& ctx,
                                                                tenants::TenantReader& reader,
                                                                OpenFile& file,
                                                                ImportBlock& block) const {
  std::vector<MappedRow> rows;
  while (static_cast<int64_t>(rows.size()) < kBlockRows) {
    ASSIGN_OR_RETURN(const std::optional<CsvRow> row, file.rows.Next());
    if (!row.has_value()) break;
    if (rows.empty()) {
      block.line = row->begin.line;
      block.byte_offset = row->begin.byte_offset;
    }
    const int64_t number = block.first_row + static_cast<int64_t>(rows.size());
    if (number >= kImportRowsMax) return CsvTooLarge(row->begin.line, "rows", kImportRowsMax);
    rows.push_back({.row = number,
                    .line = row->begin.line,
                    .cells = row->cells,
                    .outcome = file.mapper.Map(row->cells),
                    .facts = {}});
  }
  block.row_count = static_cast<int64_t>(rows.size());
  RETURN_IF_ERROR(PrepareRows(ctx, reader, rows));
  for (MappedRow& row : rows) TellProblems(file.mapper, row);
  return rows;
}

absl::Status ImportService::PrepareRows(const tenants::RequestContext& ctx,
                                        tenants::TenantReader& reader,
                                        std::vector<MappedRow>& rows) const {
  FactBatch batch;
  std::vector<MappedRow*> owners;
  const auto flush = [&]() -> absl::Status {
    if (batch.facts.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(std::vector<PreparedFact> prepared, ingest_.Prepare(ctx, reader, batch));
    for (size_t i = 0; i < prepared.size(); ++i) {
      owners[i]->facts.push_back(std::move(prepared[i]));
    }
    batch.facts.clear();
    owners.clear();
    return absl::OkStatus();
  };
  for (MappedRow& row : rows) {
    for (const Fact& fact : row.outcome.facts) {
      batch.facts.push_back({.fact = fact, .problem = std::nullopt});
      owners.push_back(&row);
      if (batch.facts.size() == kBatchFactsMax) RETURN_IF_ERROR(flush());
    }
  }
  return flush();
}

absl::StatusOr<std::vector<HeldRevision>> ImportService::FindHeld(
    tenants::TenantReader& reader, absl::Span<const MappedRow> rows) const {
  std::vector<FactId> ids;
  for (const MappedRow& row : rows) {
    for (const PreparedFact& fact : row.facts) {
      if (!fact.id.uuid().is_nil()) ids.push_back(fact.id);
    }
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  if (ids.empty()) return std::vector<HeldRevision>();
  return imports_.FindHeld(reader, ids);
}

absl::Status ImportService::Send(tenants::TenantTxn& txn, const ImportId& id,
                                 absl::Span<const PreparedFact> facts) const {
  if (facts.empty()) return absl::OkStatus();
  txn.Note("accepted", static_cast<int64_t>(facts.size()));
  std::vector<const PreparedFact*> judged;
  judged.reserve(facts.size());
  for (const PreparedFact& fact : facts) judged.push_back(&fact);
  std::vector<JudgedBatch> batches;
  AppendBatches(judged, id, batches);
  return ingest_.Record(txn, std::move(batches)).status();
}

}  // namespace argosy::metrics
