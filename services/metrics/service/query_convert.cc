#include "services/metrics/service/query_convert.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/numeric/int128.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "argosy/common/v1/role.pb.h"
#include "base/fault.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/metrics/domain/errors.h"
#include "services/metrics/service/names.h"
#include "services/metrics/service/times.h"

namespace argosy::metrics {
namespace {

static_assert(static_cast<int>(Dimension::kTeam) == v1::DIMENSION_TEAM);
static_assert(static_cast<int>(Status::kOk) == v1::METRIC_STATUS_OK);
static_assert(static_cast<int>(NoteKind::kUngraded) == v1::METRIC_NOTE_KIND_UNGRADED);
static_assert(static_cast<int>(Unit::kRatio) == v1::METRIC_UNIT_RATIO);
static_assert(static_cast<int>(Direction::kBand) == v1::METRIC_DIRECTION_BAND);
static_assert(static_cast<int>(IntervalMethod::kPoissonDenominator) ==
              v1::INTERVAL_METHOD_POISSON_DENOMINATOR);
static_assert(static_cast<int>(Mode::kActivity) == v1::QUERY_MODE_ACTIVITY);
static_assert(static_cast<int>(CostBasis::kLoaded) == v1::COST_BASIS_LOADED);

constexpr int kMoneyPlaces = 6;  // of a minor unit
constexpr int kRatioPlaces = 9;

int PlacesOf(const MetricRow& row) {
  if (row.definition == nullptr) return kRatioPlaces;  // a link of the funnel
  switch (row.definition->unit) {
    case Unit::kCount:
      return 0;
    case Unit::kMoney:
      return kMoneyPlaces;
    case Unit::kRatio:
      return kRatioPlaces;
  }
  return 0;
}

std::string RoleName(const std::string& number) {
  int role = 0;
  if (!absl::SimpleAtoi(number, &role)) return "";
  return common::v1::BusinessRole_Name(static_cast<common::v1::BusinessRole>(role));
}

std::string ValueName(const base::TenantId& tenant, Dimension dimension, const std::string& value) {
  if (value.empty()) return "";
  const auto child = [&](absl::string_view collection) {
    return absl::StrCat(TenantName(tenant), "/", collection, "/", value);
  };
  switch (dimension) {
    case Dimension::kChannel:
      return child("channels");
    case Dimension::kCampaign:
      return child("campaigns");
    case Dimension::kRole:
      return RoleName(value);
    case Dimension::kMember:
      return child("members");
    case Dimension::kTeam:
      return child("teams");
    default:
      return value;
  }
}

v1::MetricInterval ToProto(const Interval& interval, const MetricDefinition* definition,
                           int places) {
  v1::MetricInterval proto;
  if (interval.lower.has_value()) {
    proto.set_lower(absl::StrFormat("%.*f", places, *interval.lower));
  }
  if (interval.upper.has_value()) {
    proto.set_upper(absl::StrFormat("%.*f", places, *interval.upper));
  }
  proto.set_method(definition == nullptr ? v1::INTERVAL_METHOD_WILSON
                                         : static_cast<v1::IntervalMethod>(definition->interval));
  return proto;
}

}  // namespace

absl::StatusOr<Question> ParseScope(const tenants::RequestContext& ctx,
                                    const v1::QueryScope& scope) {
  Question question;
  ASSIGN_OR_RETURN(question.zone, base::ParseTimeZone(ctx.tenant().reporting_time_zone()));
  ASSIGN_OR_RETURN(question.period, ParsePeriod(scope.period()));
  if (scope.mode() == v1::QUERY_MODE_ACTIVITY) question.mode = Mode::kActivity;
  if (scope.cost_basis() == v1::COST_BASIS_LOADED) question.basis = CostBasis::kLoaded;
  if (scope.paid_only()) question.choice = ChannelChoice::kPaidOnly;
  for (int i = 0; i < scope.channels_size(); ++i) {
    ASSIGN_OR_RETURN(base::ChannelId channel,
                     ParseChannelName(scope.channels(i), absl::StrCat("scope.channels[", i, "]")));
    question.channels.insert(std::move(channel));
  }
  return question;
}

absl::StatusOr<AskedKnowledge> ParseAskedKnowledge(const v1::QueryScope& scope) {
  AskedKnowledge asked{.knowledge_seq = scope.knowledge_seq()};
  if (scope.has_as_of()) {
    ASSIGN_OR_RETURN(asked.as_of, ParseInstant(scope.as_of(), "scope.as_of"));
  }
  return asked;
}

absl::StatusOr<absl::Time> ParseCut(const v1::QueryScope& scope, const SettledKnowledge& knowledge,
                                    const absl::TimeZone& zone) {
  if (!scope.has_cut()) return knowledge.as_of;
  ASSIGN_OR_RETURN(const absl::Time cut, ParseInstant(scope.cut(), "scope.cut"));
  if (base::LocalDay(cut, zone) > base::LocalDay(knowledge.holds_until, zone)) {
    return base::FieldInvalid("scope.cut",
                              "must not be on a later day than the knowledge asked of");
  }
  return cut;
}

absl::StatusOr<const MetricDefinition*> ParseMetric(absl::string_view id) {
  const MetricDefinition* definition = FindDefinition(id);
  if (definition == nullptr) return MetricUnknown(id);
  return definition;
}

absl::StatusOr<std::string> ParseDimensionValue(const v1::DimensionValue& value,
                                                absl::string_view field) {
  const std::string& text = value.value();
  if (text.empty()) return text;
  switch (value.dimension()) {
    case v1::DIMENSION_CHANNEL: {
      ASSIGN_OR_RETURN(const base::ChannelId id, ParseChannelName(text, field));
      return id.text();
    }
    case v1::DIMENSION_CAMPAIGN: {
      ASSIGN_OR_RETURN(const base::CampaignId id, ParseCampaignName(text, field));
      return id.text();
    }
    case v1::DIMENSION_MEMBER: {
      ASSIGN_OR_RETURN(const base::MemberId id, ParseMemberName(text, field));
      return id.text();
    }
    case v1::DIMENSION_TEAM: {
      ASSIGN_OR_RETURN(const base::TeamId id, ParseTeamName(text, field));
      return id.text();
    }
    case v1::DIMENSION_ROLE: {
      common::v1::BusinessRole role = common::v1::BUSINESS_ROLE_UNSPECIFIED;
      if (!common::v1::BusinessRole_Parse(text, &role)) {
        return base::FieldInvalid(field, "is no business role");
      }
      return absl::StrCat(static_cast<int>(role));
    }
    default:
      return text;
  }
}

v1::MetricDefinition ToProto(const base::TenantId& tenant, const MetricDefinition& definition) {
  v1::MetricDefinition proto;
  proto.set_name(DefinitionName(tenant, definition.id));
  proto.set_metric_id(std::string(definition.id));
  proto.set_version(definition.version);
  proto.set_display_name(std::string(definition.name_en));
  proto.set_display_name_zh(std::string(definition.name_zh));
  proto.set_unit(static_cast<v1::MetricUnit>(definition.unit));
  proto.set_direction(static_cast<v1::MetricDirection>(definition.direction));
  proto.set_numerator(std::string(definition.numerator_text));
  proto.set_denominator(std::string(definition.denominator_text));
  proto.set_interval_method(static_cast<v1::IntervalMethod>(definition.interval));
  proto.set_cohort(definition.cohort());
  if (definition.cohort()) proto.set_window_days(static_cast<int32_t>(kConversionWindowDays));
  proto.set_uses_cost_basis(definition.uses_cost_basis);
  return proto;
}

std::string QuotientText(int64_t numerator, int64_t denominator, int places) {
  absl::int128 scale = 1;
  for (int i = 0; i < places; ++i) scale *= 10;
  const bool negative = (numerator < 0) != (denominator < 0) && numerator != 0;
  const absl::int128 n = numerator < 0 ? -absl::int128(numerator) : absl::int128(numerator);
  const absl::int128 d = denominator < 0 ? -absl::int128(denominator) : absl::int128(denominator);
  // 2^63 * 10^9 * 2 < 2^127: exact.
  const absl::int128 scaled = (2 * n * scale + d) / (2 * d);
  std::string text =
      absl::StrCat(negative && scaled != 0 ? "-" : "", static_cast<uint64_t>(scaled / scale));
  if (places == 0) return text;
  std::string digits = absl::StrCat(static_cast<uint64_t>(scaled % scale));
  digits.insert(0, static_cast<size_t>(places) - digits.size(), '0');
  return absl::StrCat(text, ".", digits);
}

absl::StatusOr<v1::MetricRow> ToProto(const RowStyle& style, const MetricRow& row) {
  v1::MetricRow proto;
  const int places = PlacesOf(row);
  if (row.definition != nullptr) proto.set_metric_id(std::string(row.definition->id));
  for (size_t i = 0; i < row.cell.values.size(); ++i) {
    v1::DimensionValue& value = *proto.add_dimensions();
    value.set_dimension(static_cast<v1::Dimension>(style.dimensions[i]));
    value.set_value(ValueName(style.tenant, style.dimensions[i], row.cell.values[i]));
  }
  *proto.mutable_period() = ToProto(row.period);
  proto.set_numerator(row.numerator);
  proto.set_denominator(row.denominator);
  proto.set_n(row.n);
  proto.set_immature_count(row.immature);
  if (row.has_value()) {
    proto.set_value(QuotientText(row.numerator, row.denominator, places));
    if (row.definition != nullptr && row.definition->unit == Unit::kMoney) {
      ASSIGN_OR_RETURN(const int64_t minor, base::DivRound(row.numerator, row.denominator));
      *proto.mutable_value_money() = ToProto({.minor = minor, .currency = style.currency});
    }
  }
  if (row.interval.has_value()) {
    *proto.mutable_interval() = ToProto(*row.interval, row.definition, places);
  }
  proto.set_status(static_cast<v1::MetricStatus>(row.status()));
  for (const Finding& finding : row.findings) {
    proto.add_statuses(static_cast<v1::MetricStatus>(finding.status));
    if (!finding.reason.empty()) proto.add_reasons(std::string(finding.reason));
  }
  for (const Note& note : row.notes) {
    v1::MetricNote& to = *proto.add_notes();
    to.set_kind(static_cast<v1::MetricNoteKind>(note.kind));
    to.set_value(note.value);
  }
  if (row.cost_at_least.has_value()) {
    *proto.mutable_cost_at_least() =
        ToProto({.minor = *row.cost_at_least, .currency = style.currency});
  }
  return proto;
}

}  // namespace argosy::metrics
