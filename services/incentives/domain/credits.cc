#include "services/incentives/domain/credits.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
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

std::string Shown(const FactKey& key) { return absl::StrCat(key.source, "/", key.source_event_id); }

class BookMaker {
 public:
  BookMaker(absl::Time cut, const absl::TimeZone& zone) : cut_(cut), zone_(zone) {}

  absl::StatusOr<StandingBook> Make(const SalesFacts& facts) {
    for (const OrderFact& order : facts.orders) {
      if (order.occurred_at < cut_) books_[order.key].order = &order;
    }
    RETURN_IF_ERROR(Collect(facts.payments, &OrderBook::payments));
    RETURN_IF_ERROR(Collect(facts.refunds, &OrderBook::refunds));
    for (auto& [key, order] : books_) RETURN_IF_ERROR(Add(order));
    std::sort(book_.orders.begin(), book_.orders.end(), AmountBefore);
    std::sort(book_.payments.begin(), book_.payments.end(), AmountBefore);
    return std::move(book_);
  }

 private:
  absl::CivilDay DayOf(absl::Time instant) const { return base::LocalDay(instant, zone_); }

  absl::Status Collect(const std::vector<MovementFact>& movements, Movements OrderBook::*side) {
    for (const MovementFact& movement : movements) {
      if (movement.occurred_at >= cut_) continue;
      const auto it = books_.find(movement.order);
      if (it == books_.end()) {
        book_.unmatched.emplace_back(DayOf(movement.occurred_at), Exclusion::kOrderUnknown);
        continue;
      }
      const base::Currency& currency = it->second.order->value.currency;
      if (movement.amount.currency != currency) {
        return FactCurrencyMismatch(Shown(movement.key), movement.amount.currency.code(),
                                    currency.code());
      }
      (it->second.*side).push_back(&movement);
    }
    return absl::OkStatus();
  }

  absl::Status Add(OrderBook& order) {
    if (!order.order->confirmed) return absl::OkStatus();
    std::sort(order.payments.begin(), order.payments.end(), Before);
    std::sort(order.refunds.begin(), order.refunds.end(), Before);
    RETURN_IF_ERROR(AddValue(order));
    return AddPayments(order);
  }

  absl::Status AddValue(const OrderBook& order) {
    int64_t standing = order.order->value.minor;
    for (const MovementFact* refund : order.refunds) {
      ASSIGN_OR_RETURN(standing, base::CheckedSub(standing, refund->amount.minor));
    }
    book_.orders.push_back({.order = order.order,
                            .refunds = order.refunds,
                            .event_time = order.order->occurred_at,
                            .day = DayOf(order.order->occurred_at),
                            .standing_minor = standing});
    return absl::OkStatus();
  }

  absl::Status AddPayments(const OrderBook& order) {
    const size_t first = book_.payments.size();
    for (const MovementFact* payment : order.payments) {
      book_.payments.push_back({.order = order.order,
                                .payment = payment,
                                .event_time = payment->occurred_at,
                                .day = DayOf(payment->occurred_at),
                                .standing_minor = payment->amount.minor});
    }
    const auto paid = book_.payments.begin() + static_cast<std::ptrdiff_t>(first);
    for (const MovementFact* refund : order.refunds) {
      const auto later = std::find_if(
          paid, book_.payments.end(),
          [&](const StandingAmount& payment) { return payment.event_time > refund->occurred_at; });
      int64_t left = refund->amount.minor;
      const auto take = [&](StandingAmount& payment) {
        const int64_t taken = std::min(left, std::max<int64_t>(payment.standing_minor, 0));
        if (taken <= 0) return;
        payment.standing_minor -= taken;
        payment.refunds.push_back(refund);
        left -= taken;
      };
      // Money that goes back undoes what had come in by then.
      std::for_each(std::make_reverse_iterator(later), std::make_reverse_iterator(paid), take);
      std::for_each(book_.payments.rbegin(), std::make_reverse_iterator(later), take);
      if (left > 0 && !order.payments.empty()) {
        book_.unmatched.emplace_back(DayOf(refund->occurred_at), Exclusion::kRefundBeyondPayments);
      }
    }
    return absl::OkStatus();
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
