#include <array>
#include <utility>

#include "base/money.h"
#include "base/status_macros.h"
#include "services/metrics/domain/answer.h"
#include "services/metrics/domain/row_maker.h"

namespace argosy::metrics {
namespace {

struct StepRule {
  FunnelStepKind kind;
  Measure count;
  // Of the link from the step before; kOne on the first step.
  Measure numerator = Measure::kOne;
  Measure denominator = Measure::kOne;
  Measure immature = Measure::kOne;
  std::array<FactKind, 2> kinds = {FactKind::kNone, FactKind::kNone};
};

constexpr std::array<StepRule, 7> kSteps = {{
    {FunnelStepKind::kImpression, Measure::kImpression},
    {.kind = FunnelStepKind::kClick,
     .count = Measure::kClick,
     .numerator = Measure::kClick,
     .denominator = Measure::kImpression,
     .kinds = {FactKind::kTraffic, FactKind::kNone}},
    {.kind = FunnelStepKind::kSession,
     .count = Measure::kSession,
     .numerator = Measure::kClickSession,
     .denominator = Measure::kClick,
     .kinds = {FactKind::kTraffic, FactKind::kNone}},
    {.kind = FunnelStepKind::kInquiry,
     .count = Measure::kInquiry,
     .numerator = Measure::kTrafficInquiry,
     .denominator = Measure::kSession,
     .kinds = {FactKind::kTraffic, FactKind::kInquiry}},
    {.kind = FunnelStepKind::kEffectiveInquiry,
     .count = Measure::kEffectiveInquiry,
     .numerator = Measure::kEffectiveInquiry,
     .denominator = Measure::kInquiry,
     .kinds = {FactKind::kInquiry, FactKind::kNone}},
    {.kind = FunnelStepKind::kOrder,
     .count = Measure::kFunnelOrder,
     .numerator = Measure::kEffectiveConverted,
     .denominator = Measure::kCohortEffective,
     .immature = Measure::kImmatureEffective,
     .kinds = {FactKind::kInquiry, FactKind::kOrder}},
    {.kind = FunnelStepKind::kPaid,
     .count = Measure::kFunnelPaid,
     .numerator = Measure::kEffectivePaid,
     .denominator = Measure::kEffectiveConverted,
     .immature = Measure::kImmatureEffective,
     .kinds = {FactKind::kOrder, FactKind::kPayment}},
}};

// A link is a share like any other rate and is judged by the same code.
MetricDefinition LinkDefinition(const StepRule& step) {
  MetricDefinition link{.id = "step_conversion",
                        .name_en = "Step conversion",
                        .name_zh = "环节转化率",
                        .unit = Unit::kRatio,
                        .numerator = step.numerator,
                        .denominator = step.denominator,
                        .numerator_text = "those that reached the step",
                        .denominator_text = "those that reached the step before",
                        .interval = IntervalMethod::kWilson,
                        .immature = step.immature,
                        .cautions = {.sampled = true, .rare_events = true}};
  for (const FactKind kind : step.kinds) {
    if (kind != FactKind::kNone) link.kinds.push_back(kind);
  }
  // Neither follows one visitor: a click may bring no session, and a session come without a click.
  link.cautions.aggregate =
      step.numerator == Measure::kTrafficInquiry || step.numerator == Measure::kClickSession;
  // Who is not graded yet is missing from here on.
  link.cautions.needs_grades = step.kind >= FunnelStepKind::kEffectiveInquiry;
  return link;
}

}  // namespace

absl::StatusOr<std::vector<FunnelStep>> ComputeFunnel(const FactBook& book,
                                                      const Question& question) {
  const Measured measured = MeasureFacts(book, question);
  ASSIGN_OR_RETURN(const Tallies tallies, Tallies::Make(book, question, measured));
  const RowMaker maker(book, question, tallies);
  const Cell whole;
  std::vector<FunnelStep> steps;
  for (const StepRule& rule : kSteps) {
    FunnelStep step{.kind = rule.kind};
    const Tally& tally = tallies.At(whole, Breadth::kAllChannels);
    ASSIGN_OR_RETURN(step.count, base::CheckedNarrow(tally.sum(rule.count)));
    if (rule.numerator != Measure::kOne) {
      const MetricDefinition definition = LinkDefinition(rule);
      ASSIGN_OR_RETURN(MetricRow link, maker.Make(definition, whole));
      link.definition = nullptr;
      step.link = std::move(link);
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace argosy::metrics
