#include "services/metrics/domain/cohort.h"

#include <optional>
#include <utility>

#include "base/clock.h"
#include "base/money.h"
#include "base/period.h"
#include "services/metrics/domain/definition.h"

namespace argosy::metrics {
namespace {

constexpr absl::string_view kRepeated = "REPEATED_WITHIN_24H";

// Decides one inquiry after the other, in order of occurrence.
class InquiryCounter {
 public:
  // The position in the list of counted ones that `inquiry` counts as, or nothing when it counts as
  // none.
  std::optional<size_t> Place(const Fact& fact, const Inquiry& inquiry, InquiryStanding& standing,
                              size_t next) {
    if (inquiry.exclusion != Exclusion::kNone) {
      standing.left_out = ExclusionName(inquiry.exclusion);
      return std::nullopt;
    }
    if (inquiry.buyer_key.empty()) return next;
    const absl::Time at = base::FromMicros(fact.occurred_micros);
    auto [kept, is_first] = kept_.emplace(std::pair(inquiry.buyer_key, inquiry.product_line),
                                          Kept{.at = at, .position = next});
    if (is_first) return next;
    if (at - kept->second.at < kRepeatWindow) {
      standing.left_out = kRepeated;
      return kept->second.position;
    }
    kept->second = Kept{.at = at, .position = next};
    return next;
  }

 private:
  struct Kept {
    absl::Time at;
    size_t position = 0;
  };
  absl::flat_hash_map<std::pair<std::string, std::string>, Kept> kept_;
};

void PlaceInquiries(absl::Span<const RecordedFact> facts, const absl::TimeZone& zone,
                    Standings& standings) {
  InquiryCounter counter;
  for (size_t i = 0; i < facts.size(); ++i) {
    const Fact& fact = facts[i].fact;
    const Inquiry* inquiry = std::get_if<Inquiry>(&fact.payload);
    if (inquiry == nullptr) continue;
    InquiryStanding standing{.inquiry = i, .day = OccurredDay(fact, zone)};
    const auto place = counter.Place(fact, *inquiry, standing, standings.inquiries.size());
    if (place.has_value()) standings.inquiry_of.emplace(fact.identity, *place);
    standings.inquiries.push_back(standing);
  }
}

// Hangs refunds and payments on their orders.
void LinkMoney(absl::Span<const RecordedFact> facts, const absl::TimeZone& zone,
               Standings& standings) {
  const auto& orders = standings.order_of;
  for (size_t i = 0; i < facts.size(); ++i) {
    const Fact& fact = facts[i].fact;
    if (const Refund* refund = std::get_if<Refund>(&fact.payload)) {
      const auto order = orders.find(refund->order);
      const bool is_linked =
          order != orders.end() &&
          standings.orders[order->second].day - OccurredDay(fact, zone) <= kRefundLeadDaysMax;
      if (!is_linked) {
        standings.unlinked_refunds.push_back(i);
      } else {
        standings.orders[order->second].refunds.push_back(i);
        standings.orders[order->second].refunded += refund->amount.minor;
      }
    } else if (const Payment* payment = std::get_if<Payment>(&fact.payload)) {
      const auto order = payment->order.has_value() ? orders.find(*payment->order) : orders.end();
      if (order != orders.end()) standings.orders[order->second].payments.push_back(i);
    }
  }
}

}  // namespace

Standings ComputeStandings(absl::Span<const RecordedFact> facts, const absl::TimeZone& zone) {
  Standings standings;
  PlaceInquiries(facts, zone, standings);
  for (size_t i = 0; i < facts.size(); ++i) {
    const Order* order = std::get_if<Order>(&facts[i].fact.payload);
    if (order == nullptr) continue;
    const size_t position = standings.orders.size();
    standings.order_of.emplace(facts[i].fact.identity, position);
    standings.orders.push_back({.order = i,
                                .day = OccurredDay(facts[i].fact, zone),
                                .confirmed = order->status == OrderStatus::kConfirmed});
    if (!order->inquiry.has_value()) continue;
    const auto inquiry = standings.inquiry_of.find(*order->inquiry);
    if (inquiry != standings.inquiry_of.end()) {
      standings.inquiries[inquiry->second].orders.push_back(position);
    }
  }
  LinkMoney(facts, zone, standings);
  for (OrderStanding& order : standings.orders) {
    const base::Money& value = std::get<Order>(facts[order.order].fact.payload).value;
    order.fully_refunded = order.refunded > 0 && order.refunded >= value.minor;
  }
  return standings;
}

bool InWindow(absl::CivilDay inquiry_day, absl::CivilDay order_day) {
  return order_day >= inquiry_day && order_day - inquiry_day <= kConversionWindowDays;
}

bool IsMature(absl::CivilDay day, absl::CivilDay cut_day) {
  return day + kConversionWindowDays < cut_day;
}

CohortUnit ComputeUnit(const InquiryStanding& inquiry, const Standings& standings,
                       absl::Span<const RecordedFact> facts, const absl::TimeZone& zone,
                       absl::CivilDay cut_day) {
  CohortUnit unit{.inquiry = inquiry.inquiry,
                  .day = inquiry.day,
                  .mature = IsMature(inquiry.day, cut_day),
                  .effective = std::get<Inquiry>(facts[inquiry.inquiry].fact.payload).effective()};
  absl::int128 paid = 0;
  for (const size_t position : inquiry.orders) {
    const OrderStanding& order = standings.orders[position];
    if (!order.confirmed || !InWindow(inquiry.day, order.day)) continue;
    unit.orders.push_back(position);
    if (order.fully_refunded) continue;
    unit.kept.push_back(position);
    for (const size_t payment : order.payments) {
      if (!InWindow(inquiry.day, OccurredDay(facts[payment].fact, zone))) continue;
      paid += std::get<Payment>(facts[payment].fact.payload).amount.minor;
    }
  }
  unit.paid = paid > 0;
  return unit;
}

absl::StatusOr<int64_t> KeptMargin(const Order& order, int64_t refunded) {
  if (refunded == 0) return order.margin->minor;
  return base::MulDivRound(order.margin->minor, order.value.minor - refunded, order.value.minor);
}

}  // namespace argosy::metrics
