// For whom a call is made and by whom: the only source of a tenant key in SQL.
#ifndef ARGOSY_TENANTS_TENANT_CONTEXT_H_
#define ARGOSY_TENANTS_TENANT_CONTEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "base/ids.h"
#include "tenants/access.h"
#include "tenants/lifecycle.h"

namespace argosy::rpc {
class ContextBuilder;
}  // namespace argosy::rpc
namespace argosy::testing {
class ContextForTest;
}  // namespace argosy::testing

namespace argosy::tenants {

// The right to make a context. rpc/context_builder has it, after authentication, and so has the
// test support; nobody else can write one.
class ContextKey {
 private:
  friend class argosy::rpc::ContextBuilder;
  friend class argosy::testing::ContextForTest;
  ContextKey() = default;
};

// What a TenantContext is made of.
struct TenantContextFields {
  base::TenantUid tenant_uid;
  base::TenantId tenant_id;
  TenantKind tenant_kind = TenantKind::kCompany;
  TenantState tenant_state = TenantState::kActive;
  std::string reporting_time_zone;  // IANA name
  std::string reporting_currency;   // ISO 4217 code
  // Who: "memberships/{uuid}", "apiTokens/{id}"; unique within the tenant, printable ASCII, at most
  // 128 characters. It scopes request ids and names the actor in the audit chain.
  std::string actor;
  AccessRole access_role = AccessRole::kUnspecified;
  std::optional<base::MemberId> member_id;
  PermissionSet permissions;
  absl::Time deadline;
};

// Immutable; move-only, so that it cannot outlive its call unnoticed.
class TenantContext {
 public:
  TenantContext(ContextKey /*key*/, TenantContextFields fields) : fields_(std::move(fields)) {}
  TenantContext(TenantContext&&) = default;
  TenantContext& operator=(TenantContext&&) = default;
  TenantContext(const TenantContext&) = delete;
  TenantContext& operator=(const TenantContext&) = delete;

  // The key of every row: never shown, never taken from a request.
  const base::TenantUid& tenant_uid() const { return fields_.tenant_uid; }
  // "acme" of tenants/acme.
  const base::TenantId& tenant_id() const { return fields_.tenant_id; }
  TenantKind tenant_kind() const { return fields_.tenant_kind; }
  TenantState tenant_state() const { return fields_.tenant_state; }
  const std::string& reporting_time_zone() const { return fields_.reporting_time_zone; }
  const std::string& reporting_currency() const { return fields_.reporting_currency; }
  const std::string& actor() const { return fields_.actor; }
  AccessRole access_role() const { return fields_.access_role; }
  // The person at work this actor is, when the membership is linked to one.
  const std::optional<base::MemberId>& member_id() const { return fields_.member_id; }
  bool Has(Permission permission) const { return fields_.permissions.Has(permission); }
  PermissionSet permissions() const { return fields_.permissions; }
  // How far `permission` reaches for this actor: kNone when it is not held.
  Reach ReachFor(Permission permission) const {
    return Has(permission) ? ReachOf(fields_.access_role, permission) : Reach::kNone;
  }
  absl::Time deadline() const { return fields_.deadline; }

 private:
  TenantContextFields fields_;
};

}  // namespace argosy::tenants

#endif  // ARGOSY_TENANTS_TENANT_CONTEXT_H_
