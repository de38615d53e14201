#include "base/status_macros.h"
#include "services/tenancy/domain/errors.h"
#include "services/tenancy/service/api_token_service.h"
#include "services/tenancy/service/convert.h"
#include "services/tenancy/store/global_access.h"

namespace argosy::tenancy {

absl::StatusOr<v1::ApiToken> ApiTokenService::RevokeApiToken(
    const tenants::RequestContext& ctx, const v1::RevokeApiTokenRequest& request) {
  ASSIGN_OR_RETURN(const ApiTokenId id, ParseApiTokenName(request.name()));
  auto reply = with_.db.Mutate<v1::ApiToken>(
      ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::ApiToken> {
        tenants::GlobalTxn global = GlobalAccess::On(txn);
        ASSIGN_OR_RETURN(Tenant tenant, with_.tenants.LockByUid(global, ctx.tenant().tenant_uid()));
        ASSIGN_OR_RETURN(const auto current, with_.tokens.Find(txn, id));
        if (!current) return ResourceMissing("argosy.dev/ApiToken", ApiTokenName(tenant.id, id));
        const ApiToken next = Revoke(*current, ctx.now());
        if (next != *current) {
          RETURN_IF_ERROR(with_.tokens.Revoke(txn, next));
          // Access tokens name a membership, not the API token they were exchanged for, so all of
          // the tenant's are ended; the others are exchanged anew.
          ++tenant.epoch;
          RETURN_IF_ERROR(with_.tenants.Update(global, tenant, tenant.version));
        }
        txn.Note("api_token", id.ToString());
        return ToProto(tenant.id, next);
      });
  with_.directory.Forget();
  return reply;
}

}  // namespace argosy::tenancy
