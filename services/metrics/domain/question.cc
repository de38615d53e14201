#include "services/metrics/domain/question.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "base/clock.h"
#include "base/fault.h"
#include "services/metrics/domain/cohort.h"
#include "services/metrics/domain/errors.h"

namespace argosy::metrics {
namespace {

// No fact occurs on it or later.
constexpr absl::CivilDay kLastDaysEnd(2100, 1, 1);

std::vector<FactKind> KindsBehind(Measure measure) {
  switch (measure) {
    case Measure::kOne:
    case Measure::kPeriodDay:
      return {};
    case Measure::kMediaSpend:
    case Measure::kLoadedSpend:
    case Measure::kSpendDay:
    case Measure::kOtherZoneSpend:
    case Measure::kOtherCurrencySpend:
      return {FactKind::kSpend};
    case Measure::kImpression:
    case Measure::kClick:
    case Measure::kSession:
    case Measure::kClickSession:
      return {FactKind::kTraffic};
    case Measure::kInquiry:
    case Measure::kEffectiveInquiry:
    case Measure::kGradedInquiry:
      return {FactKind::kInquiry};
    case Measure::kTrafficInquiry:
      return {FactKind::kTraffic, FactKind::kInquiry};
    case Measure::kCohortInquiry:
    case Measure::kCohortEffective:
    case Measure::kImmatureInquiry:
    case Measure::kImmatureEffective:
    case Measure::kCohortConverted:
    case Measure::kEffectiveConverted:
    case Measure::kFunnelOrder:
    case Measure::kOtherCurrencyConversion:
      return {FactKind::kInquiry, FactKind::kOrder, FactKind::kRefund};
    case Measure::kEffectivePaid:
    case Measure::kFunnelPaid:
    case Measure::kOtherCurrencyPaid:
      return {FactKind::kInquiry, FactKind::kOrder, FactKind::kPayment, FactKind::kRefund};
    case Measure::kOrder:
    case Measure::kRevenue:
    case Measure::kOtherCurrencyOrder:
      return {FactKind::kOrder, FactKind::kRefund};
  }
  return {};
}

}  // namespace

std::optional<base::Grain> GrainOf(Dimension dimension) {
  switch (dimension) {
    case Dimension::kDay:
      return base::Grain::kDay;
    case Dimension::kWeek:
      return base::Grain::kIsoWeek;
    case Dimension::kMonth:
      return base::Grain::kMonth;
    case Dimension::kQuarter:
      return base::Grain::kQuarter;
    default:
      return std::nullopt;
  }
}

absl::Status CheckQuestion(const Question& question) {
  const int64_t days = question.period.days();
  if (days < 1) return base::FieldInvalid("scope.period", "must hold at least one day");
  if (days > kPeriodDaysMax) return PeriodTooLong(days, kPeriodDaysMax);
  const auto grains = std::count_if(question.dimensions.begin(), question.dimensions.end(),
                                    [](Dimension d) { return GrainOf(d).has_value(); });
  if (grains > 1) {
    return base::FieldInvalid("dimensions", "may hold one of DAY, WEEK, MONTH and QUARTER");
  }
  if (question.dimensions.size() > kDimensionsMax) {
    return base::FieldInvalid("dimensions", "may hold at most 4");
  }
  return absl::OkStatus();
}

std::vector<FactKind> KindsFor(absl::Span<const Measure> measures) {
  std::vector<FactKind> kinds;
  for (const Measure measure : measures) {
    for (const FactKind kind : KindsBehind(measure)) kinds.push_back(kind);
  }
  std::sort(kinds.begin(), kinds.end());
  kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
  return kinds;
}

std::vector<FactWindow> WindowsFor(const Question& question, absl::Span<const FactKind> kinds,
                                   int64_t lookback_days) {
  // A conversion of the period may belong to an inquiry a window before it.
  const int64_t before = question.mode == Mode::kActivity ? kConversionWindowDays : 0;
  const absl::CivilDay begin = question.period.begin - before;
  const absl::CivilDay end = question.period.end;
  // A repeat of the period's last inquiry, and with it an order, may come a day later.
  const absl::CivilDay inquiries_end = end + 2;
  std::vector<FactWindow> windows;
  for (const FactKind kind : kinds) {
    switch (kind) {
      case FactKind::kNone:
        break;
      case FactKind::kSpend:
      case FactKind::kTraffic:
        windows.push_back({kind, question.period});
        break;
      case FactKind::kInquiry:
        windows.push_back({kind, {begin - lookback_days, inquiries_end}});
        break;
      case FactKind::kOrder:
      case FactKind::kPayment:
        windows.push_back({kind, {begin, end + kConversionWindowDays + 1}});
        break;
      case FactKind::kRefund:
        // A refund counts with its order, however late it comes.
        windows.push_back({kind, {begin - kRefundLeadDaysMax, kLastDaysEnd}});
        break;
    }
  }
  return windows;
}

bool LookbackSuffices(const FactBook& book, absl::Time since, absl::Time begin) {
  struct Chain {
    absl::Time last;
    bool settled = false;  // it is known which of its inquiries count
  };
  std::vector<const RecordedFact*> inquiries;
  for (const RecordedFact& fact : book.facts) {
    const Inquiry* inquiry = std::get_if<Inquiry>(&fact.fact.payload);
    if (inquiry == nullptr || inquiry->buyer_key.empty()) continue;
    if (inquiry->exclusion == Exclusion::kNone) inquiries.push_back(&fact);
  }
  std::sort(inquiries.begin(), inquiries.end(),
            [](const auto* a, const auto* b) { return OccursBefore(a->fact, b->fact); });
  absl::flat_hash_map<std::pair<absl::string_view, absl::string_view>, Chain> chains;
  for (const RecordedFact* fact : inquiries) {
    const Inquiry& inquiry = std::get<Inquiry>(fact->fact.payload);
    const absl::Time at = base::FromMicros(fact->fact.occurred_micros);
    auto [chain, is_first] = chains.emplace(
        std::pair<absl::string_view, absl::string_view>(inquiry.buyer_key, inquiry.product_line),
        Chain{.last = since});
    if (at - chain->second.last >= kRepeatWindow) chain->second.settled = true;
    chain->second.last = at;
    if (at >= begin && !chain->second.settled) return false;
  }
  return true;
}

}  // namespace argosy::metrics
