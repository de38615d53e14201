// Imports: files that become facts in steps the client drives.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_IMPORT_SERVICE_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_IMPORT_SERVICE_H_

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "argosy/metrics/v1/import_service.pb.h"
#include "services/metrics/domain/import.h"
#include "services/metrics/domain/import_block.h"
#include "services/metrics/domain/import_plan.h"
#include "services/metrics/domain/row_mapper.h"
#include "services/metrics/service/collaborators.h"
#include "services/metrics/service/fact_ingest.h"
#include "services/metrics/service/import_rows.h"
#include "services/metrics/store/import_store.h"
#include "tenants/request_context.h"

namespace argosy::metrics {

// The verbs of argosy.metrics.v1.ImportService, whose contract says what each refuses. Every step
// holds its import locked, so two clients that drive one import take turns. Thread-safe.
class ImportService {
 public:
  // Rows of a page when the client does not say, and at most.
  static constexpr int32_t kImportsDefault = 50;
  static constexpr int32_t kImportsMax = 500;
  static constexpr int32_t kErrorsDefault = 100;
  static constexpr int32_t kErrorsMax = 1000;  // of at most 2 KiB

  explicit ImportService(const Collaborators& with) : with_(with), ingest_(with) {}

  absl::StatusOr<v1::Import> CreateImport(const tenants::RequestContext& ctx,
                                          const v1::CreateImportRequest& request);
  absl::StatusOr<v1::UploadImportPartResponse> UploadImportPart(
      const tenants::RequestContext& ctx, const v1::UploadImportPartRequest& request);
  absl::StatusOr<v1::ValidateImportResponse> ValidateImport(
      const tenants::RequestContext& ctx, const v1::ValidateImportRequest& request);
  absl::StatusOr<v1::CommitImportResponse> CommitImport(const tenants::RequestContext& ctx,
                                                        const v1::CommitImportRequest& request);
  absl::StatusOr<v1::UndoImportResponse> UndoImport(const tenants::RequestContext& ctx,
                                                    const v1::UndoImportRequest& request);
  absl::StatusOr<v1::Import> GetImport(const tenants::RequestContext& ctx,
                                       const v1::GetImportRequest& request);
  absl::StatusOr<v1::ListImportsResponse> ListImports(const tenants::RequestContext& ctx,
                                                      const v1::ListImportsRequest& request);
  absl::StatusOr<v1::ListImportErrorsResponse> ListImportErrors(
      const tenants::RequestContext& ctx, const v1::ListImportErrorsRequest& request);

 private:
  // The rows of a file from some block on, with the mapping that reads them.
  struct OpenFile {
    RowMapper mapper;
    ImportRows rows;
  };

  // NOT_FOUND / RESOURCE_NOT_FOUND when absent.
  absl::StatusOr<Import> Lock(const tenants::RequestContext& ctx, tenants::TenantTxn& txn,
                              const ImportId& id) const;
  absl::StatusOr<Import> Get(const tenants::RequestContext& ctx, tenants::TenantReader& reader,
                             const ImportId& id) const;
  // Stores `next` as the following version.
  absl::Status Save(const tenants::RequestContext& ctx, tenants::TenantTxn& txn, Import next) const;

  // The file from `begin` on, or from its first row without one.
  absl::StatusOr<OpenFile> OpenAt(tenants::TenantReader& reader, const Import& import,
                                  const std::optional<CsvPosition>& begin) const;
  // Up to kBlockRows rows, mapped; the facts of a row that has any are checked and hashed.
  absl::StatusOr<std::vector<MappedRow>> ReadBlock(const tenants::RequestContext& ctx,
                                                   tenants::TenantReader& reader, OpenFile& file,
                                                   ImportBlock& block) const;
  absl::Status PrepareRows(const tenants::RequestContext& ctx, tenants::TenantReader& reader,
                           std::vector<MappedRow>& rows) const;
  absl::StatusOr<std::vector<HeldRevision>> FindHeld(tenants::TenantReader& reader,
                                                     absl::Span<const MappedRow> rows) const;
  // Records `facts`, which are judged, as the import's.
  absl::Status Send(tenants::TenantTxn& txn, const ImportId& id,
                    absl::Span<const PreparedFact> facts) const;
  // The revisions that `reversals` say, with their content.
  absl::StatusOr<std::vector<PreparedFact>> RevisionsOf(tenants::TenantReader& reader,
                                                        absl::Span<const Reversal> reversals) const;
  // Records `reversals` and withdraws the progress of the import's batches `withdrawn`. What was
  // accepted once is held again whatever the rules say of it today.
  absl::Status TakeBack(tenants::TenantTxn& txn, const ImportId& id,
                        absl::Span<const Reversal> reversals,
                        absl::Span<const BatchId> withdrawn) const;

  // Whom the rows of the call's import may name without a note; nothing when that is not known, as
  // its caller may not see every member. To be asked before the transaction begins.
  absl::StatusOr<std::optional<MemberSet>> ReadMembers(const tenants::RequestContext& ctx) const;

  absl::StatusOr<v1::UploadImportPartResponse> Upload(const tenants::RequestContext& ctx,
                                                      tenants::TenantTxn& txn, const ImportId& id,
                                                      const ImportPart& part) const;
  // IMPORT_CONTENT_MISMATCH unless the file has the digest announced for it.
  absl::Status CheckContent(tenants::TenantReader& reader, const Import& import) const;
  absl::StatusOr<v1::ValidateImportResponse> Validate(
      const tenants::RequestContext& ctx, tenants::TenantTxn& txn, const ImportId& id,
      int64_t offset, const std::optional<MemberSet>& members) const;
  absl::StatusOr<v1::CommitImportResponse> Commit(const tenants::RequestContext& ctx,
                                                  tenants::TenantTxn& txn, const ImportId& id,
                                                  int64_t offset,
                                                  const std::optional<MemberSet>& members) const;
  absl::StatusOr<v1::UndoImportResponse> Undo(const tenants::RequestContext& ctx,
                                              tenants::TenantTxn& txn, const ImportId& id,
                                              int64_t offset) const;

  Collaborators with_;
  FactIngest ingest_;
  ImportStore imports_;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_IMPORT_SERVICE_H_
