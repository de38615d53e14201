#include <optional>
#include <string>
#include <utility>

#include "base/status_macros.h"
#include "services/metrics/service/import_convert.h"
#include "services/metrics/service/import_service.h"
#include "tenants/errors.h"

namespace argosy::metrics {

absl::StatusOr<v1::Import> ImportService::CreateImport(const tenants::RequestContext& ctx,
                                                       const v1::CreateImportRequest& request) {
  ASSIGN_OR_RETURN(Import import, ParseImport(request.import()));
  import.id = ImportId(with_.ids.NewUuid(ctx.now()));
  import.created_at = ctx.now();
  import.updated_at = ctx.now();
  auto reply =
      with_.db.Mutate<v1::Import>(ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::Import> {
        RETURN_IF_ERROR(imports_.Insert(txn, import));
        return ToProto(ctx.tenant().tenant_id(), import);
      });
  const std::optional<std::string> made = tenants::FindNameOfReplyNotStored(reply.status());
  if (!made.has_value()) return reply;
  v1::GetImportRequest again;
  again.set_name(*made);
  return GetImport(ctx, again);
}

}  // namespace argosy::metrics
