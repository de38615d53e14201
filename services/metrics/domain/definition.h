// The catalogue: what every metric means. A metric is one record here and is computed by the one
// code path of answer.h; adding a metric is adding a record.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_DEFINITION_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_DEFINITION_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/metrics/domain/fact.h"

namespace argosy::metrics {

// What facts add up to. Each is a sum over contributions; the meaning stands with each value.
enum class Measure {
  kOne,                 // 1, the denominator of what is no ratio
  kMediaSpend,          // minor units of MEDIA spend
  kLoadedSpend,         // minor units of all spend
  kSpendDay,            // days with a MEDIA spend fact; 0 counts
  kPeriodDay,           // days
  kImpression,          //
  kClick,               //
  kSession,             //
  kClickSession,        // of these, on a channel and day with a click
  kInquiry,             // counted inquiries
  kEffectiveInquiry,    // of these, grade A to C
  kGradedInquiry,       // of kInquiry, with any grade
  kTrafficInquiry,      // of kInquiry, on a channel and day with a session
  kCohortInquiry,       // inquiries a rate is about: mature ones (COHORT), all (ACTIVITY)
  kCohortConverted,     // of these, converted
  kCohortEffective,     // as kCohortInquiry, effective
  kEffectiveConverted,  // of these, converted
  kEffectivePaid,       // of these, something of an order is paid
  kImmatureInquiry,     // inquiries inside their window
  kImmatureEffective,   // of these, effective
  kFunnelOrder,         // effective inquiries that converted, mature or not
  kFunnelPaid,          // of these, something of an order is paid
  kOrder,               // confirmed orders not fully refunded
  kRevenue,             // minor units: values of confirmed orders less their refunds
  kOtherZoneSpend,      // spend facts whose day is not the reporting zone's
  // Facts left out because their money is of another currency, where they might have counted:
  kOtherCurrencySpend,       // spend
  kOtherCurrencyOrder,       // orders and refunds, on the order's day
  kOtherCurrencyConversion,  // orders and refunds, where their inquiry's conversion counts
  kOtherCurrencyPaid,        // payments, there too
};
inline constexpr size_t kMeasureCount = static_cast<size_t>(Measure::kOtherCurrencyPaid) + 1;

enum class Unit { kCount = 1, kMoney, kRatio };
enum class Direction { kHigher = 1, kLower, kBand };
enum class IntervalMethod { kNone = 0, kWilson, kPoissonDenominator };
enum class CostBasis { kMedia = 1, kLoaded };

// How the numbers above and below the line are made from contributions.
enum class Aggregation {
  kSum,            // sums of measures
  kLeastCoverage,  // days covered / days of the period, of the channel that covers least
};

// Over which channels a row that is not cut by channel sums.
enum class CompanyRow { kAllChannels, kPaidChannels };

// Which finding a metric is open to beyond those of every metric.
struct Cautions {
  bool restated = false;      // PROVISIONAL while spend may be restated
  bool needs_grades = false;  // PARTIAL (UNGRADED) under 90 % graded
  bool aggregate = false;     // PARTIAL (AGGREGATE): daily totals stand in for visitors
  bool sampled = false;       // SMALL_SAMPLE under 30 units
  bool rare_events = false;   // SMALL_SAMPLE under 5 events as well
  bool needs_spend = false;   // absent (NO_SPEND) when nothing was spent
};

struct MetricDefinition {
  absl::string_view id;
  int32_t version = 1;  // a change of meaning is a new version
  absl::string_view name_en;
  absl::string_view name_zh;
  Unit unit = Unit::kCount;
  Direction direction = Direction::kHigher;
  // kMediaSpend stands for the basis asked for when `uses_cost_basis`.
  Measure numerator = Measure::kOne;
  Measure denominator = Measure::kOne;
  absl::string_view numerator_text;
  absl::string_view denominator_text;  // empty: no ratio
  IntervalMethod interval = IntervalMethod::kNone;
  Aggregation aggregation = Aggregation::kSum;
  CompanyRow company_row = CompanyRow::kAllChannels;
  bool uses_cost_basis = false;
  // Inquiries of the period still inside their window, of a cohort metric; kOne when it is none.
  Measure immature = Measure::kOne;
  Cautions cautions;
  std::vector<FactKind> kinds;  // whose sources must have reported the period

  bool cohort() const { return immature != Measure::kOne; }
  bool ratio() const { return !denominator_text.empty(); }
};

// How long an inquiry is followed, in days: a kept order on day d + 90 still converts it.
inline constexpr int64_t kConversionWindowDays = 90;

// Every metric, by id.
absl::Span<const MetricDefinition> Catalogue();

// The metric with `id`, or null.
const MetricDefinition* FindDefinition(absl::string_view id);

// Every measure that `metrics` or their findings look at.
std::vector<Measure> MeasuresOf(absl::Span<const MetricDefinition* const> metrics);

// Whether sources of `kind` feed the metric.
bool IsFedBy(const MetricDefinition& definition, FactKind kind);

// The measure above the line on `basis`.
Measure NumeratorOn(const MetricDefinition& definition, CostBasis basis);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_DEFINITION_H_
