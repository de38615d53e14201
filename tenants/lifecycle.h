// The states and kinds of a tenant, and the texts they are stored as.
#ifndef ARGOSY_TENANTS_LIFECYCLE_H_
#define ARGOSY_TENANTS_LIFECYCLE_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace argosy::tenants {

// Numbered as argosy.tenancy.v1.Tenant.State.
enum class TenantState : uint8_t {
  kOnboarding = 1,  // being filled from its blueprint
  kActive = 2,
  kSuspended = 3,  // nothing of it can be called
};

// Numbered as argosy.tenancy.v1.Tenant.Kind.
enum class TenantKind : uint8_t {
  kCompany = 1,
  kPlatform = 2,
};

// "ONBOARDING", "ACTIVE", "SUSPENDED" and "COMPANY", "PLATFORM": the texts stored.
absl::string_view TenantStateName(TenantState state);
std::optional<TenantState> FindTenantState(absl::string_view name);
absl::string_view TenantKindName(TenantKind kind);
std::optional<TenantKind> FindTenantKind(absl::string_view name);

}  // namespace argosy::tenants

#endif  // ARGOSY_TENANTS_LIFECYCLE_H_
