// Channels and campaigns: where buyers come from.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_CHANNEL_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_CHANNEL_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/ids.h"

namespace argosy::metrics {

// A company has a handful; the bound keeps one read of them all small.
inline constexpr int64_t kChannelsMax = 200;
inline constexpr int64_t kCampaignsMax = 10'000;

enum class ChannelKind { kSearch = 1, kSocial, kB2bPlatform, kSeo, kExhibition, kOther };
inline constexpr int kChannelKindMax = 6;

// Whether money is spent to appear on a channel.
enum class Paid { kNo, kYes };

struct Channel {
  base::ChannelId id;
  std::string display_name;
  ChannelKind kind = ChannelKind::kOther;
  Paid paid = Paid::kNo;
  // Answers from this place in the order of knowledge on know the channel: that of the first batch
  // after its creation.
  int64_t known_from = 0;
  int64_t version = 1;
  absl::Time created_at;
  absl::Time updated_at;
};

struct Campaign {
  base::CampaignId id;
  base::ChannelId channel;
  std::string display_name;
  int64_t version = 1;
  absl::Time created_at;
  absl::Time updated_at;
};

// The etag of a version: "\"v3\"", in quotes as HTTP writes it.
std::string EtagOf(int64_t version);

// ETAG_MISMATCH unless `etag` is empty or that of `version`. `name` is the resource's.
absl::Status CheckEtag(absl::string_view etag, int64_t version, absl::string_view name);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_CHANNEL_H_
