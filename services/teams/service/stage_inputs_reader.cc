#include "services/teams/service/stage_inputs_reader.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/strings/str_cat.h"
#include "argosy/metrics/v1/metric.pb.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/teams/domain/errors.h"
#include "services/teams/domain/stage_evaluation.h"
#include "services/teams/service/convert.h"

namespace argosy::teams {
namespace {

namespace wire = metrics::v1;

constexpr char kAdSpend[] = "ad_spend";
constexpr char kCoverage[] = "spend_coverage";
constexpr char kEffectiveCount[] = "effective_inquiry_count";
constexpr char kEffectiveCost[] = "effective_inquiry_cost";
constexpr char kOrderRate[] = "effective_order_rate";
constexpr char kSourceBehind[] = "SOURCE_BEHIND";
constexpr char kUngraded[] = "UNGRADED";
constexpr char kOtherCurrency[] = "OTHER_CURRENCY";
constexpr char kRestatementHorizon[] = "RESTATEMENT_HORIZON";
// Metrics measures the whole cohort for each page, so the pages are as large as 4 MiB, what a
// client takes, allows: a unit is 400 bytes, 1,000 at most. With kCohortUnitsMax that is 26 pages.
constexpr int32_t kUnitsPerPage = 4'000;
constexpr int32_t kChannelsPerPage = 200;

// One evaluation's conversation with the metrics service.
class Gatherer {
 public:
  Gatherer(const tenants::RequestContext& ctx, MetricSource& source, StageMoment moment)
      : ctx_(ctx), source_(source), moment_(std::move(moment)) {}

  absl::StatusOr<StageInputs> Gather();

 private:
  // A channel of the tenant: what is paid and of which kind.
  using Kinds = absl::btree_map<std::string, ChannelKind>;

  std::string parent() const { return "tenants/" + ctx_.tenant().tenant_id().text(); }
  wire::QueryScope Scope(const base::Period& period, wire::CostBasis basis) const;
  absl::StatusOr<wire::QueryMetricsResponse> Query(const std::vector<std::string>& metrics,
                                                   const std::vector<wire::Dimension>& dimensions,
                                                   const wire::QueryScope& scope);
  absl::StatusOr<std::vector<WeekFigures>> ReadWeeks();
  absl::Status ReadKinds();
  absl::StatusOr<std::vector<PaidChannel>> ReadChannels();
  // The paid channel that `row` stands for; null when it is none.
  const Kinds::value_type* FindChannel(const wire::MetricRow& row) const;
  absl::Status ReadSpendDays(MatureCohort& cohort);
  absl::StatusOr<MatureCohort> ReadCohort();
  absl::Status ReadUnits(MatureCohort& cohort);

