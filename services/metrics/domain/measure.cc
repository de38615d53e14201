#include "services/metrics/domain/measure.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

#include "absl/container/flat_hash_set.h"
#include "base/clock.h"
#include "base/period.h"

namespace argosy::metrics {
namespace {

// Where and when a fact counts.
struct Spot {
  absl::CivilDay day;
  size_t place = 0;
};

class Measurer {
 public:
  Measurer(const FactBook& book, const Question& question)
      : book_(book),
        question_(question),
        cut_day_(base::LocalDay(question.cut, book.zone)),
        paid_(PaidChannels(book)) {}

  Measured Run() && {
    measured_.standings = ComputeStandings(book_.facts, book_.zone);
    NoteTrafficDays();
    for (size_t i = 0; i < book_.facts.size(); ++i) {
      const Fact& fact = book_.facts[i].fact;
      if (const Spend* spend = std::get_if<Spend>(&fact.payload)) AddSpend(i, *spend);
      if (const Traffic* traffic = std::get_if<Traffic>(&fact.payload)) AddTraffic(i, *traffic);
    }
    for (const InquiryStanding& inquiry : measured_.standings.inquiries) AddInquiry(inquiry);
    for (const OrderStanding& order : measured_.standings.orders) AddOrder(order);
    for (const size_t refund : measured_.standings.unlinked_refunds) {
      AddElsewhere(refund, refund, "ORDER_NOT_IN_PERIOD");
    }
    for (const RecordedFact& recorded : book_.other_currency) AddMissing(recorded.fact);
    return std::move(measured_);
  }

 private:
  static absl::flat_hash_set<base::ChannelId> PaidChannels(const FactBook& book) {
    absl::flat_hash_set<base::ChannelId> paid;
    for (const Channel& channel : book.channels) {
      if (channel.paid == Paid::kYes) paid.insert(channel.id);
    }
    return paid;
  }

  const Attribution& At(size_t place) const { return book_.facts[place].fact.attribution; }

  bool AdmitsPlace(size_t place) const { return Admits(At(place)); }
  bool Admits(const Attribution& at) const {
    if (!question_.channels.empty() && !question_.channels.contains(at.channel)) return false;
    if (question_.choice == ChannelChoice::kPaidOnly && !paid_.contains(at.channel)) return false;
    return question_.Sees(at);
  }
  bool Admits(const Spot& spot) const {
    return question_.period.Contains(spot.day) && AdmitsPlace(spot.place);
  }

  void Add(Measure measure, const Spot& spot, size_t evidence, int64_t amount) {
    measured_.contributions.push_back({measure, spot.day, spot.place, evidence, amount});
  }
  void Leave(Measure measure, const Spot& spot, size_t evidence, absl::string_view reason) {
    measured_.left_out.push_back({measure, spot.day, spot.place, evidence, reason});
  }

  void AddSpend(size_t at, const Spend& spend) {
    const Spot spot{CivilDayOf(book_.facts[at].fact.occurred_micros), at};
    if (!Admits(spot)) return;
    Add(Measure::kLoadedSpend, spot, at, spend.amount.minor);
    if (spend.kind == SpendKind::kMedia) {
      Add(Measure::kMediaSpend, spot, at, spend.amount.minor);
      // A day with several facts is one day all the same: tally.h counts distinct days.
      Add(Measure::kSpendDay, spot, at, 1);
    } else {
      Leave(Measure::kMediaSpend, spot, at, "NOT_MEDIA");
      // A fee spread over the month says of no day whether its media are reported.
      Leave(Measure::kSpendDay, spot, at, "NOT_MEDIA");
    }
    if (IsOfOtherZone(spend, spot.day)) Add(Measure::kOtherZoneSpend, spot, at, 1);
  }

  // Whether the account's day is another span of time than the reporting zone's.
  bool IsOfOtherZone(const Spend& spend, absl::CivilDay day) const {
    if (spend.account_time_zone.empty() || spend.account_time_zone == book_.zone.name())
      return false;
    const auto zone = base::ParseTimeZone(spend.account_time_zone);
    return zone.ok() && (base::StartOfDay(day, *zone) != base::StartOfDay(day, book_.zone) ||
                         base::StartOfDay(day + 1, *zone) != base::StartOfDay(day + 1, book_.zone));
  }

