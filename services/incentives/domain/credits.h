// From facts to credits: what still stands of each amount, and who is credited with how much of it.
#ifndef ARGOSY_SERVICES_INCENTIVES_DOMAIN_CREDITS_H_
#define ARGOSY_SERVICES_INCENTIVES_DOMAIN_CREDITS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/incentives/domain/exclusion.h"
#include "services/incentives/domain/facts.h"
#include "services/incentives/domain/plan.h"
#include "services/incentives/domain/roster.h"

namespace argosy::incentives {

// Payments of one order, and refunds of one order: more than any order can reasonably see. It
// bounds the work on an order, which grows with their product, and the size of a credit.
inline constexpr size_t kMovementsPerOrderMax = 1'000;

// An amount of an order that may be credited: the order itself, or one payment of it. Points into
// the facts it was made from.
struct StandingAmount {
  const OrderFact* order = nullptr;
  const MovementFact* payment = nullptr;     // null when the amount is the order's value
  std::vector<const MovementFact*> refunds;  // what has lowered it, in canonical order
  absl::Time event_time;
  absl::CivilDay day;  // of event_time in the tenant's zone
  int64_t standing_minor = 0;

  const FactKey& key() const { return payment != nullptr ? payment->key : order->key; }
};

// A payment or refund that changes no amount, or not by all of its own.
struct UnmatchedMovement {
  const MovementFact* movement = nullptr;
  const OrderFact* order = nullptr;  // null when it is not known
  Exclusion reason = Exclusion::kOrderUnknown;
};

// Everything credits are made from, in canonical order, orders that are not confirmed among them.
struct StandingBook {
  std::vector<StandingAmount> orders;    // base CONTRACT_CIF
  std::vector<StandingAmount> payments;  // base COLLECTED
  // Payments and refunds without a known order or in another currency than it, and refunds beyond
  // the order or its payments. In no order.
  std::vector<UnmatchedMovement> unmatched;

  const std::vector<StandingAmount>& of(CommissionBase base) const {
    return base == CommissionBase::kContractCif ? orders : payments;
  }
};

// Works out what stands. Only facts that happened before `cut` are looked at. A refund lowers the
// value of its order, never below 0; of the payments it lowers those at or before its instant,
// latest first, since money that goes back undoes what came in last, then with the rest the later
// ones, latest first, and never below 0: what is left over changes no amount. A reversed payment
// stands as a negative one; what it undid in the same way does not go back again by a refund.
// `facts` must outlive the book. RUN_TOO_LARGE for an order with more than
// kMovementsPerOrderMax of either.
absl::StatusOr<StandingBook> ComputeStanding(const SalesFacts& facts, absl::Time cut,
                                             const absl::TimeZone& zone);

// One member's part of an amount.
struct CreditPart {
  base::MemberId member;
  Share share;
  int64_t credited_minor = 0;
};

// Shares `standing_minor` by `rule`. The parts of a SPLIT sum to it, and a split of 0 is all zeros,
// so that a full refund nets everyone to 0. PAYEE_UNKNOWN for a named member the roster does not
// have.
absl::StatusOr<std::vector<CreditPart>> ComputeParts(const CreditRule& rule,
                                                     const StandingAmount& amount,
                                                     const Roster& roster);

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_DOMAIN_CREDITS_H_
