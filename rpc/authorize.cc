#include "rpc/authorize.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "rpc/errors.h"
#include "tenants/lifecycle.h"

namespace argosy::rpc {
namespace {

// The field path of a rule: "team.name".
std::string FieldPath(const Method& method) {
  std::string path;
  for (const auto* field : method.resource_path) {
    absl::StrAppend(&path, path.empty() ? "" : ".", field->name());
  }
  return path;
}

bool RoleBelongs(tenants::AccessRole role, tenants::TenantKind kind) {
  return role != tenants::AccessRole::kPlatformOperator || kind == tenants::TenantKind::kPlatform;
}

}  // namespace

absl::StatusOr<Grant> Authorize(const Caller& caller, const Asked& asked, TenantLookup& tenants,
                                absl::Time deadline) {
  const Method& method = asked.method;
  const bool platform = method.scope == common::v1::SCOPE_PLATFORM;
  if (!platform && asked.resource.empty()) {
    return base::FieldInvalid(FieldPath(method), "is required");
  }
  const auto denied = [&] {
    return PermissionMissing(tenants::PermissionName(method.permission),
                             asked.resource.empty() ? "platform" : asked.resource);
  };
  // The token's own tenant alone is ever looked up: nothing is asked, and no time is spent, on a
  // tenant the caller is not in.
  const base::AccessClaims& claims = caller.claims;
  if (!platform && asked.tenant_id != claims.tenant_id.text()) return denied();
  ASSIGN_OR_RETURN(std::optional<tenants::TenantEntry> entry,
                   tenants.FindById(claims.tenant_id, deadline));
  if (!entry || entry->uid != claims.tenant_uid) return denied();
  if (claims.epoch < entry->epoch) return CredentialInvalid();
  if (platform && entry->kind != tenants::TenantKind::kPlatform) return denied();
  const tenants::PermissionSet permissions = tenants::PermissionsOf(caller.role);
  if (!RoleBelongs(caller.role, entry->kind) || !permissions.Has(method.permission)) {
    return denied();
  }
  if (entry->state == tenants::TenantState::kSuspended) {
    return TenantSuspended(absl::StrCat("tenants/", entry->id.text()));
  }
  return Grant{.tenant = *std::move(entry), .permissions = permissions};
}

}  // namespace argosy::rpc