  void AddTraffic(size_t at, const Traffic& traffic) {
    const Spot spot{CivilDayOf(book_.facts[at].fact.occurred_micros), at};
    if (!Admits(spot)) return;
    Add(Measure::kImpression, spot, at, traffic.impressions);
    Add(Measure::kClick, spot, at, traffic.clicks);
    Add(Measure::kSession, spot, at, traffic.sessions);
    if (click_days_.contains(std::pair(At(at).channel, spot.day))) {
      Add(Measure::kClickSession, spot, at, traffic.sessions);
    }
  }

  // Clicks and sessions of one day may come from different sources.
  void NoteTrafficDays() {
    for (const RecordedFact& recorded : book_.facts) {
      const Traffic* const traffic = std::get_if<Traffic>(&recorded.fact.payload);
      if (traffic == nullptr) continue;
      const std::pair day(recorded.fact.attribution.channel,
                          CivilDayOf(recorded.fact.occurred_micros));
      if (traffic->sessions > 0) visit_days_.insert(day);
      if (traffic->clicks > 0) click_days_.insert(day);
    }
  }

  void AddInquiry(const InquiryStanding& standing) {
    const size_t at = standing.inquiry;
    const Spot spot{standing.day, at};
    if (!AdmitsPlace(at)) return;
    if (!standing.left_out.empty()) {
      if (!question_.period.Contains(spot.day)) return;
      for (const Measure measure :
           {Measure::kInquiry, Measure::kEffectiveInquiry, Measure::kTrafficInquiry,
            Measure::kCohortInquiry, Measure::kCohortEffective}) {
        Leave(measure, spot, at, standing.left_out);
      }
      return;
    }
    const CohortUnit unit =
        ComputeUnit(standing, measured_.standings, book_.facts, book_.zone, cut_day_);
    if (question_.period.Contains(spot.day)) {
      AddCount(spot, unit);
      AddFunnel(spot, unit);
      measured_.units.push_back(unit);
    }
    if (question_.mode == Mode::kCohort) {
      if (question_.period.Contains(spot.day)) AddCohort(spot, standing, unit);
    } else {
      AddActivity(spot, unit);
    }
  }

  void AddCount(const Spot& spot, const CohortUnit& unit) {
    const size_t at = unit.inquiry;
    const Inquiry& inquiry = std::get<Inquiry>(book_.facts[at].fact.payload);
    const bool graded = inquiry.grade != Grade::kUngraded;
    Add(Measure::kInquiry, spot, at, 1);
    if (graded) Add(Measure::kGradedInquiry, spot, at, 1);
    if (unit.effective) {
      Add(Measure::kEffectiveInquiry, spot, at, 1);
    } else {
      Leave(Measure::kEffectiveInquiry, spot, at, graded ? "NOT_EFFECTIVE" : "UNGRADED");
    }
    if (visit_days_.contains(std::pair(At(at).channel, spot.day))) {
      Add(Measure::kTrafficInquiry, spot, at, 1);
    } else {
      Leave(Measure::kTrafficInquiry, spot, at, "UNLINKED");
    }
  }

  void AddFunnel(const Spot& spot, const CohortUnit& unit) {
    if (!unit.effective || unit.kept.empty()) return;
    Add(Measure::kFunnelOrder, spot, OrderFact(unit.kept.front()), 1);
    if (unit.paid) Add(Measure::kFunnelPaid, spot, OrderFact(unit.kept.front()), 1);
    if (unit.paid && unit.mature) {
      Add(Measure::kEffectivePaid, spot, OrderFact(unit.kept.front()), 1);
    }
  }

  void AddCohort(const Spot& spot, const InquiryStanding& standing, const CohortUnit& unit) {
    const size_t at = unit.inquiry;
    if (!unit.mature) {
      Add(Measure::kImmatureInquiry, spot, at, 1);
      Leave(Measure::kCohortInquiry, spot, at, "IMMATURE");
      if (unit.effective) {
        Add(Measure::kImmatureEffective, spot, at, 1);
        Leave(Measure::kCohortEffective, spot, at, "IMMATURE");
      } else {
        LeaveIneffective(spot, unit);
      }
      return;
    }
    Add(Measure::kCohortInquiry, spot, at, 1);
    LeaveOrders(Measure::kCohortConverted, spot, standing, unit);
    if (!unit.kept.empty()) Add(Measure::kCohortConverted, spot, OrderFact(unit.kept.front()), 1);
    if (!unit.effective) {
      LeaveIneffective(spot, unit);
      return;
    }
    Add(Measure::kCohortEffective, spot, at, 1);
    LeaveOrders(Measure::kEffectiveConverted, spot, standing, unit);
    if (!unit.kept.empty()) {
      Add(Measure::kEffectiveConverted, spot, OrderFact(unit.kept.front()), 1);
    }
  }

