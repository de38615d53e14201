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

bool RowMaker::HasDimension(Dimension dimension) const {
  const auto& dimensions = question_.dimensions;
  return std::find(dimensions.begin(), dimensions.end(), dimension) != dimensions.end();
}

Breadth RowMaker::BreadthOf(const MetricDefinition& metric) const {
  return metric.company_row == CompanyRow::kPaidChannels && !HasDimension(Dimension::kChannel)
             ? Breadth::kPaidChannels
             : Breadth::kAllChannels;
}

absl::StatusOr<MetricRow> RowMaker::Make(const MetricDefinition& metric, const Cell& cell) const {
  MetricRow row{.definition = &metric, .cell = cell, .period = tallies_.buckets()[cell.bucket]};
  const Tally& tally = tallies_.At(cell, BreadthOf(metric));
  if (metric.aggregation == Aggregation::kLeastCoverage) {
    FillCoverage(tally, row);
  } else {
    RETURN_IF_ERROR(FillSums(metric, tally, row));
  }
  FillInterval(metric, row);
  FillFindings(metric, tally, row);
  FillNotes(metric, tally, row);
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

const std::string* RowMaker::ChannelOf(const Cell& cell) const {
  const auto& dimensions = question_.dimensions;
  const auto at = std::find(dimensions.begin(), dimensions.end(), Dimension::kChannel);
  if (at == dimensions.end()) return nullptr;
  return &cell.values[static_cast<size_t>(at - dimensions.begin())];
}

bool RowMaker::CutsChannels() const {
  return std::any_of(question_.dimensions.begin(), question_.dimensions.end(), [](Dimension one) {
    return one != Dimension::kChannel && !GrainOf(one).has_value();
  });
}

std::vector<base::ChannelId> RowMaker::CoveredChannels(const Tally& tally,
                                                       const MetricRow& row) const {
  const std::string* const own = ChannelOf(row.cell);
  if (own != nullptr && CutsChannels()) return tally.SpendChannels();
  std::vector<base::ChannelId> channels;
  // A paid channel that reports nothing covers nothing.
  for (const Channel& channel : book_.channels) {
    if (channel.paid == Paid::kNo) continue;
    if (!question_.channels.empty() && !question_.channels.contains(channel.id)) continue;
    if (own != nullptr && *own != channel.id.text()) continue;
    channels.push_back(channel.id);
  }
  return own != nullptr && channels.empty() ? tally.SpendChannels() : channels;
}

void RowMaker::FillCoverage(const Tally& tally, MetricRow& row) const {
  row.denominator = row.period.days();
  row.n = row.denominator;
  const std::vector<base::ChannelId> channels = CoveredChannels(tally, row);
  if (channels.empty()) return;
  const auto days = [&](const base::ChannelId& channel) {
    return tally.SpendDays(channel, row.period.end);
  };
  row.least_channel = *std::min_element(
      channels.begin(), channels.end(),
      [&](const auto& a, const auto& b) { return std::pair(days(a), a) < std::pair(days(b), b); });
  row.numerator = days(row.least_channel);
}

int64_t RowMaker::MissingSpendDays(const Tally& tally, const MetricRow& row) const {
  // Spend is the company's: who sees their own alone cannot tell what is missing. A campaign or a
  // person need not spend every day.
  if (question_.audience.has_value() || CutsChannels()) return 0;
  const base::Period past{row.period.begin, std::min(row.period.end, cut_day_)};
  int64_t missing = 0;
  for (const base::ChannelId& channel : CoveredChannels(tally, row)) {
    missing = std::max(missing, past.days() - tally.SpendDays(channel, past.end));
  }
  return missing;
}

void RowMaker::FillNotes(const MetricDefinition& metric, const Tally& tally, MetricRow& row) const {
  const auto note = [&](NoteKind kind, int64_t value) {
    if (value > 0) row.notes.push_back({kind, value});
  };
  const auto count = [&](Measure measure) { return static_cast<int64_t>(tally.sum(measure)); };
  if (IsFedBy(metric, FactKind::kSpend)) {
    note(NoteKind::kGrainMismatch, count(Measure::kOtherZoneSpend));
    note(NoteKind::kSpendDaysMissing, MissingSpendDays(tally, row));
  }
  const auto looks_at = [&](Measure measure) {
    return metric.numerator == measure || metric.denominator == measure;
  };
  if (looks_at(Measure::kEffectiveInquiry) || looks_at(Measure::kCohortEffective)) {
    note(NoteKind::kUngraded, count(Measure::kInquiry) - count(Measure::kGradedInquiry));
  }
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

std::optional<absl::string_view> RowMaker::WhyNoCoverage(const Tally& tally,
                                                         const MetricRow& row) const {
  // A paid channel without a fact is covered by 0 %.
  const bool is_known = !question_.audience.has_value() && !row.least_channel.text().empty() &&
                        !(CutsChannels() && tally.touched(Measure::kSpendDay) == 0);
  if (!is_known) return "NO_FACTS";
  return std::nullopt;
}

std::optional<absl::string_view> RowMaker::WhyNoData(const MetricDefinition& metric,
                                                     const Tally& tally, MetricRow& row) const {
  if (metric.aggregation == Aggregation::kLeastCoverage) return WhyNoCoverage(tally, row);
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

bool RowMaker::LacksCurrency(const MetricDefinition& metric, const Tally& tally) const {
  const Measure orders =
      metric.cohort() ? Measure::kOtherCurrencyConversion : Measure::kOtherCurrencyOrder;
  const auto lacks = [&](FactKind kind, Measure left_out) {
    return IsFedBy(metric, kind) && tally.sum(left_out) > 0;
  };
  return lacks(FactKind::kSpend, Measure::kOtherCurrencySpend) || lacks(FactKind::kOrder, orders) ||
         lacks(FactKind::kPayment, Measure::kOtherCurrencyPaid);
}

absl::CivilDay RowMaker::EndOfNeed(const MetricDefinition& metric, FactKind kind,
                                   const base::Period& period) const {
  const bool is_outcome =
      kind == FactKind::kOrder || kind == FactKind::kRefund || kind == FactKind::kPayment;
  const bool is_followed = is_outcome && metric.cohort() && question_.mode == Mode::kCohort;
  // The windows of mature inquiries end before the day of the cut.
  return is_followed ? std::min(period.end + kConversionWindowDays, cut_day_) : period.end;
}

bool RowMaker::SourceBehind(const MetricDefinition& metric, const base::Period& period) const {
  return std::any_of(book_.sources.begin(), book_.sources.end(), [&](const auto& source) {
    return std::any_of(source.kinds.begin(), source.kinds.end(), [&](FactKind kind) {
      return IsFedBy(metric, kind) &&
             source.complete_through <
                 base::StartOfDay(EndOfNeed(metric, kind, period), book_.zone);
    });
  });
}

std::vector<absl::string_view> RowMaker::WhyPartial(const MetricDefinition& metric,
                                                    const Tally& tally,
                                                    const MetricRow& row) const {
  std::vector<absl::string_view> reasons;
  if (SourceBehind(metric, row.period)) reasons.push_back("SOURCE_BEHIND");
  if (metric.cautions.needs_grades &&
      tally.sum(Measure::kGradedInquiry) * 100 < tally.sum(Measure::kInquiry) * kGradedMinPercent) {
    reasons.push_back("UNGRADED");
  }
  // After what time will mend.
  if (LacksCurrency(metric, tally)) reasons.push_back("OTHER_CURRENCY");
  if (metric.cautions.aggregate) reasons.push_back("AGGREGATE");
  return reasons;
}

void RowMaker::FillFindings(const MetricDefinition& metric, const Tally& tally,
                            MetricRow& row) const {
  if (const auto why = WhyNoData(metric, tally, row))
    row.findings.push_back({Status::kNoData, *why});
  for (const absl::string_view why : WhyPartial(metric, tally, row)) {
    row.findings.push_back({Status::kPartial, why});
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
