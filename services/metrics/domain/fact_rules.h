// What a fact must satisfy to be taken in.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_FACT_RULES_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_FACT_RULES_H_

#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/ids.h"
#include "base/money.h"
#include "services/metrics/domain/fact.h"

namespace argosy::metrics {

// Bounds of a fact. Texts are counted in Unicode code points, identities in bytes.
inline constexpr size_t kSourceMax = 64;
inline constexpr size_t kEventIdMax = 128;
inline constexpr size_t kBuyerKeyMax = 256;  // an e-mail address is at most 254
inline constexpr size_t kProductLineMax = 128;
inline constexpr size_t kAccountMax = 128;
inline constexpr int64_t kRevisionMax = 1'000'000;
inline constexpr int64_t kTrafficMax = 1'000'000'000'000;  // 10^12 a day and channel
// A source's clock may run ahead of ours by so much, and a civil date in the east begins earlier.
inline constexpr absl::Duration kClockSkewMax = absl::Hours(24);

// Why a fact is refused.
struct FactProblem {
  std::string reason;  // a reason of the product: "ACTING_ROLE_MISSING"
  std::string field;   // path within the fact: "attribution.acting_role"
  std::string description;

  friend bool operator==(const FactProblem&, const FactProblem&) = default;
};

// What the rules need to know of the tenant.
struct FactSurroundings {
  base::Currency reporting_currency;
  absl::Time now;
  absl::flat_hash_set<base::ChannelId> channels;
  // The channel of every campaign that a fact of the batch may name.
  absl::flat_hash_map<base::CampaignId, base::ChannelId> campaigns;
};

// FIELD_INVALID unless both parts are 1 to kSourceMax or kEventIdMax printable ASCII characters,
// none of them a blank at either end. `field` is the path of the identity: "" or "order.inquiry".
std::optional<FactProblem> CheckIdentity(const FactIdentity& identity, absl::string_view field);

// The first rule that `fact` breaks, or nothing.
std::optional<FactProblem> CheckFact(const Fact& fact, const FactSurroundings& surroundings);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_FACT_RULES_H_
