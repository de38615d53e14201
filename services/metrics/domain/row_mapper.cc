#include "services/metrics/domain/row_mapper.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <variant>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/ids.h"
#include "base/money.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/metrics/domain/import_errors.h"
#include "services/metrics/domain/mapping_fields.h"

namespace argosy::metrics {
namespace {

// The contract's word of an enum, without its prefix, and our value.
template <typename Enum>
struct NamedWord {
  absl::string_view word;
  Enum value;
};

constexpr NamedWord<SpendKind> kSpendKinds[] = {{"MEDIA", SpendKind::kMedia},
                                                {"AGENCY_FEE", SpendKind::kAgencyFee},
                                                {"CONTENT", SpendKind::kContent},
                                                {"LABOUR", SpendKind::kLabour}};
constexpr NamedWord<Grade> kGrades[] = {
    {"A", Grade::kA}, {"B", Grade::kB}, {"C", Grade::kC}, {"D", Grade::kD}};
constexpr NamedWord<InquiryOutcome> kOutcomes[] = {{"OPEN", InquiryOutcome::kOpen},
                                                   {"LOST", InquiryOutcome::kLost},
                                                   {"WON", InquiryOutcome::kWon}};
constexpr NamedWord<Exclusion> kExclusions[] = {{"SPAM", Exclusion::kSpam},
                                                {"TEST", Exclusion::kTest},
                                                {"INTERNAL", Exclusion::kInternal},
                                                {"MERGED", Exclusion::kMerged}};
constexpr NamedWord<OrderStatus> kOrderStatuses[] = {{"CONFIRMED", OrderStatus::kConfirmed},
                                                     {"PENDING", OrderStatus::kPending},
                                                     {"CANCELLED", OrderStatus::kCancelled}};
constexpr NamedWord<ActingRole> kRoles[] = {
    {"SALES", ActingRole::kSales},         {"CUSTOMER_SERVICE", ActingRole::kCustomerService},
    {"MARKETING", ActingRole::kMarketing}, {"OPERATIONS", ActingRole::kOperations},
    {"MANAGER", ActingRole::kManager},     {"OWNER", ActingRole::kOwner},
    {"AGENCY", ActingRole::kAgency}};

// The columns a mapping names.
class ColumnWalk {
 public:
  explicit ColumnWalk(const ImportMapping& mapping) {
    if (mapping.currency.has_value()) Add(*mapping.currency);
    for (const RowRule& rule : mapping.row_rules) Add(rule.when);
    for (const FactMapping& fact : mapping.facts) {
      Add(fact.when);
      for (const MappedField& field : FieldsOf(fact)) Add(*field.value);
    }
  }
  const std::vector<std::string>& columns() const { return columns_; }

 private:
  void Add(const MappedValue& value) {
    for (const ValuePart& part : value.parts) {
      if (part.from == ValuePart::From::kColumn) columns_.push_back(part.text);
    }
  }
  void Add(const std::vector<RowCondition>& conditions) {
    for (const RowCondition& condition : conditions) columns_.push_back(condition.column);
  }

  std::vector<std::string> columns_;
};

std::string Trimmed(absl::string_view text) {
  return std::string(absl::StripAsciiWhitespace(text));
}

RowOutcome Told(RowOutcome::Kind kind, const RowCell& cell, const absl::Status& status) {
  return {.kind = kind,
          .facts = {},
          .findings = {MakeFinding(cell, base::ReasonOf(status), status.message())}};
}

}  // namespace

RowFinding MakeFinding(const RowCell& cell, absl::string_view reason, absl::string_view message) {
  return {.column = cell.column,
          .value = CutCharacters(cell.text, RowFinding::kValueCharactersMax),
          .reason = std::string(reason),
          .message = CutCharacters(message, RowFinding::kMessageCharactersMax)};
}

// Reads one row's values and keeps what is wrong with them, so that all bad cells are told at once.
class RowMapper::Reader {
 public:
  Reader(const RowMapper& mapper, absl::Span<const std::string> cells)
      : mapper_(mapper), cells_(cells) {}

  std::vector<RowFinding>& findings() { return findings_; }

