#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/bytes.h"
#include "base/page_token.h"
#include "base/status_macros.h"
#include "services/metrics/service/import_convert.h"
#include "services/metrics/service/import_service.h"
#include "services/metrics/service/names.h"

namespace argosy::metrics {
namespace {

constexpr uint8_t kKeyVersion = 1;

std::string EncodeKey(const ImportFinding& finding) {
  return base::ByteWriter(kKeyVersion)
      .Int(finding.row)
      .Int(static_cast<int64_t>(finding.kind))
      .Int(finding.ordinal)
      .bytes();
}

absl::StatusOr<FindingKey> DecodeKey(absl::string_view bytes) {
  FindingKey key;
  if (bytes.empty()) return key;
  ASSIGN_OR_RETURN(base::ByteReader reader, base::ByteReader::Open(bytes, kKeyVersion));
  ASSIGN_OR_RETURN(key.row, reader.Int());
  ASSIGN_OR_RETURN(key.kind, reader.Int());
  ASSIGN_OR_RETURN(key.ordinal, reader.Int());
  return key;
}

// A page of findings, and the import they are of.
struct FindingPage {
  Import import;
  std::vector<ImportFinding> findings;
};

}  // namespace

absl::StatusOr<v1::Import> ImportService::GetImport(const tenants::RequestContext& ctx,
                                                    const v1::GetImportRequest& request) {
  ASSIGN_OR_RETURN(const ImportId id, ParseImportName(request.name(), "name"));
  ASSIGN_OR_RETURN(const Import import,
                   with_.db.Read<Import>(
                       ctx, [&](tenants::TenantReader& reader) { return Get(ctx, reader, id); }));
  return ToProto(ctx.tenant().tenant_id(), import);
}

absl::StatusOr<v1::ListImportsResponse> ImportService::ListImports(
    const tenants::RequestContext& ctx, const v1::ListImportsRequest& request) {
  ASSIGN_OR_RETURN(const int32_t size,
                   base::PageSize(request.page_size(), kImportsDefault, kImportsMax));
  const base::PageScope scope = PageScopeOf(ctx, "");
  ASSIGN_OR_RETURN(const std::string key, with_.pages.Open(scope, request.page_token()));
  std::optional<ImportId> before;
  if (!key.empty()) {
    ASSIGN_OR_RETURN(before, ImportId::Parse(key));
  }
  ASSIGN_OR_RETURN(std::vector<Import> imports,
                   with_.db.Read<std::vector<Import>>(ctx, [&](tenants::TenantReader& reader) {
                     return imports_.List(reader, before, size + 1);
                   }));
  v1::ListImportsResponse response;
  if (imports.size() > static_cast<size_t>(size)) {
    imports.pop_back();
    response.set_next_page_token(with_.pages.Seal(scope, imports.back().id.ToString()));
  }
  for (const Import& import : imports) {
    *response.add_imports() = ToProto(ctx.tenant().tenant_id(), import);
  }
  return response;
}

absl::StatusOr<v1::ListImportErrorsResponse> ImportService::ListImportErrors(
    const tenants::RequestContext& ctx, const v1::ListImportErrorsRequest& request) {
  ASSIGN_OR_RETURN(const ImportId id, ParseImportName(request.parent(), "parent"));
  ASSIGN_OR_RETURN(const int32_t size,
                   base::PageSize(request.page_size(), kErrorsDefault, kErrorsMax));
  const base::PageScope scope = PageScopeOf(ctx, id.ToBytes());
  ASSIGN_OR_RETURN(const std::string sealed, with_.pages.Open(scope, request.page_token()));
  ASSIGN_OR_RETURN(const FindingKey after, DecodeKey(sealed));
  ASSIGN_OR_RETURN(FindingPage page,
                   with_.db.Read<FindingPage>(
                       ctx, [&](tenants::TenantReader& reader) -> absl::StatusOr<FindingPage> {
                         FindingPage read;
                         ASSIGN_OR_RETURN(read.import, Get(ctx, reader, id));
                         ASSIGN_OR_RETURN(read.findings,
                                          imports_.ListFindings(reader, id, after, size + 1));
                         return read;
                       }));
  v1::ListImportErrorsResponse response;
  response.set_errors_left_out(page.import.findings_left_out);
  if (page.findings.size() > static_cast<size_t>(size)) {
    page.findings.pop_back();
    response.set_next_page_token(with_.pages.Seal(scope, EncodeKey(page.findings.back())));
  }
  for (const ImportFinding& finding : page.findings) *response.add_errors() = ToProto(finding);
  return response;
}

}  // namespace argosy::metrics
