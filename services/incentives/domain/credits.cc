#include "services/incentives/domain/credits.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/money.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/incentives/domain/errors.h"

namespace argosy::incentives {
namespace {

using Movements = std::vector<const MovementFact*>;

// An order with everything that happened to it before the cut.
struct OrderBook {
  const OrderFact* order = nullptr;
  Movements payments;  // canonical order
  Movements refunds;   // canonical order
};

bool Before(const MovementFact* a, const MovementFact* b) {
  return CreditOrder{a->occurred_at, a->key} < CreditOrder{b->occurred_at, b->key};
}

bool AmountBefore(const StandingAmount& a, const StandingAmount& b) {
  return CreditOrder{a.event_time, a.key()} < CreditOrder{b.event_time, b.key()};
}

class BookMaker {
 public:
  BookMaker(absl::Time cut, const absl::TimeZone& zone) : cut_(cut), zone_(zone) {}

  absl::StatusOr<StandingBook> Make(const SalesFacts& facts) {
    for (const OrderFact& order : facts.orders) {
      if (order.occurred_at < cut_) books_[order.key].order = &order;
    }
    RETURN_IF_ERROR(Collect(facts.payments, &OrderBook::payments));
    RETURN_IF_ERROR(Collect(facts.refunds, &OrderBook::refunds));
    for (auto& [key, order] : books_) Add(order);
    std::sort(book_.orders.begin(), book_.orders.end(), AmountBefore);
    std::sort(book_.payments.begin(), book_.payments.end(), AmountBefore);
    return std::move(book_);
  }

 private:
  absl::CivilDay DayOf(absl::Time instant) const { return base::LocalDay(instant, zone_); }

  absl::Status Collect(const std::vector<MovementFact>& movements, Movements OrderBook::*side) {
    const absl::string_view kind = side == &OrderBook::refunds ? "refunds" : "payments";
    for (const MovementFact& movement : movements) {
      if (movement.occurred_at >= cut_) continue;
      const auto it = books_.find(movement.order);
      const OrderFact* order = it == books_.end() ? nullptr : it->second.order;
      if (order == nullptr || !CountsFor(movement, *order, side)) {
        book_.unmatched.push_back({&movement, order, Exclusion::kOrderUnknown});
      } else if (movement.amount.currency != order->value.currency) {
        book_.unmatched.push_back({&movement, order, Exclusion::kOtherCurrency});
      } else {
        Movements& of_order = it->second.*side;
        of_order.push_back(&movement);
        if (of_order.size() > kMovementsPerOrderMax) {
          return OrderTooLarge(kind, movement.order, kMovementsPerOrderMax);
        }
      }
    }
    return absl::OkStatus();
  }

  // A run holds no order that is too old for each payment it restates, so whether a payment counts
  // must not depend on which orders a run happens to hold: what one run pays the next would take
  // back. Nor may it on how far back a run has read, so what is dated long before its order counts
  // for nothing. A refund counts for whatever payment counts.
  bool CountsFor(const MovementFact& movement, const OrderFact& order,
                 Movements OrderBook::*side) const {
    const absl::CivilDay ordered = DayOf(order.occurred_at);
    const absl::CivilDay moved = DayOf(movement.occurred_at);
    if (ordered - moved > kMovementLeadDaysMax) return false;
    return side == &OrderBook::refunds ||
           absl::CivilYear(moved) - absl::CivilYear(ordered) <= kOrderAgeYearsMax;
  }

  void Add(OrderBook& order) {
    std::sort(order.payments.begin(), order.payments.end(), Before);
    std::sort(order.refunds.begin(), order.refunds.end(), Before);
    AddPayments(order);
    AddValue(order);
  }

  // Two systems may report one refund: an order that is gone cannot go back a second time, or it
  // would take away pay that it never earned.
  void AddValue(const OrderBook& order) {
    StandingAmount value{.order = order.order,
                         .event_time = order.order->occurred_at,
                         .day = DayOf(order.order->occurred_at),
                         .standing_minor = order.order->value.minor};
    for (const MovementFact* refund : order.refunds) {
      const int64_t taken = std::min(value.standing_minor, refund->amount.minor);
      if (taken < refund->amount.minor) {
        book_.unmatched.push_back({refund, order.order, Exclusion::kRefundBeyondOrder});
      }
      if (taken == 0) continue;
      value.standing_minor -= taken;
      value.refunds.push_back(refund);
    }
    book_.orders.push_back(std::move(value));
  }

