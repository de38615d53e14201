// Resource names of the service. That a name belongs to the caller's tenant has been checked
// before.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_NAMES_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_NAMES_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/ids.h"
#include "services/metrics/domain/fact.h"

namespace argosy::metrics {

// "tenants/acme/channels/google" and the like; "" for an id with empty text.
std::string TenantName(const base::TenantId& tenant);
std::string ChannelName(const base::TenantId& tenant, const base::ChannelId& channel);
std::string CampaignName(const base::TenantId& tenant, const base::CampaignId& campaign);
std::string MemberName(const base::TenantId& tenant, const base::MemberId& member);
std::string TeamName(const base::TenantId& tenant, const base::TeamId& team);
std::string FactName(const base::TenantId& tenant, const FactId& fact);
std::string ImportName(const base::TenantId& tenant, const ImportId& import);
std::string DefinitionName(const base::TenantId& tenant, absl::string_view metric);

// The id in a name. FIELD_INVALID, naming `field`, unless it is "tenants/{t}/<collection>/{id}".
absl::StatusOr<base::ChannelId> ParseChannelName(absl::string_view name, absl::string_view field);
absl::StatusOr<base::CampaignId> ParseCampaignName(absl::string_view name, absl::string_view field);
absl::StatusOr<base::MemberId> ParseMemberName(absl::string_view name, absl::string_view field);
absl::StatusOr<base::TeamId> ParseTeamName(absl::string_view name, absl::string_view field);
absl::StatusOr<FactId> ParseFactName(absl::string_view name, absl::string_view field);
absl::StatusOr<ImportId> ParseImportName(absl::string_view name, absl::string_view field);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_NAMES_H_