  std::string Optional(const std::optional<MappedValue>& value) {
    return value.has_value() ? Evaluate(*value) : "";
  }
  std::string Required(const MappedValue& value, absl::string_view field) {
    std::string text = Evaluate(value);
    if (text.empty() && !failed_) Fail(value, ValueMissing(field));
    return text;
  }
  // `unset` for an empty text.
  template <typename Enum, size_t n>
  Enum Word(const std::optional<MappedValue>& value, const NamedWord<Enum> (&words)[n],
            Enum unset) {
    const std::string text = Optional(value);
    if (text.empty()) return unset;
    for (const NamedWord<Enum>& word : words) {
      if (word.word == text) return word.value;
    }
    Fail(*value, ValueUnlisted(text, "the words known there"));
    return unset;
  }
  // An id; none for an empty text.
  template <typename Id>
  Id Slug(const std::optional<MappedValue>& value) {
    const std::string text = Optional(value);
    return text.empty() ? Id() : Read(*value, Id::Parse(text), Id());
  }
  std::optional<FactIdentity> Reference(const std::optional<MappedValue>& value) {
    std::string event_id = Optional(value);
    if (event_id.empty()) return std::nullopt;
    return FactIdentity{.source = mapper_.mapping_.source, .event_id = std::move(event_id)};
  }
  base::Money Amount(const MappedValue& value, absl::string_view field) {
    const std::string text = Required(value, field);
    return text.empty() ? base::Money{} : Read(value, ReadMoney(text), base::Money{});
  }
  std::optional<base::Money> OptionalAmount(const std::optional<MappedValue>& value) {
    const std::string text = Optional(value);
    if (text.empty()) return std::nullopt;
    return Read(*value, ReadMoney(text), base::Money{});
  }
  // What is not mapped counts 0; an empty cell is no count, so a mapping says so where it means 0.
  int64_t Count(const std::optional<MappedValue>& value, absl::string_view field) {
    if (!value.has_value()) return 0;
    const std::string text = Required(*value, field);
    return text.empty() ? 0 : Read(*value, ReadCount(text), int64_t{0});
  }
  absl::CivilDay Day(const MappedValue& value) {
    const std::string text = Required(value, "occurred_on");
    if (text.empty()) return absl::CivilDay();
    return Read(value, ReadDay(value, text), absl::CivilDay());
  }

  Payload operator()(const SpendMapping& spend) {
    static_cast<void>(Required(spend.kind, "spend.kind"));
    return Spend{
        .kind = Word(std::optional<MappedValue>(spend.kind), kSpendKinds, SpendKind::kMedia),
        .amount = Amount(spend.amount, "spend.amount"),
        .account_time_zone = mapper_.mapping_.time_zone};
  }
  Payload operator()(const TrafficMapping& traffic) {
    return Traffic{.impressions = Count(traffic.impressions, "traffic.impressions"),
                   .clicks = Count(traffic.clicks, "traffic.clicks"),
                   .sessions = Count(traffic.sessions, "traffic.sessions")};
  }
  Payload operator()(const InquiryMapping& inquiry) {
    return Inquiry{.grade = Word(inquiry.grade, kGrades, Grade::kUngraded),
                   .outcome = Word(inquiry.outcome, kOutcomes, InquiryOutcome::kOpen),
                   .buyer_key = Optional(inquiry.buyer_key),
                   .product_line = Optional(inquiry.product_line),
                   .exclusion = Word(inquiry.exclusion, kExclusions, Exclusion::kNone),
                   .account = Optional(inquiry.account)};
  }
  Payload operator()(const OrderMapping& order) {
    return Order{.value = Amount(order.value, "order.value"),
                 .margin = OptionalAmount(order.margin),
                 .inquiry = Reference(order.inquiry_event_id),
                 .status = Word(order.status, kOrderStatuses, OrderStatus::kConfirmed)};
  }
  Payload operator()(const PaymentMapping& payment) {
    static_cast<void>(Required(payment.order_event_id, "payment.order_event_id"));
    return Payment{.amount = Amount(payment.amount, "payment.amount"),
                   .order = Reference(std::optional<MappedValue>(payment.order_event_id))};
  }
  Payload operator()(const RefundMapping& refund) {
    static_cast<void>(Required(refund.order_event_id, "refund.order_event_id"));
    return Refund{
        .amount = Amount(refund.amount, "refund.amount"),
        .order =
            Reference(std::optional<MappedValue>(refund.order_event_id)).value_or(FactIdentity{})};
  }

