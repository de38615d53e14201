// Rows of channels and campaigns.
#ifndef ARGOSY_SERVICES_METRICS_STORE_CHANNEL_STORE_H_
#define ARGOSY_SERVICES_METRICS_STORE_CHANNEL_STORE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/ids.h"
#include "services/metrics/domain/channel.h"
#include "tenants/tenant_txn.h"

namespace argosy::metrics {

// Stateless; safe to share.
class ChannelStore {
 public:
  absl::StatusOr<std::optional<Channel>> FindChannel(tenants::TenantReader& reader,
                                                     const base::ChannelId& id) const;
  // Channels whose id is after `after`, in order, at most `limit`.
  absl::StatusOr<std::vector<Channel>> ListChannels(tenants::TenantReader& reader,
                                                    const base::ChannelId& after,
                                                    int64_t limit) const;
  // All of them: kChannelsMax at most.
  absl::StatusOr<std::vector<Channel>> AllChannels(tenants::TenantReader& reader) const;
  // Those that an answer at the place `sequence` in the order of knowledge knows.
  absl::StatusOr<std::vector<Channel>> KnownChannels(tenants::TenantReader& reader,
                                                     int64_t sequence) const;
  absl::StatusOr<int64_t> CountChannels(tenants::TenantReader& reader) const;
  // ALREADY_EXISTS / RESOURCE_EXISTS when the id is taken.
  absl::Status InsertChannel(tenants::TenantTxn& txn, const Channel& channel) const;
  // Stores what may change: the display name. Whether the row was still at
  // `current_version`.
  absl::StatusOr<bool> UpdateChannel(tenants::TenantTxn& txn, const Channel& next,
                                     int64_t current_version) const;

  absl::StatusOr<std::optional<Campaign>> FindCampaign(tenants::TenantReader& reader,
                                                       const base::CampaignId& id) const;
  // Campaigns whose id is after `after`, of `channel` unless its text is empty.
  absl::StatusOr<std::vector<Campaign>> ListCampaigns(tenants::TenantReader& reader,
                                                      const base::ChannelId& channel,
                                                      const base::CampaignId& after,
                                                      int64_t limit) const;
  // The channel of each of `ids` that exists; at most 1,000 ids.
  absl::StatusOr<absl::flat_hash_map<base::CampaignId, base::ChannelId>> CampaignChannels(
      tenants::TenantReader& reader, absl::Span<const base::CampaignId> ids) const;
  absl::StatusOr<int64_t> CountCampaigns(tenants::TenantReader& reader) const;
  // ALREADY_EXISTS / RESOURCE_EXISTS when the id is taken.
  absl::Status InsertCampaign(tenants::TenantTxn& txn, const Campaign& campaign) const;
  // Whether the row was still at `current_version`.
  absl::StatusOr<bool> UpdateCampaign(tenants::TenantTxn& txn, const Campaign& next,
                                      int64_t current_version) const;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_STORE_CHANNEL_STORE_H_
