#include "services/metrics/domain/row_maker.h"

#include <algorithm>
#include <cmath>

#include "base/money.h"
#include "base/period.h"
#include "base/status_macros.h"

namespace argosy::metrics {
namespace {

// spend / upper Poisson limit of no event, in whole minor units, downward: "at least".
int64_t LeastCost(int64_t spend) {
  return static_cast<int64_t>(std::floor(*CostInterval(spend, 0).lower));
}

}  // namespace

RowMaker::RowMaker(const FactBook& book, const Question& question, const Tallies& tallies)
    : book_(book),
      question_(question),
      tallies_(tallies),
      cut_day_(base::LocalDay(question.cut, book.zone)) {}

Breadth RowMaker::BreadthOf(const MetricDefinition& metric) const {
  const auto& dimensions = question_.dimensions;
  const bool by_channel =
      std::find(dimensions.begin(), dimensions.end(), Dimension::kChannel) != dimensions.end();
  return metric.company_row == CompanyRow::kPaidChannels && !by_channel ? Breadth::kPaidChannels
                                                                        : Breadth::kAllChannels;
}

absl::StatusOr<MetricRow> RowMaker::Make(const MetricDefinition& metric, const Cell& cell) const {
  MetricRow row{
      .definition = &metric, .cell = cell, .period = tallies_.buckets()[cell.bucket]};
  const Tally& tally = tallies_.At(cell, BreadthOf(metric));
  if (metric.aggregation == Aggregation::kLeastCoverage) {
    FillCoverage(tally, row);
  } else {
    RETURN_IF_ERROR(FillSums(metric, tally, row));
  }
  FillInterval(metric, row);
  FillFindings(metric, tally, row);
  return row;
}

absl::Status RowMaker::FillSums(const MetricDefinition& metric, const Tally& tally,
                                MetricRow& row) const {
  const Measure numerator = NumeratorOn(metric, question_.basis);
  ASSIGN_OR_RETURN(row.numerator, base::CheckedNarrow(tally.sum(numerator)));
  if (metric.ratio()) {
    ASSIGN_OR_RETURN(row.denominator, base::CheckedNarrow(tally.sum(metric.denominator)));
  }
  row.n = metric.ratio() ? row.denominator : tally.touched(numerator);
  if (metric.cohort() && question_.mode == Mode::kCohort) {
    ASSIGN_OR_RETURN(row.immature, base::CheckedNarrow(tally.sum(metric.immature)));
  }
  return absl::OkStatus();
}

void RowMaker::FillCoverage(const Tally& tally, MetricRow& row) const {
  row.denominator = row.period.days();
  row.n = row.denominator;
  std::vector<base::ChannelId> channels;
  const auto& dimensions = question_.dimensions;
  const auto by_channel = std::find(dimensions.begin(), dimensions.end(), Dimension::kChannel);
  if (by_channel != dimensions.end()) {
    channels = tally.SpendChannels();
  } else {
    // A paid channel that reports nothing covers nothing.
    for (const Channel& channel : book_.channels) {
      if (channel.paid == Paid::kNo) continue;
      if (!question_.channels.empty() && !question_.channels.contains(channel.id)) continue;
      channels.push_back(channel.id);
    }
  }
  if (channels.empty()) return;
  const auto least = std::min_element(
      channels.begin(), channels.end(), [&](const auto& a, const auto& b) {
        return std::pair(tally.SpendDays(a), a) < std::pair(tally.SpendDays(b), b);
      });
  row.least_channel = *least;
  row.numerator = tally.SpendDays(*least);
}

void RowMaker::FillInterval(const MetricDefinition& metric, MetricRow& row) const {
  switch (metric.interval) {
    case IntervalMethod::kNone:
      break;
    case IntervalMethod::kWilson:
      row.interval = WilsonInterval(row.numerator, row.denominator);
      break;
    case IntervalMethod::kPoissonDenominator:
      if (row.numerator > 0) row.interval = CostInterval(row.numerator, row.denominator);
      break;
  }
}

std::optional<absl::string_view> RowMaker::WhyNoData(const MetricDefinition& metric,
                                                     const Tally& tally, MetricRow& row) const {
  const bool untouched = tally.touched(NumeratorOn(metric, question_.basis)) == 0 &&
                         (!metric.ratio() || tally.touched(metric.denominator) == 0);
  if (untouched) return "NO_FACTS";
  if (metric.cautions.needs_spend && row.numerator == 0) return "NO_SPEND";
  if (!metric.ratio() || row.denominator != 0) return std::nullopt;
  if (metric.interval == IntervalMethod::kPoissonDenominator) {
    row.cost_at_least = LeastCost(row.numerator);
    return "COST_AT_LEAST";
  }
  return "ZERO_DENOMINATOR";
}

bool RowMaker::SourceBehind(const MetricDefinition& metric, const base::Period& period) const {
  const absl::Time end = base::StartOfDay(period.end, book_.zone);
  for (const SourceProgress& source : book_.sources) {
    const bool feeds = std::any_of(source.kinds.begin(), source.kinds.end(), [&](FactKind kind) {
      return std::find(metric.kinds.begin(), metric.kinds.end(), kind) != metric.kinds.end();
    });
    if (feeds && source.complete_through < end) return true;
  }
  return false;
}

std::optional<absl::string_view> RowMaker::WhyPartial(const MetricDefinition& metric,
                                                      const Tally& tally,
                                                      const MetricRow& row) const {
  if (SourceBehind(metric, row.period)) return "SOURCE_BEHIND";
  if (metric.cautions.needs_grades &&
      tally.sum(Measure::kGradedInquiry) * 100 < tally.sum(Measure::kInquiry) * kGradedMinPercent) {
    return "UNGRADED";
  }
  if (metric.cautions.aggregate) return "AGGREGATE";
  return std::nullopt;
}

void RowMaker::FillFindings(const MetricDefinition& metric, const Tally& tally,
                            MetricRow& row) const {
  if (const auto why = WhyNoData(metric, tally, row)) row.findings.push_back({Status::kNoData, *why});
  if (const auto why = WhyPartial(metric, tally, row)) {
    row.findings.push_back({Status::kPartial, *why});
  }
  if (row.immature > 0) row.findings.push_back({Status::kImmature, "INSIDE_WINDOW"});
  if (metric.cautions.restated && row.period.end - 1 > cut_day_ - kRestatementDays) {
    row.findings.push_back({Status::kProvisional, "RESTATEMENT_HORIZON"});
  }
  const bool few_events = metric.cautions.rare_events && row.numerator < kEventsMin;
  if (metric.cautions.sampled && (row.n < kSampleMin || few_events)) {
    row.findings.push_back({Status::kSmallSample, row.n < kSampleMin ? "FEW_UNITS" : "FEW_EVENTS"});
  }
  if (row.findings.empty()) row.findings.push_back({Status::kOk, ""});
}

}  // namespace argosy::metrics
