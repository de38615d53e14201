// When signing keys come and go. At most two are accepted at any instant.
#ifndef ARGOSY_SERVICES_TENANCY_DOMAIN_SIGNING_KEY_H_
#define ARGOSY_SERVICES_TENANCY_DOMAIN_SIGNING_KEY_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"

namespace argosy::tenancy {

// How long an access token lasts: short enough that a lost one is soon worthless.
inline constexpr absl::Duration kAccessTokenLifetime = absl::Minutes(10);
// A key signs for so long.
inline constexpr absl::Duration kKeyLifetime = absl::Hours(24 * 30);
// A new key is published so long before it signs, so that every verifier has read it by then.
inline constexpr absl::Duration kKeyLead = absl::Minutes(10);
// Keys become active on the hour, so that processes that make one at the same time make it for the
// same instant, which the database allows once.
inline constexpr absl::Duration kKeyGrain = absl::Hours(1);
// A key is still accepted so long after its successor signs: a token's lifetime (10
// minutes) and clock skew.
inline constexpr absl::Duration kKeyOverlap = absl::Minutes(12);

struct KeyTimes {
  std::string kid;
  absl::Time activate_time;  // signs from then on, until a successor does
  friend bool operator==(const KeyTimes&, const KeyTimes&) = default;
};

// The kids accepted at `now`, newest first, at most two: the one that signs, and either a published
// successor or a predecessor whose tokens may still be about.
std::vector<std::string> AcceptedKeys(absl::Span<const KeyTimes> keys, absl::Time now);

// The kid that signs at `now`, or nothing when no key is active yet.
std::optional<std::string> SigningKid(absl::Span<const KeyTimes> keys, absl::Time now);

// When the next key must become active, if it must be made at `now`; nothing when the newest key
// serves. The first key is active since the last full hour, every other from a full hour on.
std::optional<absl::Time> DecideNewKey(absl::Span<const KeyTimes> keys, absl::Time now);

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_DOMAIN_SIGNING_KEY_H_
