#include "services/metrics/service/names.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/fault.h"

namespace argosy::metrics {
namespace {

std::string Child(const base::TenantId& tenant, absl::string_view collection,
                  absl::string_view id) {
  if (id.empty()) return "";
  return absl::StrCat("tenants/", tenant.text(), "/", collection, "/", id);
}

template <typename Id>
absl::StatusOr<Id> ParseChild(absl::string_view name, absl::string_view collection,
                              absl::string_view field) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() == 4 && parts[0] == "tenants" && parts[2] == collection) {
    auto id = Id::Parse(parts[3]);
    if (id.ok()) return id;
  }
  return base::FieldInvalid(field, absl::StrCat("must be tenants/{tenant}/", collection, "/{id}"));
}

}  // namespace

std::string TenantName(const base::TenantId& tenant) {
  return absl::StrCat("tenants/", tenant.text());
}

std::string ChannelName(const base::TenantId& tenant, const base::ChannelId& channel) {
  return Child(tenant, "channels", channel.text());
}

std::string CampaignName(const base::TenantId& tenant, const base::CampaignId& campaign) {
  return Child(tenant, "campaigns", campaign.text());
}

std::string MemberName(const base::TenantId& tenant, const base::MemberId& member) {
  return Child(tenant, "members", member.text());
}

std::string TeamName(const base::TenantId& tenant, const base::TeamId& team) {
  return Child(tenant, "teams", team.text());
}

std::string FactName(const base::TenantId& tenant, const FactId& fact) {
  return fact.uuid().is_nil() ? "" : Child(tenant, "facts", fact.ToString());
}

std::string ImportName(const base::TenantId& tenant, const ImportId& import) {
  return Child(tenant, "imports", import.ToString());
}

std::string DefinitionName(const base::TenantId& tenant, absl::string_view metric) {
  return Child(tenant, "metricDefinitions", metric);
}

absl::StatusOr<base::ChannelId> ParseChannelName(absl::string_view name, absl::string_view field) {
  return ParseChild<base::ChannelId>(name, "channels", field);
}

absl::StatusOr<base::CampaignId> ParseCampaignName(absl::string_view name,
                                                   absl::string_view field) {
  return ParseChild<base::CampaignId>(name, "campaigns", field);
}

absl::StatusOr<base::MemberId> ParseMemberName(absl::string_view name, absl::string_view field) {
  return ParseChild<base::MemberId>(name, "members", field);
}

absl::StatusOr<base::TeamId> ParseTeamName(absl::string_view name, absl::string_view field) {
  return ParseChild<base::TeamId>(name, "teams", field);
}

absl::StatusOr<FactId> ParseFactName(absl::string_view name, absl::string_view field) {
  return ParseChild<FactId>(name, "facts", field);
}

absl::StatusOr<ImportId> ParseImportName(absl::string_view name, absl::string_view field) {
  return ParseChild<ImportId>(name, "imports", field);
}

}  // namespace argosy::metrics
