#include "tenants/lifecycle.h"

namespace argosy::tenants {

absl::string_view TenantStateName(TenantState state) {
  switch (state) {
    case TenantState::kOnboarding:
      return "ONBOARDING";
    case TenantState::kActive:
      return "ACTIVE";
    case TenantState::kSuspended:
      return "SUSPENDED";
  }
  return "";
}

std::optional<TenantState> FindTenantState(absl::string_view name) {
  for (const TenantState state :
       {TenantState::kOnboarding, TenantState::kActive, TenantState::kSuspended}) {
    if (TenantStateName(state) == name) return state;
  }
  return std::nullopt;
}

absl::string_view TenantKindName(TenantKind kind) {
  switch (kind) {
    case TenantKind::kCompany:
      return "COMPANY";
    case TenantKind::kPlatform:
      return "PLATFORM";
  }
  return "";
}

std::optional<TenantKind> FindTenantKind(absl::string_view name) {
  for (const TenantKind kind : {TenantKind::kCompany, TenantKind::kPlatform}) {
    if (TenantKindName(kind) == name) return kind;
  }
  return std::nullopt;
}

}  // namespace argosy::tenants