  Fact Make(const FactMapping& mapping) {
    Fact fact{.identity = {.source = mapper_.mapping_.source,
                           .event_id = Required(mapping.event_id, "event_id")},
              .capture = mapper_.mapping_.capture,
              .attribution = {.channel = Slug<base::ChannelId>(mapping.channel),
                              .campaign = Slug<base::CampaignId>(mapping.campaign),
                              .member = Slug<base::MemberId>(mapping.member),
                              .acting_role = Word(mapping.acting_role, kRoles, ActingRole::kNone),
                              .team = Slug<base::TeamId>(mapping.team)}};
    const absl::CivilDay day = Day(mapping.occurred_on);
    fact.payload = std::visit(*this, mapping.detail);
    fact.occurred_micros = IsCivil(fact.kind())
                               ? CivilMicros(day)
                               : base::ToMicros(base::StartOfDay(day, mapper_.zone_));
    return fact;
  }

 private:
  // The value's text; "" after a failure, which is kept.
  std::string Evaluate(const MappedValue& value) {
    failed_ = false;
    absl::StatusOr<std::string> text = ReadText(value);
    if (text.ok()) return *std::move(text);
    Fail(value, text.status());
    return "";
  }

  absl::StatusOr<std::string> ReadText(const MappedValue& value) const {
    std::vector<std::string> pieces;
    pieces.reserve(value.parts.size());
    for (const ValuePart& part : value.parts) {
      std::string piece = part.from == ValuePart::From::kConstant ? part.text : Cell(part.text);
      if (piece.empty() && value.parts.size() > 1) return ValueMissing(part.text);
      ASSIGN_OR_RETURN(piece, InForm(std::move(piece), part.form));
      pieces.push_back(std::move(piece));
    }
    std::string text = Trimmed(JoinParts(pieces));
    if (const auto listed = value.replacements.find(text); listed != value.replacements.end()) {
      text = listed->second;
    } else if (value.unlisted == UnlistedValue::kEmpty) {
      text.clear();
    } else if (value.unlisted == UnlistedValue::kRefuse && !text.empty()) {
      return ValueUnlisted(text, "the mapping's replacements");
    }
    if (!value.lookup.empty() && !text.empty()) {
      const auto& table = mapper_.mapping_.lookups.at(value.lookup);
      const auto entry = table.find(text);
      if (entry == table.end()) {
        return ValueUnlisted(text, absl::StrCat("the lookup table '", value.lookup, "'"));
      }
      text = entry->second;
    }
    ASSIGN_OR_RETURN(text, InForm(std::move(text), value.form));
    if (!text.empty()) text.insert(0, value.prefix);
    return text;
  }

  absl::StatusOr<std::string> InForm(std::string text, TextForm form) const {
    if (text.empty() || form == TextForm::kAsIs) return text;
    if (form == TextForm::kSlug) return base::SlugFromName(text);
    ASSIGN_OR_RETURN(const absl::CivilDay day, ReadDate(mapper_.date_formats_, text));
    return base::FormatCivilDay(day);
  }

  absl::StatusOr<base::Money> ReadMoney(const std::string& text) {
    const std::string code = Optional(mapper_.mapping_.currency);
    ASSIGN_OR_RETURN(const base::Currency currency, base::Currency::Parse(code));
    return base::ParseDecimalMoney(text, currency);
  }

  static absl::StatusOr<int64_t> ReadCount(const std::string& text) {
    int64_t count = 0;
    const bool digits = std::all_of(text.begin(), text.end(), [](char c) {
      return absl::ascii_isdigit(static_cast<unsigned char>(c));
    });
    if (!digits || !absl::SimpleAtoi(text, &count)) return NumberMalformed(text);
    return count;
  }

  // A value whose form is a date is one already.
  absl::StatusOr<absl::CivilDay> ReadDay(const MappedValue& value, const std::string& text) const {
    if (value.form == TextForm::kDate) return base::ParseCivilDay(text);
    return ReadDate(mapper_.date_formats_, text);
  }

  template <typename T>
  T Read(const MappedValue& value, absl::StatusOr<T> read, T otherwise) {
    if (read.ok()) return *std::move(read);
    Fail(value, read.status());
    return otherwise;
  }

  std::string Cell(const std::string& column) const {
    return Trimmed(cells_[mapper_.columns_.at(column)]);
  }

