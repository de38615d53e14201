// The states of a tenant and the moves between them: pure decisions.
#ifndef ARGOSY_TENANTS_LIFECYCLE_H_
#define ARGOSY_TENANTS_LIFECYCLE_H_

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
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

// ONBOARDING to ACTIVE. FAILED_PRECONDITION / STATE_NOT_ALLOWED from any other state; OWNER_MISSING
// when `owners` is 0.
absl::StatusOr<TenantState> DecideActivate(TenantState state, int64_t owners);
// ACTIVE to SUSPENDED. FAILED_PRECONDITION / STATE_NOT_ALLOWED from any other state.
absl::StatusOr<TenantState> DecideSuspend(TenantState state);
// SUSPENDED to ACTIVE. FAILED_PRECONDITION / STATE_NOT_ALLOWED from any other state.
absl::StatusOr<TenantState> DecideResume(TenantState state);

// OK unless SUSPENDED: FAILED_PRECONDITION / TENANT_SUSPENDED.
absl::Status CheckCallable(TenantState state);

}  // namespace argosy::tenants

#endif  // ARGOSY_TENANTS_LIFECYCLE_H_