  void AddPayments(const OrderBook& order) {
    const size_t first = book_.payments.size();
    for (const MovementFact* payment : order.payments) {
      book_.payments.push_back({.order = order.order,
                                .payment = payment,
                                .event_time = payment->occurred_at,
                                .day = DayOf(payment->occurred_at),
                                .standing_minor = payment->amount.minor});
    }
    const absl::Span<StandingAmount> paid = absl::MakeSpan(book_.payments).subspan(first);
    // What of each payment has not gone back: a reversal stands as a negative payment of its own,
    // so what it undid cannot go back a second time.
    std::vector<int64_t> kept;
    for (const MovementFact* payment : order.payments) {
      kept.push_back(std::max<int64_t>(payment->amount.minor, 0));
    }
    for (const MovementFact* payment : order.payments) {
      if (payment->amount.minor < 0) GoBack(*payment, paid, kept, [](size_t, int64_t) {});
    }
    for (const MovementFact* refund : order.refunds) {
      const int64_t left = GoBack(*refund, paid, kept, [&](size_t i, int64_t taken) {
        paid[i].standing_minor -= taken;
        paid[i].refunds.push_back(refund);
      });
      if (left > 0 && !order.payments.empty()) {
        book_.unmatched.push_back({refund, order.order, Exclusion::kRefundBeyondPayments});
      }
    }
  }

  // Takes the amount of `back` from what is kept of the payments: those made by then first, since
  // money that goes back undoes what had come in, the latest before the earlier. Tells `on_taken`
  // of each payment it takes from, and how much. Returns what is left of it.
  static int64_t GoBack(const MovementFact& back, absl::Span<const StandingAmount> paid,
                        std::vector<int64_t>& kept,
                        absl::FunctionRef<void(size_t, int64_t)> on_taken) {
    const auto later = std::partition_point(
        paid.begin(), paid.end(),
        [&](const StandingAmount& payment) { return payment.event_time <= back.occurred_at; });
    const auto by_then = static_cast<size_t>(later - paid.begin());
    int64_t left = std::abs(back.amount.minor);
    const auto take = [&](size_t begin, size_t end) {
      for (size_t i = end; i > begin && left > 0; --i) {
        const int64_t taken = std::min(left, kept[i - 1]);
        if (taken == 0) continue;
        kept[i - 1] -= taken;
        left -= taken;
        on_taken(i - 1, taken);
      }
    };
    take(0, by_then);
    take(by_then, paid.size());
    return left;
  }

  const absl::Time cut_;
  const absl::TimeZone& zone_;
  absl::flat_hash_map<FactKey, OrderBook> books_;
  StandingBook book_;
};

absl::StatusOr<base::MemberId> NamedMember(const Recipient& recipient, const OrderFact& order,
                                           const Roster& roster) {
  const auto* named = std::get_if<base::MemberId>(&recipient);
  // Eligibility has made sure that the order names a member whom the roster has.
  if (named == nullptr) return *order.member;
  if (!roster.Has(*named)) return PayeeUnknown(named->text());
  return *named;
}

absl::StatusOr<std::vector<CreditPart>> SplitParts(const CreditRule& rule,
                                                   const StandingAmount& amount,
                                                   const Roster& roster) {
  ASSIGN_OR_RETURN(const std::vector<int64_t> weights, ComputeSplitWeights(rule.shares));
  ASSIGN_OR_RETURN(const std::vector<int64_t> pool,
                   base::SplitPool(amount.standing_minor, weights));
  std::vector<CreditPart> parts;
  for (size_t i = 0; i < rule.shares.size(); ++i) {
    ASSIGN_OR_RETURN(base::MemberId member,
                     NamedMember(rule.shares[i].recipient, *amount.order, roster));
    parts.push_back(
        {.member = std::move(member), .share = rule.shares[i].share, .credited_minor = pool[i]});
  }
  return parts;
}

absl::StatusOr<std::vector<CreditPart>> OverlayParts(const CreditRule& rule,
                                                     const StandingAmount& amount,
                                                     const Roster& roster) {
  std::vector<CreditPart> parts;
  for (const CreditShare& share : rule.shares) {
    ASSIGN_OR_RETURN(
        const int64_t credited,
        base::MulDivRound(amount.standing_minor, share.share.numerator, share.share.denominator));
    std::vector<base::MemberId> members;
    if (const auto* role = std::get_if<BusinessRole>(&share.recipient)) {
      members = roster.HoldersOf(*role, amount.day);
    } else {
      ASSIGN_OR_RETURN(base::MemberId member, NamedMember(share.recipient, *amount.order, roster));
      members.push_back(std::move(member));
    }
    for (base::MemberId& member : members) {
      parts.push_back(
          {.member = std::move(member), .share = share.share, .credited_minor = credited});
    }
  }
  return parts;
}

}  // namespace

absl::StatusOr<StandingBook> ComputeStanding(const SalesFacts& facts, absl::Time cut,
                                             const absl::TimeZone& zone) {
  return BookMaker(cut, zone).Make(facts);
}

absl::StatusOr<std::vector<CreditPart>> ComputeParts(const CreditRule& rule,
                                                     const StandingAmount& amount,
                                                     const Roster& roster) {
  switch (rule.kind) {
    case CreditKind::kSplit:
      return SplitParts(rule, amount, roster);
    case CreditKind::kOverlay:
      return OverlayParts(rule, amount, roster);
    case CreditKind::kDirect:
      break;
  }
  return std::vector<CreditPart>{
      {.member = *amount.order->member, .credited_minor = amount.standing_minor}};
}

}  // namespace argosy::incentives