  const tenants::RequestContext& ctx_;
  MetricSource& source_;
  StageMoment moment_;
  Kinds kinds_;
};

bool HasReason(const wire::MetricRow& row, absl::string_view reason) {
  return std::any_of(row.reasons().begin(), row.reasons().end(),
                     [reason](const std::string& one) { return one == reason; });
}

// Whether facts that the figure needs are missing from it.
bool LacksFacts(const wire::MetricRow& row) {
  return HasReason(row, kSourceBehind) || HasReason(row, kOtherCurrency);
}

// The value of a dimension, or nothing when the row has it not.
std::optional<std::string> FindDimension(const wire::MetricRow& row, wire::Dimension dimension) {
  for (const wire::DimensionValue& value : row.dimensions()) {
    if (value.dimension() == dimension) return value.value();
  }
  return std::nullopt;
}

// The Monday of the week a row stands for.
absl::StatusOr<absl::CivilDay> WeekOf(const wire::MetricRow& row) {
  const std::optional<std::string> label = FindDimension(row, wire::DIMENSION_WEEK);
  if (!label.has_value()) return AnswerUnusable("a row without its week");
  const absl::StatusOr<base::Period> week = base::ParsePeriodLabel(*label);
  if (!week.ok()) return AnswerUnusable(absl::StrCat("the week '", *label, "'"));
  return week->begin;
}

// Where `monday` stands among the weeks of `period`.
absl::StatusOr<size_t> PlaceOf(absl::CivilDay monday, const base::Period& period) {
  if (!period.Contains(monday) || (monday - period.begin) % 7 != 0) {
    return AnswerUnusable("a week that was not asked for");
  }
  return static_cast<size_t>((monday - period.begin) / 7);
}

absl::StatusOr<ChannelKind> KindOf(wire::ChannelKind kind) {
  const auto number = static_cast<int64_t>(kind);
  if (number < 1 || number > static_cast<int64_t>(ChannelKind::kOther)) {
    return AnswerUnusable("a channel without a kind");
  }
  return static_cast<ChannelKind>(number);
}

void AddToWeek(const wire::MetricRow& row, WeekFigures& week) {
  if (row.metric_id() == kAdSpend) {
    week.spend_minor = row.numerator();
    if (HasReason(row, kRestatementHorizon)) week.provisional_minor = row.numerator();
  }
  if (row.metric_id() == kEffectiveCount) week.effective = row.numerator();
  if (HasReason(row, kUngraded) && week.state == WeekFigures::State::kClosed) {
    week.state = WeekFigures::State::kUngraded;
  }
  if (LacksFacts(row)) week.state = WeekFigures::State::kOpen;
}

// Inquiries of the row without a grade when they are too many for it, else 0.
int64_t TooManyUngraded(const wire::MetricRow& row) {
  if (!HasReason(row, kUngraded)) return 0;
  const auto note = std::find_if(
      row.notes().begin(), row.notes().end(),
      [](const wire::MetricNote& one) { return one.kind() == wire::METRIC_NOTE_KIND_UNGRADED; });
  return note == row.notes().end() ? 1 : std::max<int64_t>(1, note->value());
}

void AddCost(const wire::MetricRow& row, MatureCohort& cohort) {
  cohort.loaded_cost_minor = row.numerator();
  cohort.effective_inquiries = row.denominator();
  cohort.ungraded_inquiries = TooManyUngraded(row);
}

// A fair, a membership or an agency's SEO is not paid for day by day: days without spend say
// nothing.
bool IsBoughtByTheDay(ChannelKind kind) {
  return kind == ChannelKind::kSearch || kind == ChannelKind::kSocial;
}

struct CoveredDays {
  int64_t all = 0;
  int64_t with_spend = 0;
};
// Of one channel, by the month's label, which sorts as time does.
using CoveredMonths = absl::btree_map<std::string, CoveredDays>;

// Takes over the days of a channel that lacks a greater share than the one noted so far: coverage
// is judged as a share. It may have begun within its first month with spend and ended within its
// last, so only those between are held against it.
void NoteSpendDays(const CoveredMonths& months, MatureCohort& cohort) {
  const auto has_spend = [](const auto& month) { return month.second.with_spend > 0; };
  const auto first = std::find_if(months.begin(), months.end(), has_spend);
  if (first == months.end()) return;
  const auto last = std::prev(std::find_if(months.rbegin(), months.rend(), has_spend).base());
  CoveredDays between;
  for (auto month = std::next(first); first != last && month != last; ++month) {
    between.all += month->second.all;
    between.with_spend += month->second.with_spend;
  }
  const int64_t missing = between.all - between.with_spend;
  const bool is_first = cohort.spend_days == 0;
  if (!is_first && missing * cohort.spend_days <= cohort.spend_days_missing * between.all) return;
  cohort.spend_days = between.all;
  cohort.spend_days_missing = missing;
}

CohortUnit UnitOf(const wire::CohortUnit& unit) {
  constexpr int64_t kMicrosPerSecond = 1'000'000;
  constexpr int64_t kNanosPerMicro = 1'000;
  return {.occurred_at_micros = unit.occurred_at().seconds() * kMicrosPerSecond +
                                unit.occurred_at().nanos() / kNanosPerMicro,
          .kept_orders = unit.kept_order_count(),
          .orders_with_margin = unit.kept_margin_count(),
          .margin_minor = unit.kept_margin().amount_minor()};
}

wire::QueryScope Gatherer::Scope(const base::Period& period, wire::CostBasis basis) const {
  wire::QueryScope scope;
  scope.mutable_period()->set_start_date(base::FormatCivilDay(period.begin));
  scope.mutable_period()->set_end_date(base::FormatCivilDay(period.end));
  if (moment_.knowledge_seq > 0) {
    scope.set_knowledge_seq(moment_.knowledge_seq);
  } else {
    *scope.mutable_as_of() = ToProto(moment_.as_of);
  }
  // The zone was checked when the moment was made.
  const absl::StatusOr<absl::TimeZone> zone = base::ParseTimeZone(moment_.time_zone);
  if (zone.ok()) *scope.mutable_cut() = ToProto(base::StartOfDay(moment_.cut, *zone));
  scope.set_mode(wire::QUERY_MODE_COHORT);
  scope.set_cost_basis(basis);
  scope.set_paid_only(true);
  return scope;
}

absl::StatusOr<wire::QueryMetricsResponse> Gatherer::Query(
    const std::vector<std::string>& metrics, const std::vector<wire::Dimension>& dimensions,
    const wire::QueryScope& scope) {
  wire::QueryMetricsRequest request;
  request.set_parent(parent());
  for (const std::string& metric : metrics) request.add_metrics(metric);
  for (const wire::Dimension dimension : dimensions) request.add_dimensions(dimension);
  *request.mutable_scope() = scope;
  return source_.QueryMetrics(ctx_, request);
}

absl::StatusOr<std::vector<WeekFigures>> Gatherer::ReadWeeks() {
  const base::Period period = WeeksBefore(moment_.cut, StageInputs::kLookbackWeeks);
  ASSIGN_OR_RETURN(const wire::QueryMetricsResponse answer,
                   Query({kAdSpend, kEffectiveCount, kEffectiveCost}, {wire::DIMENSION_WEEK},
                         Scope(period, wire::COST_BASIS_MEDIA)));
  moment_.knowledge_seq = answer.knowledge_seq();
  moment_.currency = answer.currency_code();
  std::vector<WeekFigures> weeks;
  for (absl::CivilDay monday = period.begin; monday < period.end; monday += 7) {
    weeks.push_back({.monday = monday, .state = WeekFigures::State::kClosed});
  }
  for (const wire::MetricRow& row : answer.rows()) {
    ASSIGN_OR_RETURN(const absl::CivilDay monday, WeekOf(row));
    ASSIGN_OR_RETURN(const size_t place, PlaceOf(monday, period));
    AddToWeek(row, weeks[place]);
  }
  return weeks;
}

absl::Status Gatherer::ReadKinds() {
  wire::ListChannelsRequest request;
  request.set_parent(parent());
  request.set_page_size(kChannelsPerPage);
  do {
    ASSIGN_OR_RETURN(const wire::ListChannelsResponse page, source_.ListChannels(ctx_, request));
    for (const wire::Channel& channel : page.channels()) {
      if (!channel.paid()) continue;
      ASSIGN_OR_RETURN(kinds_[channel.name()], KindOf(channel.kind()));
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

const Gatherer::Kinds::value_type* Gatherer::FindChannel(const wire::MetricRow& row) const {
  const auto kind = kinds_.find(FindDimension(row, wire::DIMENSION_CHANNEL).value_or(""));
  return kind == kinds_.end() ? nullptr : &*kind;
}

absl::StatusOr<std::vector<PaidChannel>> Gatherer::ReadChannels() {
  // Those that have rows: the others were made after what the evaluation knows.
  absl::btree_map<std::string, PaidChannel> channels;
  const base::Period period = WeeksBefore(moment_.cut, StageInputs::kSpendWeeks);
  ASSIGN_OR_RETURN(const wire::QueryMetricsResponse answer,
                   Query({kAdSpend, kCoverage}, {wire::DIMENSION_CHANNEL, wire::DIMENSION_WEEK},
                         Scope(period, wire::COST_BASIS_MEDIA)));
  for (const wire::MetricRow& row : answer.rows()) {
    const Kinds::value_type* const paid = FindChannel(row);
    // What is attributed to no channel chooses no traffic.
    if (paid == nullptr) continue;
    PaidChannel& channel = channels[paid->first];
    channel.channel = paid->first;
    channel.kind = paid->second;
    channel.fact_days.resize(static_cast<size_t>(StageInputs::kSpendWeeks));
    ASSIGN_OR_RETURN(const absl::CivilDay monday, WeekOf(row));
    ASSIGN_OR_RETURN(const size_t place, PlaceOf(monday, period));
    if (row.metric_id() == kAdSpend) channel.spend_minor += row.numerator();
    if (row.metric_id() == kCoverage) channel.fact_days[place] = row.numerator();
  }
  std::vector<PaidChannel> sorted;
  for (auto& [name, channel] : channels) sorted.push_back(std::move(channel));
  return sorted;
}

absl::StatusOr<MatureCohort> Gatherer::ReadCohort() {
  MatureCohort cohort{.period = MaturePeriod(moment_.cut)};
  ASSIGN_OR_RETURN(
      const wire::QueryMetricsResponse answer,
      Query({kEffectiveCost, kOrderRate}, {}, Scope(cohort.period, wire::COST_BASIS_LOADED)));
  for (const wire::MetricRow& row : answer.rows()) {
    if (LacksFacts(row)) continue;  // a part of the cost is none
    if (row.metric_id() == kOrderRate) cohort.orders = MatureCohort::Orders::kWhole;
    if (row.metric_id() == kEffectiveCost) AddCost(row, cohort);
  }
  RETURN_IF_ERROR(ReadSpendDays(cohort));
  RETURN_IF_ERROR(ReadUnits(cohort));
  return cohort;
}

absl::Status Gatherer::ReadSpendDays(MatureCohort& cohort) {
  ASSIGN_OR_RETURN(const wire::QueryMetricsResponse answer,
                   Query({kCoverage}, {wire::DIMENSION_CHANNEL, wire::DIMENSION_MONTH},
                         Scope(cohort.period, wire::COST_BASIS_MEDIA)));
  absl::btree_map<std::string, CoveredMonths> channels;
  for (const wire::MetricRow& row : answer.rows()) {
    const Kinds::value_type* const paid = FindChannel(row);
    if (paid == nullptr || !IsBoughtByTheDay(paid->second)) continue;
    const std::optional<std::string> month = FindDimension(row, wire::DIMENSION_MONTH);
    if (!month.has_value()) return AnswerUnusable("a row without its month");
    channels[paid->first][*month] = {.all = row.denominator(), .with_spend = row.numerator()};
  }
  for (const auto& [name, months] : channels) NoteSpendDays(months, cohort);
  return absl::OkStatus();
}

absl::Status Gatherer::ReadUnits(MatureCohort& cohort) {
  wire::ListCohortUnitsRequest request;
  request.set_parent(parent());
  *request.mutable_scope() = Scope(cohort.period, wire::COST_BASIS_LOADED);
  request.set_page_size(kUnitsPerPage);
  size_t read = 0;
  do {
    ASSIGN_OR_RETURN(const wire::ListCohortUnitsResponse page,
                     source_.ListCohortUnits(ctx_, request));
    for (const wire::CohortUnit& unit : page.units()) {
      if (unit.effective() && unit.mature()) cohort.units.push_back(UnitOf(unit));
    }
    // Whether they count or not: each costs the same to read.
    read += static_cast<size_t>(page.units_size());
    if (read > StageInputs::kCohortUnitsMax) {
      return EvidenceTooLarge(static_cast<int64_t>(StageInputs::kCohortUnitsMax));
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

absl::StatusOr<StageInputs> Gatherer::Gather() {
  StageInputs inputs;
  // The weeks first: they settle which knowledge the other questions are about.
  ASSIGN_OR_RETURN(inputs.weeks, ReadWeeks());
  RETURN_IF_ERROR(ReadKinds());
  ASSIGN_OR_RETURN(inputs.channels, ReadChannels());
  ASSIGN_OR_RETURN(inputs.cohort, ReadCohort());
  inputs.moment = moment_;
  return inputs;
}

}  // namespace

absl::StatusOr<StageInputs> ReadStageInputs(const tenants::RequestContext& ctx,
                                            MetricSource& source, const StageMoment& moment) {
  return Gatherer(ctx, source, moment).Gather();
}

}  // namespace argosy::teams