  void Fail(const MappedValue& value, const absl::Status& status) {
    failed_ = true;
    RowFinding finding =
        MakeFinding(mapper_.CellOf(cells_, value), base::ReasonOf(status), status.message());
    // Facts of one row share cells: a bad one is told once.
    if (std::find(findings_.begin(), findings_.end(), finding) == findings_.end()) {
      findings_.push_back(std::move(finding));
    }
  }

  const RowMapper& mapper_;
  absl::Span<const std::string> cells_;
  std::vector<RowFinding> findings_;
  bool failed_ = false;  // whether the value evaluated last has a finding
};

absl::StatusOr<RowMapper> RowMapper::Make(ImportMapping mapping,
                                          absl::Span<const std::string> header) {
  RETURN_IF_ERROR(CheckMapping(mapping));
  std::vector<DateFormat> formats;
  for (const std::string& pattern : mapping.date_formats) {
    ASSIGN_OR_RETURN(DateFormat format, DateFormat::Parse(pattern));
    formats.push_back(std::move(format));
  }
  ASSIGN_OR_RETURN(const absl::TimeZone zone, base::ParseTimeZone(mapping.time_zone));
  RowMapper mapper(std::move(mapping), std::move(formats), zone);
  mapper.width_ = header.size();
  const ColumnWalk walk(mapper.mapping_);
  for (const std::string& column : walk.columns()) {
    const auto at = std::find(header.begin(), header.end(), column);
    if (at == header.end()) return MappingColumnUnknown(column);
    if (std::find(at + 1, header.end(), column) != header.end()) {
      return MappingColumnAmbiguous(column);
    }
    mapper.columns_[column] = static_cast<size_t>(at - header.begin());
  }
  return mapper;
}

RowCell RowMapper::CellOf(absl::Span<const std::string> cells, const MappedValue& value) const {
  for (const ValuePart& part : value.parts) {
    if (part.from != ValuePart::From::kColumn) continue;
    return {.column = part.text, .text = Trimmed(cells[columns_.at(part.text)])};
  }
  return {.column = "", .text = value.parts.empty() ? "" : value.parts.front().text};
}

RowCell RowMapper::CellOf(absl::Span<const std::string> cells, size_t mapped_by,
                          absl::string_view path) const {
  const MappedValue* const value = ValueOf(mapping_, mapping_.facts.at(mapped_by), path);
  return value == nullptr ? RowCell() : CellOf(cells, *value);
}

bool RowMapper::Holds(const std::vector<RowCondition>& conditions,
                      absl::Span<const std::string> cells) const {
  return std::all_of(conditions.begin(), conditions.end(), [&](const RowCondition& condition) {
    const std::string cell = Trimmed(cells[columns_.at(condition.column)]);
    const bool listed =
        std::find(condition.values.begin(), condition.values.end(), cell) != condition.values.end();
    switch (condition.test) {
      case ConditionTest::kEmpty:
        return cell.empty();
      case ConditionTest::kPresent:
        return !cell.empty();
      case ConditionTest::kOneOf:
        return listed;
      case ConditionTest::kNoneOf:
        return !listed;
    }
    return false;
  });
}

RowOutcome RowMapper::Map(absl::Span<const std::string> cells) const {
  if (cells.size() != width_) {
    return Told(RowOutcome::Kind::kInvalid, RowCell(),
                RowWidth(static_cast<int64_t>(cells.size()), static_cast<int64_t>(width_)));
  }
  for (const RowRule& rule : mapping_.row_rules) {
    if (!Holds(rule.when, cells)) continue;
    if (rule.action == RowAction::kSkip) return {.kind = RowOutcome::Kind::kSkipped};
    const std::string& column = rule.when.front().column;
    return Told(RowOutcome::Kind::kReported,
                RowCell{.column = column, .text = Trimmed(cells[columns_.at(column)])},
                RowReported(rule.note));
  }
  Reader reader(*this, cells);
  RowOutcome outcome;
  for (size_t i = 0; i < mapping_.facts.size(); ++i) {
    if (!Holds(mapping_.facts[i].when, cells)) continue;
    outcome.facts.push_back(reader.Make(mapping_.facts[i]));
    outcome.mapped_by.push_back(i);
  }
  if (!reader.findings().empty()) {
    return {
        .kind = RowOutcome::Kind::kInvalid, .facts = {}, .findings = std::move(reader.findings())};
  }
  if (!outcome.facts.empty()) outcome.kind = RowOutcome::Kind::kFacts;
  return outcome;
}

}  // namespace argosy::metrics
