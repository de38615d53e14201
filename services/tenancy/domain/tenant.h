// A tenant and the rules of its life: ONBOARDING -> ACTIVE <-> SUSPENDED.
#ifndef ARGOSY_SERVICES_TENANCY_DOMAIN_TENANT_H_
#define ARGOSY_SERVICES_TENANCY_DOMAIN_TENANT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/ids.h"
#include "base/money.h"

namespace argosy::tenancy {

using MembershipId = base::UuidOf<struct MembershipIdTag>;  // tenants/acme/memberships/{uuid}

enum class TenantKind { kCompany, kPlatform };
enum class TenantState { kOnboarding, kActive, kSuspended };

absl::string_view ToText(TenantKind kind);    // "COMPANY"
absl::string_view ToText(TenantState state);  // "ONBOARDING"
// INTERNAL for a text that ToText does not write: it comes from our own rows alone.
absl::StatusOr<TenantKind> ParseTenantKind(absl::string_view text);
absl::StatusOr<TenantState> ParseTenantState(absl::string_view text);

struct BlueprintRef {
  std::string name;    // "" for the platform
  std::string sha256;  // 64 hex digits, "" for the platform
  friend bool operator==(const BlueprintRef&, const BlueprintRef&) = default;
};

struct TenantSettings {
  static constexpr size_t kDisplayNameCharsMax = 120;

  std::string display_name;
  std::string time_zone;  // IANA
  base::Currency currency;
  friend bool operator==(const TenantSettings&, const TenantSettings&) = default;
};

struct Tenant {
  base::TenantUid uid;
  base::TenantId id;
  TenantKind kind = TenantKind::kCompany;
  TenantState state = TenantState::kOnboarding;
  TenantSettings settings;
  BlueprintRef blueprint;
  // The operator's membership that opened it; nil for the platform.
  MembershipId created_by;
  // Memberships with the role that must never run out: owner, or operator for the platform.
  int64_t owner_count = 0;
  // Raised to make every access token issued before worthless.
  int64_t epoch = 1;
  int64_t version = 1;
  absl::Time create_time;
  absl::Time update_time;

  std::string name() const;  // "tenants/acme"
  std::string etag() const;
  friend bool operator==(const Tenant&, const Tenant&) = default;
};

// What CreateTenant asks for.
struct TenantOpening {
  base::TenantUid uid;
  base::TenantId id;
  TenantSettings settings;
  BlueprintRef blueprint;
  MembershipId created_by;
};

// FIELD_INVALID for an empty or overlong display name; TIME_ZONE_UNKNOWN.
absl::Status CheckSettings(const TenantSettings& settings);

// A company in state ONBOARDING. Fails as CheckSettings does; FIELD_INVALID for the id "platform",
// which is the platform's own.
absl::StatusOr<Tenant> OpenTenant(const TenantOpening& opening, absl::Time now);

// The platform itself: ACTIVE at once, with the one operator that bootstrap gives it.
Tenant OpenPlatform(base::TenantUid uid, absl::Time now);

// Absent fields stay as they are.
struct SettingsChange {
  std::optional<std::string> display_name;
  std::optional<std::string> time_zone;
  std::optional<base::Currency> currency;
};

// ETAG_MISMATCH unless `etag` is empty or current. STATE_NOT_ALLOWED for another zone or currency
// once the tenant is past ONBOARDING.
absl::StatusOr<Tenant> ReviseTenant(const Tenant& current, const SettingsChange& change,
                                    absl::string_view etag, absl::Time now);

// STATE_NOT_ALLOWED unless the tenant is a company in the one state each begins from; ETAG_MISMATCH
// as above. Activation needs an owner: OWNER_MISSING. Activating and suspending raise the epoch:
// the first ends the creator's owner tokens, the second everybody's.
absl::StatusOr<Tenant> ActivateTenant(const Tenant& current, absl::string_view etag,
                                      absl::Time now);
absl::StatusOr<Tenant> SuspendTenant(const Tenant& current, absl::string_view etag, absl::Time now);
absl::StatusOr<Tenant> ResumeTenant(const Tenant& current, absl::string_view etag, absl::Time now);

// The quoted etag of a row: 16 hex digits of SHA-256 over (uid, version).
std::string RowEtag(const base::Uuid& uid, int64_t version);

// The platform's id: one per installation.
inline constexpr absl::string_view kPlatformId = "platform";

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_DOMAIN_TENANT_H_
