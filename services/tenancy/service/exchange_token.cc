#include <optional>

#include "absl/strings/str_cat.h"
#include "base/access_token.h"
#include "base/crypto.h"
#include "base/status_macros.h"
#include "services/tenancy/domain/errors.h"
#include "services/tenancy/service/access_service.h"
#include "services/tenancy/service/convert.h"
#include "tenants/access.h"

namespace argosy::tenancy {
namespace {

// What one snapshot tells of the request.
struct Lookup {
  std::optional<Credential> credential;
  std::optional<Tenant> own;
  std::optional<Tenant> asked;
};

absl::string_view RoleClaim(AccessRole role) {
  switch (role) {
    case AccessRole::kOwner:
      return tenants::AccessRoleName(tenants::AccessRole::kOwner);
    case AccessRole::kMember:
      return tenants::AccessRoleName(tenants::AccessRole::kMember);
    case AccessRole::kPlatformOperator:
      return tenants::AccessRoleName(tenants::AccessRole::kPlatformOperator);
  }
  return "";
}

// An operator is no member of the tenant it onboards, and its actor says so.
std::string ActorOf(const AccessGrant& grant) {
  return absl::StrCat(grant.onboarding ? "operators/" : "memberships/", grant.actor.id.ToString());
}

base::AccessClaims ClaimsOf(const AccessGrant& grant, const TokenStamp& stamp) {
  base::AccessClaims claims{.issuer = stamp.issuer,
                            .audience = stamp.audience,
                            .actor = ActorOf(grant),
                            .tenant_uid = grant.tenant.uid,
                            .tenant_id = grant.tenant.id,
                            .access_role = std::string(RoleClaim(grant.role)),
                            .epoch = grant.tenant.epoch};
  if (!grant.onboarding) claims.member_id = grant.actor.member;
  // Claims hold whole seconds; the beginning moves with the end, so that the lifetime stays whole.
  claims.expires_at = absl::FromUnixSeconds(absl::ToUnixSeconds(grant.expire_time));
  claims.issued_at = claims.expires_at - kAccessTokenLifetime;
  claims.not_before = claims.issued_at;
  return claims;
}

}  // namespace

absl::StatusOr<v1::ExchangeTokenResponse> AccessService::ExchangeToken(
    const tenants::RequestContext& ctx, const v1::ExchangeTokenRequest& request) {
  ASSIGN_OR_RETURN(const AccessGrant grant, Grant(ctx, request));
  if (grant.onboarding) RETURN_IF_ERROR(Record(ctx, grant));
  const base::AccessClaims claims = ClaimsOf(grant, stamp_);
  v1::ExchangeTokenResponse response;
  ASSIGN_OR_RETURN(*response.mutable_access_token(),
                   keys_.Sign(base::EncodeAccessClaims(claims), ctx.now(), ctx.deadline()));
  *response.mutable_expire_time() = ToProto(claims.expires_at);
  response.set_tenant(grant.tenant.name());
  if (!grant.onboarding) response.set_membership(MembershipName(grant.tenant.id, grant.actor.id));
  response.set_access_role(ToProto(grant.role));
  return response;
}

absl::StatusOr<AccessGrant> AccessService::Grant(const tenants::RequestContext& ctx,
                                                 const v1::ExchangeTokenRequest& request) {
  ASSIGN_OR_RETURN(const ApiTokenId id, ReadApiToken(form_.environment, request.api_token()));
  std::optional<base::TenantId> asked;
  if (!request.tenant().empty()) {
    ASSIGN_OR_RETURN(asked, ParseTenantName(request.tenant()));
  }
  ASSIGN_OR_RETURN(const Lookup lookup,
                   with_.global.Read<Lookup>(
                       ctx.deadline(), [&](tenants::GlobalTxn& txn) -> absl::StatusOr<Lookup> {
                         Lookup found;
                         ASSIGN_OR_RETURN(found.credential, with_.tokens.FindCredential(txn, id));
                         if (!found.credential) return found;
                         ASSIGN_OR_RETURN(found.own,
                                          with_.tenants.GetByUid(txn, found.credential->tenant));
                         if (asked) {
                           ASSIGN_OR_RETURN(found.asked, with_.tenants.FindById(txn, *asked));
                         }
                         return found;
                       }));
  const std::string digest = TokenDigest(form_.pepper, request.api_token());
  if (!lookup.credential || !base::ConstantTimeEquals(digest, lookup.credential->digest)) {
    return CredentialInvalid();
  }
  RETURN_IF_ERROR(CheckUsable(lookup.credential->token, ctx.now()));
  const Membership& actor = lookup.credential->actor;
  if (asked && *asked != lookup.own->id) {
    return GrantOnboarding(*lookup.own, actor, *asked, lookup.asked, ctx.now());
  }
  return GrantOwnTenant(*lookup.own, actor, ctx.now());
}

absl::Status AccessService::Record(const tenants::RequestContext& ctx, const AccessGrant& grant) {
  const tenants::AuditEntry entry{
      .recorded_at_us = base::ToMicros(ctx.now()),
      .actor = absl::StrCat("tenants/", kPlatformId, "/memberships/", grant.actor.id.ToString()),
      .method = ctx.method(),
      .resource = grant.tenant.name(),
      .call_id = ctx.call_id(),
      .trace_id = ctx.trace_id(),
      .notes = {{"granted", "owner"}}};
  return with_.global
      .Write<bool>(ctx.deadline(),
                   [&](tenants::GlobalTxn& txn) -> absl::StatusOr<bool> {
                     RETURN_IF_ERROR(txn.AppendAudit(grant.tenant.uid, entry));
                     return true;
                   })
      .status();
}

}  // namespace argosy::tenancy
