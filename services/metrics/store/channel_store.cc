#include "services/metrics/store/channel_store.h"

#include <string>
#include <utility>

#include "base/clock.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "services/metrics/store/list_binds.h"
#include "services/metrics/store/queries.h"
#include "storage/value.h"

namespace argosy::metrics {
namespace {

using storage::Row;
using storage::Text;
using storage::Value;
using tenants::TenantReader;
using tenants::TenantTxn;

absl::StatusOr<Channel> ChannelOf(const Row& row) {
  Channel channel;
  ASSIGN_OR_RETURN(const std::string id, row.Text(0));
  ASSIGN_OR_RETURN(channel.id, base::ChannelId::Parse(id));
  ASSIGN_OR_RETURN(channel.display_name, row.Text(1));
  ASSIGN_OR_RETURN(const int64_t kind, row.Int64(2));
  channel.kind = static_cast<ChannelKind>(kind);
  ASSIGN_OR_RETURN(const int64_t paid, row.Int64(3));
  channel.paid = paid == 0 ? Paid::kNo : Paid::kYes;
  ASSIGN_OR_RETURN(channel.version, row.Int64(4));
  ASSIGN_OR_RETURN(const int64_t created_us, row.Int64(5));
  ASSIGN_OR_RETURN(const int64_t updated_us, row.Int64(6));
  channel.created_at = base::FromMicros(created_us);
  channel.updated_at = base::FromMicros(updated_us);
  return channel;
}

absl::StatusOr<Campaign> CampaignOf(const Row& row) {
  Campaign campaign;
  ASSIGN_OR_RETURN(const std::string id, row.Text(0));
  ASSIGN_OR_RETURN(campaign.id, base::CampaignId::Parse(id));
  ASSIGN_OR_RETURN(const std::string channel, row.Text(1));
  ASSIGN_OR_RETURN(campaign.channel, base::ChannelId::Parse(channel));
  ASSIGN_OR_RETURN(campaign.display_name, row.Text(2));
  ASSIGN_OR_RETURN(campaign.version, row.Int64(3));
  ASSIGN_OR_RETURN(const int64_t created_us, row.Int64(4));
  ASSIGN_OR_RETURN(const int64_t updated_us, row.Int64(5));
  campaign.created_at = base::FromMicros(created_us);
  campaign.updated_at = base::FromMicros(updated_us);
  return campaign;
}

absl::StatusOr<int64_t> CountOf(TenantReader& reader, const Query& query) {
  ASSIGN_OR_RETURN(const std::optional<int64_t> count,
                   reader.FindOne<int64_t>(query, {}, [](const Row& row) { return row.Int64(0); }));
  return count.value_or(0);
}

absl::StatusOr<bool> MatchedOne(TenantTxn& txn, const Query& query,
                                const std::vector<Value>& binds) {
  ASSIGN_OR_RETURN(const int64_t matched, txn.Execute(query, binds));
  return matched == 1;
}

}  // namespace

absl::StatusOr<std::optional<Channel>> ChannelStore::FindChannel(TenantReader& reader,
                                                                 const base::ChannelId& id) const {
  return reader.FindOne<Channel>(kFindChannel, {Text(id.text())}, ChannelOf);
}

absl::StatusOr<std::vector<Channel>> ChannelStore::ListChannels(TenantReader& reader,
                                                                const base::ChannelId& after,
                                                                int64_t limit) const {
  return reader.SelectAll<Channel>(kListChannels, {Text(after.text()), limit}, ChannelOf);
}

absl::StatusOr<std::vector<Channel>> ChannelStore::AllChannels(TenantReader& reader) const {
  return ListChannels(reader, base::ChannelId(), kChannelsMax);
}

absl::StatusOr<std::vector<Channel>> ChannelStore::KnownChannels(TenantReader& reader,
                                                                 int64_t sequence) const {
  return reader.SelectAll<Channel>(kListChannelsKnown, {sequence, kChannelsMax}, ChannelOf);
}

absl::StatusOr<int64_t> ChannelStore::CountChannels(TenantReader& reader) const {
  return CountOf(reader, kCountChannels);
}

absl::Status ChannelStore::InsertChannel(TenantTxn& txn, const Channel& channel) const {
  return txn
      .Execute(
          kInsertChannel,
          {Text(channel.id.text()), Text(channel.display_name), static_cast<int64_t>(channel.kind),
           static_cast<int64_t>(channel.paid), channel.known_from, channel.version,
           base::ToMicros(channel.created_at), base::ToMicros(channel.updated_at)})
      .status();
}

absl::StatusOr<bool> ChannelStore::UpdateChannel(TenantTxn& txn, const Channel& next,
                                                 int64_t current_version) const {
  return MatchedOne(txn, kUpdateChannel,
                    {Text(next.display_name), next.version, base::ToMicros(next.updated_at),
                     Text(next.id.text()), current_version});
}

absl::StatusOr<std::optional<Campaign>> ChannelStore::FindCampaign(
    TenantReader& reader, const base::CampaignId& id) const {
  return reader.FindOne<Campaign>(kFindCampaign, {Text(id.text())}, CampaignOf);
}

absl::StatusOr<std::vector<Campaign>> ChannelStore::ListCampaigns(TenantReader& reader,
                                                                  const base::ChannelId& channel,
                                                                  const base::CampaignId& after,
                                                                  int64_t limit) const {
  if (channel.text().empty()) {
    return reader.SelectAll<Campaign>(kListCampaigns, {Text(after.text()), limit}, CampaignOf);
  }
  return reader.SelectAll<Campaign>(kListCampaignsOfChannel,
                                    {Text(channel.text()), Text(after.text()), limit}, CampaignOf);
}

absl::StatusOr<absl::flat_hash_map<base::CampaignId, base::ChannelId>>
ChannelStore::CampaignChannels(TenantReader& reader, absl::Span<const base::CampaignId> ids) const {
  absl::flat_hash_map<base::CampaignId, base::ChannelId> channels;
  if (ids.empty()) return channels;
  std::vector<Value> list;
  for (const base::CampaignId& id : ids) list.emplace_back(Text(id.text()));
  ASSIGN_OR_RETURN(const ListBinds binds, FillList(kFindCampaignChannels, std::move(list)));
  RETURN_IF_ERROR(reader.Select(binds.query, binds.values, [&](const Row& row) -> absl::Status {
    ASSIGN_OR_RETURN(const std::string id, row.Text(0));
    ASSIGN_OR_RETURN(const std::string channel, row.Text(1));
    ASSIGN_OR_RETURN(base::CampaignId campaign_id, base::CampaignId::Parse(id));
    ASSIGN_OR_RETURN(channels[std::move(campaign_id)], base::ChannelId::Parse(channel));
    return absl::OkStatus();
  }));
  return channels;
}

absl::StatusOr<int64_t> ChannelStore::CountCampaigns(TenantReader& reader) const {
  return CountOf(reader, kCountCampaigns);
}

absl::Status ChannelStore::InsertCampaign(TenantTxn& txn, const Campaign& campaign) const {
  return txn
      .Execute(kInsertCampaign,
               {Text(campaign.id.text()), Text(campaign.channel.text()),
                Text(campaign.display_name), campaign.version, base::ToMicros(campaign.created_at),
                base::ToMicros(campaign.updated_at)})
      .status();
}

absl::StatusOr<bool> ChannelStore::UpdateCampaign(TenantTxn& txn, const Campaign& next,
                                                  int64_t current_version) const {
  return MatchedOne(txn, kUpdateCampaign,
                    {Text(next.display_name), next.version, base::ToMicros(next.updated_at),
                     Text(next.id.text()), current_version});
}

}  // namespace argosy::metrics