  void LeaveIneffective(const Spot& spot, const CohortUnit& unit) {
    const Inquiry& inquiry = std::get<Inquiry>(book_.facts[unit.inquiry].fact.payload);
    Leave(Measure::kCohortEffective, spot, unit.inquiry,
          inquiry.grade == Grade::kUngraded ? "UNGRADED" : "NOT_EFFECTIVE");
  }

  // Says of every order of the inquiry that does not convert it why not.
  void LeaveOrders(Measure measure, const Spot& spot, const InquiryStanding& standing,
                   const CohortUnit& unit) {
    for (const size_t position : standing.orders) {
      const OrderStanding& order = measured_.standings.orders[position];
      if (!order.confirmed) {
        Leave(measure, spot, order.order, "NOT_CONFIRMED");
      } else if (!InWindow(unit.day, order.day)) {
        Leave(measure, spot, order.order, "OUTSIDE_WINDOW");
      } else if (order.fully_refunded) {
        Leave(measure, spot, order.order, "FULLY_REFUNDED");
      }
    }
  }

  // Bases of the period, and conversions on the day of the earliest kept order, each inquiry once.
  void AddActivity(const Spot& spot, const CohortUnit& unit) {
    if (question_.period.Contains(spot.day)) {
      Add(Measure::kCohortInquiry, spot, unit.inquiry, 1);
      if (unit.effective) {
        Add(Measure::kCohortEffective, spot, unit.inquiry, 1);
      } else {
        LeaveIneffective(spot, unit);
      }
    }
    if (unit.kept.empty()) return;
    const OrderStanding& first = measured_.standings.orders[unit.kept.front()];
    if (!question_.period.Contains(first.day)) return;
    const Spot converted{first.day, unit.inquiry};
    Add(Measure::kCohortConverted, converted, first.order, 1);
    if (unit.effective) Add(Measure::kEffectiveConverted, converted, first.order, 1);
  }

  void AddOrder(const OrderStanding& standing) {
    const size_t at = standing.order;
    const Spot spot{standing.day, at};
    if (!question_.period.Contains(standing.day)) {
      for (const size_t refund : standing.refunds) {
        AddElsewhere(refund, at, "COUNTS_ON_ORDER_DATE");
      }
    }
    if (!Admits(spot)) return;
    if (!standing.confirmed) {
      Leave(Measure::kOrder, spot, at, "NOT_CONFIRMED");
      Leave(Measure::kRevenue, spot, at, "NOT_CONFIRMED");
      return;
    }
    if (standing.fully_refunded) {
      Leave(Measure::kOrder, spot, at, "FULLY_REFUNDED");
    } else {
      Add(Measure::kOrder, spot, at, 1);
    }
    Add(Measure::kRevenue, spot, at, OrderAt(standing).value.minor);
    AddRefunds(standing, spot);
  }

  // Takes back no more than the order is worth: what is beyond is a refund reported twice.
  void AddRefunds(const OrderStanding& standing, const Spot& spot) {
    int64_t left = OrderAt(standing).value.minor;
    for (const size_t refund : standing.refunds) {
      const int64_t amount = std::get<Refund>(book_.facts[refund].fact.payload).amount.minor;
      const int64_t taken = std::min(amount, left);
      left -= taken;
      if (taken > 0 || amount == 0) {
        Add(Measure::kRevenue, spot, refund, -taken);
      } else {
        Leave(Measure::kRevenue, spot, refund, "REFUND_BEYOND_ORDER");
      }
    }
  }

  // A refund whose order the period does not hold, placed where the order is when that is known.
  void AddElsewhere(size_t refund, size_t place, absl::string_view reason) {
    const Spot spot{OccurredDay(book_.facts[refund].fact, book_.zone), place};
    if (!Admits(spot)) return;
    measured_.elsewhere.push_back({Measure::kRevenue, spot.day, place, refund, reason});
  }

  void Miss(Measure measure, absl::CivilDay day, const Attribution& at) {
    if (question_.period.Contains(day) && Admits(at)) {
      measured_.missing.push_back({measure, day, at});
    }
  }

