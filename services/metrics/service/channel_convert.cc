#include "services/metrics/service/channel_convert.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "google/protobuf/field_mask.pb.h"
#include "services/metrics/service/names.h"
#include "services/metrics/service/times.h"

namespace argosy::metrics {
namespace {

static_assert(kChannelKindMax == v1::CHANNEL_KIND_OTHER);
static_assert(static_cast<int>(ChannelKind::kOther) == v1::CHANNEL_KIND_OTHER);

constexpr size_t kDisplayNameMax = 100;  // code points

using Paths = std::set<std::string>;

// The paths of `mask`: all of `known` for "*" and for none.
absl::StatusOr<Paths> ParseMask(const google::protobuf::FieldMask& mask, const Paths& known) {
  if (mask.paths().empty()) return known;
  if (mask.paths_size() == 1 && mask.paths(0) == "*") return known;
  Paths paths;
  for (const std::string& path : mask.paths()) {
    if (known.count(path) == 0) {
      return base::FieldInvalid("update_mask", absl::StrCat("'", path, "' cannot be changed"));
    }
    paths.insert(path);
  }
  return paths;
}

absl::StatusOr<std::string> ParseDisplayName(const std::string& text, absl::string_view field) {
  const auto points =
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; });
  if (points < 1 || static_cast<size_t>(points) > kDisplayNameMax) {
    return base::FieldInvalid(field, "must have 1 to 100 characters");
  }
  return text;
}

absl::StatusOr<ChannelKind> ParseKind(v1::ChannelKind kind) {
  if (kind < v1::CHANNEL_KIND_SEARCH || kind > v1::CHANNEL_KIND_OTHER) {
    return base::FieldInvalid("channel.kind", "must be a kind of channel");
  }
  return static_cast<ChannelKind>(kind);
}

}  // namespace

absl::StatusOr<Channel> ParseNewChannel(const v1::CreateChannelRequest& request, absl::Time now) {
  Channel channel{.created_at = now, .updated_at = now};
  ASSIGN_OR_RETURN(channel.id, base::ChannelId::Parse(request.channel_id()));
  ASSIGN_OR_RETURN(channel.display_name,
                   ParseDisplayName(request.channel().display_name(), "channel.display_name"));
  ASSIGN_OR_RETURN(channel.kind, ParseKind(request.channel().kind()));
  channel.paid = request.channel().paid() ? Paid::kYes : Paid::kNo;
  return channel;
}

absl::StatusOr<ChannelChange> ParseChannelChange(const v1::UpdateChannelRequest& request) {
  ASSIGN_OR_RETURN(const Paths paths,
                   ParseMask(request.update_mask(), {"display_name", "kind", "paid"}));
  ChannelChange change;
  if (paths.count("display_name") > 0) {
    ASSIGN_OR_RETURN(change.display_name,
                     ParseDisplayName(request.channel().display_name(), "channel.display_name"));
  }
  if (paths.count("kind") > 0) {
    ASSIGN_OR_RETURN(change.kind, ParseKind(request.channel().kind()));
  }
  if (paths.count("paid") > 0) change.paid = request.channel().paid() ? Paid::kYes : Paid::kNo;
  return change;
}

absl::StatusOr<Campaign> ParseNewCampaign(const v1::CreateCampaignRequest& request,
                                          absl::Time now) {
  Campaign campaign{.created_at = now, .updated_at = now};
  ASSIGN_OR_RETURN(campaign.id, base::CampaignId::Parse(request.campaign_id()));
  ASSIGN_OR_RETURN(campaign.channel,
                   ParseChannelName(request.campaign().channel(), "campaign.channel"));
  ASSIGN_OR_RETURN(campaign.display_name,
                   ParseDisplayName(request.campaign().display_name(), "campaign.display_name"));
  return campaign;
}

absl::StatusOr<CampaignChange> ParseCampaignChange(const v1::UpdateCampaignRequest& request) {
  ASSIGN_OR_RETURN(const Paths paths, ParseMask(request.update_mask(), {"display_name"}));
  CampaignChange change;
  ASSIGN_OR_RETURN(change.display_name,
                   ParseDisplayName(request.campaign().display_name(), "campaign.display_name"));
  return change;
}

v1::Channel ToProto(const base::TenantId& tenant, const Channel& channel) {
  v1::Channel proto;
  proto.set_name(ChannelName(tenant, channel.id));
  proto.set_display_name(channel.display_name);
  proto.set_kind(static_cast<v1::ChannelKind>(channel.kind));
  proto.set_paid(channel.paid == Paid::kYes);
  proto.set_etag(EtagOf(channel.version));
  *proto.mutable_create_time() = ToProto(channel.created_at);
  *proto.mutable_update_time() = ToProto(channel.updated_at);
  return proto;
}

v1::Campaign ToProto(const base::TenantId& tenant, const Campaign& campaign) {
  v1::Campaign proto;
  proto.set_name(CampaignName(tenant, campaign.id));
  proto.set_display_name(campaign.display_name);
  proto.set_channel(ChannelName(tenant, campaign.channel));
  proto.set_etag(EtagOf(campaign.version));
  *proto.mutable_create_time() = ToProto(campaign.created_at);
  *proto.mutable_update_time() = ToProto(campaign.updated_at);
  return proto;
}

}  // namespace argosy::metrics
