#include "services/metrics/domain/definition.h"

#include <algorithm>

namespace argosy::metrics {
namespace {

std::vector<MetricDefinition> CountsAndMoney() {
  return {
      {.id = "inquiry_count",
       .name_en = "Inquiries",
       .name_zh = "询盘数量",
       .numerator = Measure::kInquiry,
       .numerator_text = "inquiries, the excluded and the repeated left out",
       .kinds = {FactKind::kInquiry}},
      {.id = "effective_inquiry_count",
       .name_en = "Effective inquiries",
       .name_zh = "有效询盘数量",
       .numerator = Measure::kEffectiveInquiry,
       .numerator_text = "inquiries of grade A, B or C",
       .kinds = {FactKind::kInquiry}},
      {.id = "order_count",
       .name_en = "Orders",
       .name_zh = "订单数",
       .numerator = Measure::kOrder,
       .numerator_text = "confirmed orders not fully refunded, by order date",
       .kinds = {FactKind::kOrder, FactKind::kRefund}},
      {.id = "revenue",
       .name_en = "Revenue",
       .name_zh = "销售额",
       .unit = Unit::kMoney,
       .numerator = Measure::kRevenue,
       .numerator_text = "values of confirmed orders less their refunds, by order date",
       .kinds = {FactKind::kOrder, FactKind::kRefund}},
      {.id = "ad_spend",
       .name_en = "Marketing spend",
       .name_zh = "营销费用",
       .unit = Unit::kMoney,
       .direction = Direction::kBand,
       .numerator = Measure::kMediaSpend,
       .numerator_text = "spend on the cost basis asked for",
       .uses_cost_basis = true,
       .cautions = {.restated = true},
       .kinds = {FactKind::kSpend}},
  };
}

std::vector<MetricDefinition> Costs() {
  return {
      {.id = "inquiry_cost",
       .name_en = "Cost per inquiry",
       .name_zh = "询盘成本",
       .unit = Unit::kMoney,
       .direction = Direction::kLower,
       .numerator = Measure::kMediaSpend,
       .denominator = Measure::kInquiry,
       .numerator_text = "spend on the cost basis asked for",
       .denominator_text = "inquiries",
       .interval = IntervalMethod::kPoissonDenominator,
       .company_row = CompanyRow::kPaidChannels,
       .uses_cost_basis = true,
       .cautions = {.restated = true, .sampled = true, .needs_spend = true},
       .kinds = {FactKind::kSpend, FactKind::kInquiry}},
      {.id = "effective_inquiry_cost",
       .name_en = "Cost per effective inquiry",
       .name_zh = "有效询盘成本",
       .unit = Unit::kMoney,
       .direction = Direction::kLower,
       .numerator = Measure::kMediaSpend,
       .denominator = Measure::kEffectiveInquiry,
       .numerator_text = "spend on the cost basis asked for",
       .denominator_text = "inquiries of grade A, B or C",
       .interval = IntervalMethod::kPoissonDenominator,
       .company_row = CompanyRow::kPaidChannels,
       .uses_cost_basis = true,
       .cautions = {.restated = true, .needs_grades = true, .sampled = true, .needs_spend = true},
       .kinds = {FactKind::kSpend, FactKind::kInquiry}},
      {.id = "cost_per_click",
       .name_en = "Cost per click",
       .name_zh = "单次点击成本",
       .unit = Unit::kMoney,
       .direction = Direction::kLower,
       .numerator = Measure::kMediaSpend,
       .denominator = Measure::kClick,
       .numerator_text = "media spend",
       .denominator_text = "clicks",
       .company_row = CompanyRow::kPaidChannels,
       .cautions = {.restated = true, .sampled = true, .needs_spend = true},
       .kinds = {FactKind::kSpend, FactKind::kTraffic}},
  };
}

std::vector<MetricDefinition> Rates() {
  return {
      {.id = "traffic_to_inquiry",
       .name_en = "Traffic to inquiry",
       .name_zh = "流量到询盘转化率",
       .unit = Unit::kRatio,
       .numerator = Measure::kTrafficInquiry,
       .denominator = Measure::kSession,
       .numerator_text = "inquiries of channels and days whose visits are known",
       .denominator_text = "sessions",
       .interval = IntervalMethod::kWilson,
       .cautions = {.aggregate = true, .sampled = true, .rare_events = true},
       .kinds = {FactKind::kTraffic, FactKind::kInquiry}},
      {.id = "inquiry_order_rate",
       .name_en = "Inquiry to order rate",
       .name_zh = "询盘订单转化率",
       .unit = Unit::kRatio,
       .numerator = Measure::kCohortConverted,
       .denominator = Measure::kCohortInquiry,
       .numerator_text = "of these, with a confirmed order not fully refunded within 90 days",
       .denominator_text = "inquiries whose 90 days have passed",
       .interval = IntervalMethod::kWilson,
       .immature = Measure::kImmatureInquiry,
       .cautions = {.sampled = true, .rare_events = true},
       .kinds = {FactKind::kInquiry, FactKind::kOrder, FactKind::kRefund}},
      {.id = "effective_order_rate",
       .name_en = "Effective inquiry to order rate",
       .name_zh = "销售转化率",
       .unit = Unit::kRatio,
       .numerator = Measure::kEffectiveConverted,
       .denominator = Measure::kCohortEffective,
       .numerator_text = "of these, with a confirmed order not fully refunded within 90 days",
       .denominator_text = "inquiries of grade A, B or C whose 90 days have passed",
       .interval = IntervalMethod::kWilson,
       .immature = Measure::kImmatureEffective,
       .cautions = {.sampled = true, .rare_events = true},
       .kinds = {FactKind::kInquiry, FactKind::kOrder, FactKind::kRefund}},
      {.id = "spend_coverage",
       .name_en = "Spend coverage",
       .name_zh = "费用数据覆盖率",
       .unit = Unit::kRatio,
       .numerator = Measure::kSpendDay,
       .denominator = Measure::kPeriodDay,
       .numerator_text = "days with a MEDIA spend fact, of the channel that has fewest",
       .denominator_text = "days of the period",
       .aggregation = Aggregation::kLeastCoverage,
       .company_row = CompanyRow::kPaidChannels,
       .kinds = {FactKind::kSpend}},
  };
}

std::vector<MetricDefinition> MakeCatalogue() {
  std::vector<MetricDefinition> all;
  for (auto part : {CountsAndMoney(), Costs(), Rates()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return all;
}

const std::vector<MetricDefinition>& Definitions() {
  static const std::vector<MetricDefinition> all = MakeCatalogue();
  return all;
}

}  // namespace

absl::Span<const MetricDefinition> Catalogue() { return Definitions(); }

const MetricDefinition* FindDefinition(absl::string_view id) {
  const auto& all = Definitions();
  const auto at = std::find_if(all.begin(), all.end(), [&](const auto& d) { return d.id == id; });
  return at == all.end() ? nullptr : &*at;
}

std::vector<Measure> MeasuresOf(absl::Span<const MetricDefinition* const> metrics) {
  std::vector<Measure> measures;
  for (const MetricDefinition* metric : metrics) {
    measures.insert(measures.end(), {metric->numerator, metric->denominator, metric->immature});
    if (metric->cautions.needs_grades) measures.push_back(Measure::kGradedInquiry);
  }
  return measures;
}

bool IsFedBy(const MetricDefinition& definition, FactKind kind) {
  return std::find(definition.kinds.begin(), definition.kinds.end(), kind) !=
         definition.kinds.end();
}

Measure NumeratorOn(const MetricDefinition& definition, CostBasis basis) {
  const bool loaded = definition.uses_cost_basis && basis == CostBasis::kLoaded;
  return loaded ? Measure::kLoadedSpend : definition.numerator;
}

}  // namespace argosy::metrics
