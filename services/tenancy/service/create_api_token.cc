#include <optional>

#include "base/fault.h"
#include "base/status_macros.h"
#include "services/tenancy/domain/errors.h"
#include "services/tenancy/service/api_token_service.h"
#include "services/tenancy/service/convert.h"
#include "services/tenancy/store/global_access.h"

namespace argosy::tenancy {

absl::Status CheckForm(const TokenForm& form) {
  if (form.pepper.size() < kPepperBytesMin) {
    return base::FieldInvalid("token_pepper", "must have at least 32 bytes");
  }
  return CheckEnvironment(form.environment);
}

absl::StatusOr<v1::ApiToken> ApiTokenService::CreateApiToken(
    const tenants::RequestContext& ctx, const v1::CreateApiTokenRequest& request) {
  ApiToken token{.id = ApiTokenId(with_.ids.NewUuid(ctx.now())),
                 .display_name = request.api_token().display_name(),
                 .create_time = ctx.now()};
  ASSIGN_OR_RETURN(token.membership, ParseMembershipName(request.api_token().membership()));
  ASSIGN_OR_RETURN(const std::optional<absl::Time> asked,
                   ParseExpiry(request.api_token(), ctx.now()));
  ASSIGN_OR_RETURN(token.expire_time, DecideExpiry(asked, ctx.now()));
  const std::string value =
      FormatApiToken(form_.environment, token.id, with_.entropy.Bytes(kTokenSecretBytes));
  const base::TenantId& tenant = ctx.tenant().tenant_id();
  return with_.db.Mutate<v1::ApiToken>(
      ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::ApiToken> {
        ASSIGN_OR_RETURN(const auto membership, with_.memberships.Find(txn, token.membership));
        if (!membership) {
          return ResourceMissing("argosy.dev/Membership", MembershipName(tenant, token.membership));
        }
        tenants::GlobalTxn global = GlobalAccess::On(txn);
        RETURN_IF_ERROR(with_.tokens.Insert(txn, token));
        RETURN_IF_ERROR(with_.tokens.InsertLookup(global, ctx.tenant().tenant_uid(), token,
                                                  TokenDigest(form_.pepper, value)));
        txn.Note("api_token", token.id.ToString());
        txn.Note("membership", token.membership.ToString());
        v1::ApiToken reply = ToProto(tenant, token);
        reply.set_value(value);
        return reply;
      });
}

}  // namespace argosy::tenancy
