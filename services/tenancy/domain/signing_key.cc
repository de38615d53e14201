#include "services/tenancy/domain/signing_key.h"

#include <algorithm>

namespace argosy::tenancy {
namespace {

std::vector<KeyTimes> NewestFirst(absl::Span<const KeyTimes> keys) {
  std::vector<KeyTimes> sorted(keys.begin(), keys.end());
  std::sort(sorted.begin(), sorted.end(), [](const KeyTimes& a, const KeyTimes& b) {
    return a.activate_time != b.activate_time ? a.activate_time > b.activate_time : a.kid > b.kid;
  });
  return sorted;
}

absl::Time FloorToGrain(absl::Time time) {
  return absl::UnixEpoch() + absl::Floor(time - absl::UnixEpoch(), kKeyGrain);
}

}  // namespace

std::vector<std::string> AcceptedKeys(absl::Span<const KeyTimes> keys, absl::Time now) {
  std::vector<std::string> accepted;
  std::optional<absl::Time> successor;  // when the key before this one in the list begins to sign
  for (const KeyTimes& key : NewestFirst(keys)) {
    if (successor && now >= *successor + kKeyOverlap) break;
    accepted.push_back(key.kid);
    if (accepted.size() == 2) break;
    successor = key.activate_time;
  }
  return accepted;
}

std::optional<std::string> SigningKid(absl::Span<const KeyTimes> keys, absl::Time now) {
  for (const KeyTimes& key : NewestFirst(keys)) {
    if (key.activate_time <= now) return key.kid;
  }
  return std::nullopt;
}

std::optional<absl::Time> DecideNewKey(absl::Span<const KeyTimes> keys, absl::Time now) {
  if (keys.empty()) return FloorToGrain(now);
  const absl::Time newest = NewestFirst(keys).front().activate_time;
  if (now < newest + kKeyLifetime) return std::nullopt;
  return FloorToGrain(now + kKeyLead) + kKeyGrain;
}

}  // namespace argosy::tenancy
