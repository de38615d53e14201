// What incentives read of the metrics service: orders, payments and refunds.
#ifndef ARGOSY_SERVICES_INCENTIVES_DOMAIN_FACTS_H_
#define ARGOSY_SERVICES_INCENTIVES_DOMAIN_FACTS_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "base/ids.h"
#include "base/money.h"
#include "services/incentives/domain/plan.h"

namespace argosy::incentives {

// No fact happened before this day.
inline constexpr absl::CivilDay kFirstFactDay(2000, 1, 1);

// Money counts for an order of its own year or of that many before, by the calendar; for a later
// payment its order is as good as unknown. It bounds the years a run reads.
inline constexpr int kOrderAgeYearsMax = 4;
// Days a payment or refund may be dated before its order. At most a year's, so that it never lies
// before the year before the order's, which every run that holds the order has read.
inline constexpr int64_t kMovementLeadDaysMax = 365;

// What a source calls a fact; compared bytewise.
struct FactKey {
  std::string source;
  std::string source_event_id;

  friend auto operator<=>(const FactKey&, const FactKey&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const FactKey& key) {
    return H::combine(std::move(h), key.source, key.source_event_id);
  }
};

// The canonical order of credits: event time, source, external id, whatever the order of arrival.
struct CreditOrder {
  absl::Time event_time;
  FactKey key;

  friend bool operator<(const CreditOrder& a, const CreditOrder& b) {
    if (a.event_time != b.event_time) return a.event_time < b.event_time;
    return a.key < b.key;
  }
};

struct OrderFact {
  FactKey key;
  absl::Time occurred_at;
  base::Money value;  // from 0
  bool confirmed = true;
  std::optional<base::MemberId> member;
  std::optional<BusinessRole> acting_role;
};

// A payment (negative when one is reversed) or a refund (above 0) of an order.
struct MovementFact {
  FactKey key;
  FactKey order;
  absl::Time occurred_at;
  base::Money amount;
};

// The facts of some days as known at one watermark, in any order, each at most once.
struct SalesFacts {
  std::vector<OrderFact> orders;
  std::vector<MovementFact> payments;
  std::vector<MovementFact> refunds;

  size_t size() const { return orders.size() + payments.size() + refunds.size(); }
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_DOMAIN_FACTS_H_
