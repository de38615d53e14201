#include "tenants/lifecycle.h"

#include "base/status_macros.h"
#include "tenants/errors.h"

namespace argosy::tenants {
namespace {

absl::Status CheckState(absl::string_view verb, TenantState wanted, TenantState actual) {
  if (wanted == actual) return absl::OkStatus();
  return TenantStateNotAllowed(verb, TenantStateName(wanted), TenantStateName(actual));
}

}  // namespace

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

absl::StatusOr<TenantState> DecideActivate(TenantState state, int64_t owners) {
  RETURN_IF_ERROR(CheckState("activate", TenantState::kOnboarding, state));
  if (owners == 0) return OwnerMissing();
  return TenantState::kActive;
}

absl::StatusOr<TenantState> DecideSuspend(TenantState state) {
  RETURN_IF_ERROR(CheckState("suspend", TenantState::kActive, state));
  return TenantState::kSuspended;
}

absl::StatusOr<TenantState> DecideResume(TenantState state) {
  RETURN_IF_ERROR(CheckState("resume", TenantState::kSuspended, state));
  return TenantState::kActive;
}

absl::Status CheckCallable(TenantState state) {
  return state == TenantState::kSuspended ? TenantSuspended() : absl::OkStatus();
}

}  // namespace argosy::tenants
