#include "services/tenancy/domain/access_grant.h"

#include "absl/strings/str_cat.h"
#include "services/tenancy/domain/errors.h"
#include "services/tenancy/domain/signing_key.h"

namespace argosy::tenancy {

absl::StatusOr<AccessGrant> GrantOwnTenant(const Tenant& tenant, const Membership& actor,
                                           absl::Time now) {
  if (tenant.state == TenantState::kSuspended) return TenantSuspended(tenant.name());
  return AccessGrant{.tenant = tenant,
                     .actor = actor,
                     .role = actor.role,
                     .expire_time = now + kAccessTokenLifetime};
}

absl::StatusOr<AccessGrant> GrantOnboarding(const Tenant& own, const Membership& actor,
                                            const base::TenantId& asked_id,
                                            const std::optional<Tenant>& asked, absl::Time now) {
  const bool operates = own.kind == TenantKind::kPlatform && own.state == TenantState::kActive &&
                        actor.role == AccessRole::kPlatformOperator;
  const bool open = asked && asked->kind == TenantKind::kCompany &&
                    asked->state == TenantState::kOnboarding && asked->created_by == actor.id;
  if (!operates || !open) return TenantDenied(absl::StrCat("tenants/", asked_id.text()));
  return AccessGrant{.tenant = *asked,
                     .actor = actor,
                     .role = AccessRole::kOwner,
                     .onboarding = true,
                     .expire_time = now + kAccessTokenLifetime};
}

}  // namespace argosy::tenancy
