#include <optional>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "base/crypto.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "services/metrics/domain/import_errors.h"
#include "services/metrics/service/import_service.h"
#include "services/metrics/service/names.h"

namespace argosy::metrics {

absl::StatusOr<v1::UploadImportPartResponse> ImportService::UploadImportPart(
    const tenants::RequestContext& ctx, const v1::UploadImportPartRequest& request) {
  ASSIGN_OR_RETURN(const ImportId id, ParseImportName(request.name(), "name"));
  const ImportPart part{.byte_offset = request.offset(), .content = request.content()};
  return with_.db.Ingest<v1::UploadImportPartResponse>(
      ctx, [&](tenants::TenantTxn& txn) { return Upload(ctx, txn, id, part); });
}

absl::StatusOr<v1::UploadImportPartResponse> ImportService::Upload(
    const tenants::RequestContext& ctx, tenants::TenantTxn& txn, const ImportId& id,
    const ImportPart& part) const {
  ASSIGN_OR_RETURN(Import import, Lock(ctx, txn, id));
  const auto size = static_cast<int64_t>(part.content.size());
  ASSIGN_OR_RETURN(const StepDecision decision, DecideUpload(import, part.byte_offset, size));
  if (decision == StepDecision::kDone) {
    ASSIGN_OR_RETURN(const auto held, imports_.FindPart(txn, id, part.byte_offset));
    if (!held.has_value() || held->content != part.content) {
      return ImportPartConflict(part.byte_offset);
    }
  } else {
    RETURN_IF_ERROR(imports_.InsertPart(txn, id, part));
    import = AfterUpload(std::move(import), size);
    if (import.complete()) RETURN_IF_ERROR(CheckContent(txn, import));
    RETURN_IF_ERROR(Save(ctx, txn, import));
  }
  txn.Note("offset", part.byte_offset);
  txn.Note("bytes", size);
  v1::UploadImportPartResponse response;
  response.set_next_offset(import.uploaded_bytes);
  response.set_complete(import.complete());
  return response;
}

absl::Status ImportService::CheckContent(tenants::TenantReader& reader,
                                         const Import& import) const {
  if (import.content_sha256.empty()) return absl::OkStatus();
  base::Sha256Stream sha;
  for (int64_t offset = 0; offset < import.size_bytes;) {
    ASSIGN_OR_RETURN(const auto part, imports_.FindPartHolding(reader, import.id, offset));
    if (!part.has_value()) return base::Internal("a part of an import is missing");
    sha.Update(part->content);
    offset += static_cast<int64_t>(part->content.size());
  }
  if (absl::BytesToHexString(sha.Finish()) != import.content_sha256) {
    return ImportContentMismatch();
  }
  return absl::OkStatus();
}

}  // namespace argosy::metrics
