#include "services/teams/domain/stage_evidence.h"

#include <array>
#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "base/bytes.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/teams/domain/errors.h"
#include "services/teams/domain/stage_evaluation.h"

namespace argosy::teams {
namespace {

using base::ByteReader;
using base::ByteWriter;

constexpr uint8_t kInputsVersion = 4;
constexpr uint8_t kEvidenceVersion = 1;

// Writes the size and each item.
template <typename T, typename Write>
void WriteList(ByteWriter& writer, const std::vector<T>& items, Write write) {
  writer.Int(static_cast<int64_t>(items.size()));
  for (const T& item : items) write(writer, item);
}

// Reads what WriteList wrote. A size beyond the bytes ends in INTERNAL at the first missing item.
template <typename T, typename Read>
absl::StatusOr<std::vector<T>> ReadList(ByteReader& reader, Read read) {
  ASSIGN_OR_RETURN(const int64_t count, reader.Int());
  std::vector<T> items;
  for (int64_t i = 0; i < count; ++i) {
    ASSIGN_OR_RETURN(T item, read(reader));
    items.push_back(std::move(item));
  }
  return items;
}

template <typename E>
absl::StatusOr<E> ReadEnum(ByteReader& reader, E last) {
  ASSIGN_OR_RETURN(const int64_t number, reader.Int());
  if (number < 1 || number > static_cast<int64_t>(last)) return EvidenceUnreadable();
  return static_cast<E>(number);
}

absl::StatusOr<absl::CivilDay> ReadDay(ByteReader& reader) {
  ASSIGN_OR_RETURN(const int64_t number, reader.Int());
  return base::FromDayNumber(number);
}

void WriteMoment(ByteWriter& writer, const StageMoment& moment) {
  writer.Int(base::ToDayNumber(moment.cut))
      .Int(base::ToMicros(moment.as_of))
      .Int(moment.knowledge_seq)
      .Text(moment.time_zone)
      .Text(moment.currency);
}

absl::StatusOr<StageMoment> ReadMoment(ByteReader& reader) {
  StageMoment moment;
  ASSIGN_OR_RETURN(moment.cut, ReadDay(reader));
  ASSIGN_OR_RETURN(const int64_t as_of_micros, reader.Int());
  moment.as_of = base::FromMicros(as_of_micros);
  ASSIGN_OR_RETURN(moment.knowledge_seq, reader.Int());
  ASSIGN_OR_RETURN(moment.time_zone, reader.Text());
  ASSIGN_OR_RETURN(moment.currency, reader.Text());
  return moment;
}

void WriteChannel(ByteWriter& writer, const PaidChannel& channel) {
  writer.Text(channel.channel).Int(static_cast<int64_t>(channel.kind)).Int(channel.spend_minor);
  WriteList(writer, channel.fact_days, [](ByteWriter& out, int64_t days) { out.Int(days); });
}

absl::StatusOr<PaidChannel> ReadChannel(ByteReader& reader) {
  PaidChannel channel;
  ASSIGN_OR_RETURN(channel.channel, reader.Text());
  ASSIGN_OR_RETURN(channel.kind, ReadEnum(reader, ChannelKind::kOther));
  ASSIGN_OR_RETURN(channel.spend_minor, reader.Int());
  ASSIGN_OR_RETURN(channel.fact_days,
                   ReadList<int64_t>(reader, [](ByteReader& in) { return in.Int(); }));
  return channel;
}

void WriteWeek(ByteWriter& writer, const WeekFigures& week) {
  writer.Int(base::ToDayNumber(week.monday))
      .Int(static_cast<int64_t>(week.state))
      .Int(week.spend_minor)
      .Int(week.provisional_minor)
      .Int(week.effective);
}

absl::StatusOr<WeekFigures> ReadWeek(ByteReader& reader) {
  WeekFigures week;
  ASSIGN_OR_RETURN(week.monday, ReadDay(reader));
  ASSIGN_OR_RETURN(week.state, ReadEnum(reader, WeekFigures::State::kClosed));
  ASSIGN_OR_RETURN(week.spend_minor, reader.Int());
  ASSIGN_OR_RETURN(week.provisional_minor, reader.Int());
  ASSIGN_OR_RETURN(week.effective, reader.Int());
  return week;
}

void WriteUnit(ByteWriter& writer, const CohortUnit& unit) {
  writer.Int(unit.occurred_at_micros)
      .Int(unit.kept_orders)
      .Int(unit.orders_with_margin)
      .Int(unit.margin_minor);
}

absl::StatusOr<CohortUnit> ReadUnit(ByteReader& reader) {
  CohortUnit unit;
  ASSIGN_OR_RETURN(unit.occurred_at_micros, reader.Int());
  ASSIGN_OR_RETURN(unit.kept_orders, reader.Int());
  ASSIGN_OR_RETURN(unit.orders_with_margin, reader.Int());
  ASSIGN_OR_RETURN(unit.margin_minor, reader.Int());
  return unit;
}

void WriteMeasure(ByteWriter& writer, const Measure& measure) {
  writer.Text(measure.name).Int(measure.value).Int(static_cast<int64_t>(measure.unit));
}

absl::StatusOr<Measure> ReadMeasure(ByteReader& reader) {
  Measure measure;
  ASSIGN_OR_RETURN(measure.name, reader.Text());
  ASSIGN_OR_RETURN(measure.value, reader.Int());
  ASSIGN_OR_RETURN(measure.unit, ReadEnum(reader, MeasureUnit::kWeeks));
  return measure;
}

void WriteShortfall(ByteWriter& writer, const Shortfall& shortfall) {
  writer.Text(shortfall.what).Int(shortfall.count).Int(shortfall.weeks);
}

absl::StatusOr<Shortfall> ReadShortfall(ByteReader& reader) {
  Shortfall shortfall;
  ASSIGN_OR_RETURN(shortfall.what, reader.Text());
  ASSIGN_OR_RETURN(shortfall.count, reader.Int());
  ASSIGN_OR_RETURN(shortfall.weeks, reader.Int());
  return shortfall;
}

void WriteCharted(ByteWriter& writer, const ChartedWeek& week) {
  writer.Text(week.week)
      .Int(week.spend_minor)
      .Int(week.effective_inquiries)
      .Int(week.expected_ppm)
      .Int(week.limit_ppm);
}

absl::StatusOr<ChartedWeek> ReadCharted(ByteReader& reader) {
  ChartedWeek week;
  ASSIGN_OR_RETURN(week.week, reader.Text());
  ASSIGN_OR_RETURN(week.spend_minor, reader.Int());
  ASSIGN_OR_RETURN(week.effective_inquiries, reader.Int());
  ASSIGN_OR_RETURN(week.expected_ppm, reader.Int());
  ASSIGN_OR_RETURN(week.limit_ppm, reader.Int());
  return week;
}

void WriteCriterion(ByteWriter& writer, const CriterionResult& result) {
  writer.Text(result.criterion)
      .Int(static_cast<int64_t>(result.kind))
      .Int(static_cast<int64_t>(result.verdict))
      .Int(static_cast<int64_t>(result.reason));
  WriteList(writer, result.measures, WriteMeasure);
  WriteList(writer, result.thresholds, WriteMeasure);
  WriteList(writer, result.shortfalls, WriteShortfall);
  WriteList(writer, result.weeks, WriteCharted);
}

absl::StatusOr<CriterionResult> ReadCriterion(ByteReader& reader) {
  CriterionResult result;
  ASSIGN_OR_RETURN(result.criterion, reader.Text());
  ASSIGN_OR_RETURN(result.kind, ReadEnum(reader, CriterionKind::kSoft));
  ASSIGN_OR_RETURN(result.verdict, ReadEnum(reader, Verdict::kNotEvaluated));
  ASSIGN_OR_RETURN(result.reason, ReadEnum(reader, CriterionReason::kSpendUnknown));
  ASSIGN_OR_RETURN(result.measures, ReadList<Measure>(reader, ReadMeasure));
  ASSIGN_OR_RETURN(result.thresholds, ReadList<Measure>(reader, ReadMeasure));
  ASSIGN_OR_RETURN(result.shortfalls, ReadList<Shortfall>(reader, ReadShortfall));
  ASSIGN_OR_RETURN(result.weeks, ReadList<ChartedWeek>(reader, ReadCharted));
  return result;
}

// Every bound of a policy in the order in which it is written; one list serves both directions.
template <typename Policy>
auto Bounds(Policy& policy) {
  return std::array{&policy.paid_channels_min,
                    &policy.spend_weeks_min,
                    &policy.spend_coverage_ppm_min,
                    &policy.weeks_max,
                    &policy.weeks_min,
                    &policy.charted_inquiries_min,
                    &policy.band_micro_nats,
                    &policy.interval_z_micro,
                    &policy.signal_sigma_micro,
                    &policy.trend_z_micro,
                    &policy.cohort_inquiries_min,
                    &policy.rate_z_micro,
                    &policy.halves_p_ppm_min,
                    &policy.margin_known_ppm_min};
}

}  // namespace

std::string EncodeInputs(const StageInputs& inputs) {
  ByteWriter writer(kInputsVersion);
  WriteMoment(writer, inputs.moment);
  WriteList(writer, inputs.channels, WriteChannel);
  WriteList(writer, inputs.weeks, WriteWeek);
  writer.Int(base::ToDayNumber(inputs.cohort.period.begin))
      .Int(base::ToDayNumber(inputs.cohort.period.end))
      .Int(inputs.cohort.loaded_cost_minor)
      .Int(inputs.cohort.spend_days)
      .Int(inputs.cohort.spend_days_missing)
      .Int(inputs.cohort.effective_inquiries)
      .Int(inputs.cohort.ungraded_inquiries)
      .Int(static_cast<int64_t>(inputs.cohort.orders));
  WriteList(writer, inputs.cohort.units, WriteUnit);
  return writer.bytes();
}

absl::StatusOr<StageInputs> DecodeInputs(absl::string_view bytes) {
  ASSIGN_OR_RETURN(ByteReader reader, ByteReader::Open(bytes, kInputsVersion));
  StageInputs inputs;
  ASSIGN_OR_RETURN(inputs.moment, ReadMoment(reader));
  ASSIGN_OR_RETURN(inputs.channels, ReadList<PaidChannel>(reader, ReadChannel));
  ASSIGN_OR_RETURN(inputs.weeks, ReadList<WeekFigures>(reader, ReadWeek));
  ASSIGN_OR_RETURN(inputs.cohort.period.begin, ReadDay(reader));
  ASSIGN_OR_RETURN(inputs.cohort.period.end, ReadDay(reader));
  ASSIGN_OR_RETURN(inputs.cohort.loaded_cost_minor, reader.Int());
  ASSIGN_OR_RETURN(inputs.cohort.spend_days, reader.Int());
  ASSIGN_OR_RETURN(inputs.cohort.spend_days_missing, reader.Int());
  ASSIGN_OR_RETURN(inputs.cohort.effective_inquiries, reader.Int());
  ASSIGN_OR_RETURN(inputs.cohort.ungraded_inquiries, reader.Int());
  ASSIGN_OR_RETURN(inputs.cohort.orders, ReadEnum(reader, MatureCohort::Orders::kWhole));
  ASSIGN_OR_RETURN(inputs.cohort.units, ReadList<CohortUnit>(reader, ReadUnit));
  if (!reader.at_end()) return EvidenceUnreadable();
  return inputs;
}

StageEvidence Evaluate(const StageInputs& inputs, const StagePolicy& policy) {
  StageEvidence evidence{.moment = inputs.moment,
                         .inputs_digest = base::Sha256(EncodeInputs(inputs)),
                         .policy = policy};
  evidence.criteria = JudgeCriteria(inputs, policy);
  evidence.verdict = DecideGate(evidence.criteria);
  return evidence;
}

std::string EncodeEvidence(const StageEvidence& evidence) {
  ByteWriter writer(kEvidenceVersion);
  WriteMoment(writer, evidence.moment);
  writer.Text(evidence.inputs_digest)
      .Text(evidence.policy.version)
      .Int(static_cast<int64_t>(evidence.policy.profile));
  for (const int64_t* bound : Bounds(evidence.policy)) writer.Int(*bound);
  writer.Int(static_cast<int64_t>(evidence.verdict));
  WriteList(writer, evidence.criteria, WriteCriterion);
  return writer.bytes();
}

absl::StatusOr<StageEvidence> DecodeEvidence(absl::string_view bytes) {
  ASSIGN_OR_RETURN(ByteReader reader, ByteReader::Open(bytes, kEvidenceVersion));
  StageEvidence evidence;
  ASSIGN_OR_RETURN(evidence.moment, ReadMoment(reader));
  ASSIGN_OR_RETURN(evidence.inputs_digest, reader.Text());
  ASSIGN_OR_RETURN(evidence.policy.version, reader.Text());
  ASSIGN_OR_RETURN(evidence.policy.profile, ReadEnum(reader, StageProfile::kMicro));
  for (int64_t* bound : Bounds(evidence.policy)) {
    ASSIGN_OR_RETURN(*bound, reader.Int());
  }
  ASSIGN_OR_RETURN(evidence.verdict, ReadEnum(reader, Verdict::kNotEvaluated));
  ASSIGN_OR_RETURN(evidence.criteria, ReadList<CriterionResult>(reader, ReadCriterion));
  if (!reader.at_end()) return EvidenceUnreadable();
  return evidence;
}

}  // namespace argosy::teams