  // A fact of another currency: said wherever it might have counted.
  void AddMissing(const Fact& fact) {
    if (std::holds_alternative<Spend>(fact.payload)) {
      Miss(Measure::kOtherCurrencySpend, CivilDayOf(fact.occurred_micros), fact.attribution);
    } else if (const Order* order = std::get_if<Order>(&fact.payload)) {
      if (order->status != OrderStatus::kConfirmed) return;
      const absl::CivilDay day = OccurredDay(fact, book_.zone);
      Miss(Measure::kOtherCurrencyOrder, day, fact.attribution);
      MissAtInquiry(Measure::kOtherCurrencyConversion, *order, day);
    } else if (const Refund* refund = std::get_if<Refund>(&fact.payload)) {
      const OrderStanding* const of = FindOrder(refund->order);
      if (of == nullptr) return;
      Miss(Measure::kOtherCurrencyOrder, of->day, At(of->order));
      MissAtInquiry(Measure::kOtherCurrencyConversion, OrderAt(*of), of->day);
    } else if (const Payment* payment = std::get_if<Payment>(&fact.payload)) {
      const OrderStanding* const of =
          payment->order.has_value() ? FindOrder(*payment->order) : nullptr;
      if (of != nullptr) MissAtInquiry(Measure::kOtherCurrencyPaid, OrderAt(*of), of->day);
    }
  }

  // Where a conversion by `order` of `order_day` would count.
  void MissAtInquiry(Measure measure, const Order& order, absl::CivilDay order_day) {
    if (!order.inquiry.has_value()) return;
    const auto position = measured_.standings.inquiry_of.find(*order.inquiry);
    if (position == measured_.standings.inquiry_of.end()) return;
    const InquiryStanding& inquiry = measured_.standings.inquiries[position->second];
    if (!InWindow(inquiry.day, order_day)) return;
    Miss(measure, question_.mode == Mode::kCohort ? inquiry.day : order_day, At(inquiry.inquiry));
  }

  // Null when the book does not hold it.
  const OrderStanding* FindOrder(const FactIdentity& identity) const {
    const auto position = measured_.standings.order_of.find(identity);
    if (position == measured_.standings.order_of.end()) return nullptr;
    return &measured_.standings.orders[position->second];
  }
  const Order& OrderAt(const OrderStanding& standing) const {
    return std::get<Order>(book_.facts[standing.order].fact.payload);
  }
  size_t OrderFact(size_t position) const { return measured_.standings.orders[position].order; }

  const FactBook& book_;
  const Question& question_;
  const absl::CivilDay cut_day_;
  const absl::flat_hash_set<base::ChannelId> paid_;
  absl::flat_hash_set<std::pair<base::ChannelId, absl::CivilDay>> visit_days_;
  absl::flat_hash_set<std::pair<base::ChannelId, absl::CivilDay>> click_days_;
  Measured measured_;
};

// The currency of a fact's money, or null when it has none. A margin is of its order's currency.
const base::Currency* CurrencyOf(const Payload& payload) {
  if (const Spend* spend = std::get_if<Spend>(&payload)) return &spend->amount.currency;
  if (const Order* order = std::get_if<Order>(&payload)) return &order->value.currency;
  if (const Payment* payment = std::get_if<Payment>(&payload)) return &payment->amount.currency;
  if (const Refund* refund = std::get_if<Refund>(&payload)) return &refund->amount.currency;
  return nullptr;
}

}  // namespace

void LeaveOutOtherCurrencies(FactBook& book, const base::Currency& currency) {
  const auto others = std::stable_partition(
      book.facts.begin(), book.facts.end(), [&](const RecordedFact& recorded) {
        const base::Currency* const own = CurrencyOf(recorded.fact.payload);
        return own == nullptr || *own == currency;
      });
  book.other_currency.assign(std::make_move_iterator(others),
                             std::make_move_iterator(book.facts.end()));
  book.facts.erase(others, book.facts.end());
}

void Arrange(FactBook& book) {
  std::sort(book.facts.begin(), book.facts.end(),
            [](const auto& a, const auto& b) { return OccursBefore(a.fact, b.fact); });
}

Measured MeasureFacts(const FactBook& book, const Question& question) {
  return Measurer(book, question).Run();
}

}  // namespace argosy::metrics
