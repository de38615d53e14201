#include "services/tenancy/domain/tenant.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/bytes.h"
#include "base/crypto.h"
#include "base/fault.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/tenancy/domain/errors.h"

namespace argosy::tenancy {
namespace {

constexpr uint8_t kEtagVersion = 1;
constexpr size_t kEtagBytes = 8;

size_t CodePoints(absl::string_view utf8) {
  return static_cast<size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

absl::Status CheckEtag(const Tenant& current, absl::string_view etag) {
  if (!etag.empty() && etag != current.etag()) return EtagMismatch(current.name());
  return absl::OkStatus();
}

// The transitions share everything but their ends.
struct Transition {
  TenantState from;
  TenantState to;
  absl::string_view action;
};

absl::StatusOr<Tenant> Move(const Tenant& current, const Transition& transition,
                            absl::string_view etag, absl::Time now) {
  if (current.kind != TenantKind::kCompany || current.state != transition.from) {
    return StateNotAllowed(current.name(), ToText(current.state), transition.action);
  }
  RETURN_IF_ERROR(CheckEtag(current, etag));
  Tenant next = current;
  next.state = transition.to;
  ++next.version;
  next.update_time = now;
  return next;
}

}  // namespace

absl::string_view ToText(TenantKind kind) {
  return kind == TenantKind::kPlatform ? "PLATFORM" : "COMPANY";
}

absl::string_view ToText(TenantState state) {
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

absl::StatusOr<TenantKind> ParseTenantKind(absl::string_view text) {
  for (const TenantKind kind : {TenantKind::kCompany, TenantKind::kPlatform}) {
    if (text == ToText(kind)) return kind;
  }
  return base::Internal(absl::StrCat("tenant kind '", text, "' is not one of ours"));
}

absl::StatusOr<TenantState> ParseTenantState(absl::string_view text) {
  for (const TenantState state :
       {TenantState::kOnboarding, TenantState::kActive, TenantState::kSuspended}) {
    if (text == ToText(state)) return state;
  }
  return base::Internal(absl::StrCat("tenant state '", text, "' is not one of ours"));
}

std::string Tenant::name() const { return absl::StrCat("tenants/", id.text()); }

std::string Tenant::etag() const { return RowEtag(uid.uuid(), version); }

std::string RowEtag(const base::Uuid& uid, int64_t version) {
  const std::string digest =
      base::Sha256(base::ByteWriter(kEtagVersion).Text(uid.ToBytes()).Int(version).bytes());
  return absl::StrCat("\"", absl::BytesToHexString(digest.substr(0, kEtagBytes)), "\"");
}

absl::Status CheckSettings(const TenantSettings& settings) {
  const size_t length = CodePoints(settings.display_name);
  if (length == 0 || length > TenantSettings::kDisplayNameCharsMax) {
    return base::FieldInvalid("tenant.display_name", "must have 1 to 120 characters");
  }
  return base::ParseTimeZone(settings.time_zone).status();
}

absl::StatusOr<Tenant> OpenTenant(const TenantOpening& opening, absl::Time now) {
  if (opening.id.text() == kPlatformId) {
    return base::FieldInvalid("tenant_id", "'platform' is the platform's own id");
  }
  RETURN_IF_ERROR(CheckSettings(opening.settings));
  return Tenant{.uid = opening.uid,
                .id = opening.id,
                .settings = opening.settings,
                .blueprint = opening.blueprint,
                .created_by = opening.created_by,
                .create_time = now,
                .update_time = now};
}

Tenant OpenPlatform(base::TenantUid uid, absl::Time now) {
  return Tenant{.uid = uid,
                .id = base::TenantId::Parse(kPlatformId).value(),
                .kind = TenantKind::kPlatform,
                .state = TenantState::kActive,
                .settings = {.display_name = "Platform",
                             .time_zone = "UTC",
                             .currency = base::Currency::Parse("USD").value()},
                .owner_count = 1,
                .create_time = now,
                .update_time = now};
}

absl::StatusOr<Tenant> ReviseTenant(const Tenant& current, const SettingsChange& change,
                                    absl::string_view etag, absl::Time now) {
  RETURN_IF_ERROR(CheckEtag(current, etag));
  Tenant next = current;
  if (change.display_name) next.settings.display_name = *change.display_name;
  if (change.time_zone) next.settings.time_zone = *change.time_zone;
  if (change.currency) next.settings.currency = *change.currency;
  const bool reports_change = next.settings.time_zone != current.settings.time_zone ||
                              next.settings.currency != current.settings.currency;
  if (reports_change && current.state != TenantState::kOnboarding) {
    return StateNotAllowed(current.name(), ToText(current.state),
                           "change reporting zone or currency");
  }
  RETURN_IF_ERROR(CheckSettings(next.settings));
  ++next.version;
  next.update_time = now;
  return next;
}

absl::StatusOr<Tenant> ActivateTenant(const Tenant& current, absl::string_view etag,
                                      absl::Time now) {
  ASSIGN_OR_RETURN(
      Tenant next,
      Move(current,
           {.from = TenantState::kOnboarding, .to = TenantState::kActive, .action = "activate"},
           etag, now));
  if (current.owner_count == 0) return OwnerMissing(current.name());
  ++next.epoch;
  return next;
}

absl::StatusOr<Tenant> SuspendTenant(const Tenant& current, absl::string_view etag,
                                     absl::Time now) {
  ASSIGN_OR_RETURN(
      Tenant next,
      Move(current,
           {.from = TenantState::kActive, .to = TenantState::kSuspended, .action = "suspend"}, etag,
           now));
  ++next.epoch;
  return next;
}

absl::StatusOr<Tenant> ResumeTenant(const Tenant& current, absl::string_view etag, absl::Time now) {
  return Move(current,
              {.from = TenantState::kSuspended, .to = TenantState::kActive, .action = "resume"},
              etag, now);
}

}  // namespace argosy::tenancy
