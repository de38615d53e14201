#include "argosyctl/field_text.h"

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "argosy/common/v1/method_rule.pb.h"
#include "argosy/common/v1/money.pb.h"
#include "argosy/incentives/v1/statement.pb.h"
#include "argosy/metrics/v1/fact_service.pb.h"
#include "argosy/metrics/v1/metric.pb.h"
#include "argosy/metrics/v1/query_service.pb.h"
#include "argosyctl/resource_name.h"
#include "base/fault.h"
#include "base/money.h"
#include "base/period.h"
#include "base/status_macros.h"

namespace argosy::ctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::OneofDescriptor;
using google::protobuf::Reflection;

// Empty when the field names no resource, or may hold a text that names none.
std::string ReferencedType(const FieldDescriptor& field) {
  const std::string& type = field.options().GetExtension(common::v1::resource_reference).type();
  return type == "*" ? "" : type;
}

// "CHANNEL_KIND_" of an enum whose zero value is CHANNEL_KIND_UNSPECIFIED.
absl::string_view PrefixOf(const EnumDescriptor& type) {
  return absl::StripSuffix(type.value(0)->name(), "UNSPECIFIED");
}

absl::StatusOr<const EnumValueDescriptor*> ParseEnum(const EnumDescriptor& type,
                                                     absl::string_view text) {
  const std::string wanted = absl::AsciiStrToUpper(absl::StripAsciiWhitespace(text));
  std::vector<std::string> known;
  for (int i = 0; i < type.value_count(); ++i) {
    const EnumValueDescriptor* value = type.value(i);
    if (wanted == value->name() || wanted == EnumText(*value)) return value;
    if (value->number() != 0) known.push_back(EnumText(*value));
  }
  return base::FieldInvalid("",
                            absl::StrCat("'", text, "' is none of ", absl::StrJoin(known, ", ")));
}

absl::StatusOr<common::v1::Money> ParseMoney(absl::string_view text) {
  const std::vector<std::string> parts = absl::StrSplit(text, ' ', absl::SkipEmpty());
  if (parts.size() != 2) return base::FieldInvalid("", "must be like \"1234.56 USD\"");
  ASSIGN_OR_RETURN(const base::Currency currency, base::Currency::Parse(parts[1]));
  ASSIGN_OR_RETURN(const base::Money money, base::ParseDecimalMoney(parts[0], currency));
  common::v1::Money wire;
  wire.set_amount_minor(money.minor);
  wire.set_currency_code(currency.code());
  return wire;
}

absl::StatusOr<google::protobuf::Timestamp> ParseInstant(absl::string_view text) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, text, &time, &error)) {
    return base::FieldInvalid("", absl::StrCat("'", text, "' is not like 2026-03-09T08:00:00Z"));
  }
  google::protobuf::Timestamp wire;
  const int64_t nanos = absl::ToUnixNanos(time);
  const int64_t seconds = absl::ToUnixSeconds(time);
  wire.set_seconds(seconds);
  wire.set_nanos(static_cast<int32_t>(nanos - seconds * 1'000'000'000));
  return wire;
}

absl::StatusOr<google::protobuf::Duration> ParseLength(absl::string_view text) {
  absl::Duration duration;
  int64_t days = 0;
  absl::string_view rest = text;
  if (absl::ConsumeSuffix(&rest, "d") && absl::SimpleAtoi(rest, &days)) {
    duration = absl::Hours(24) * days;
  } else if (!absl::ParseDuration(text, &duration)) {
    return base::FieldInvalid("", absl::StrCat("'", text, "' is not like 90d or 12h30m"));
  }
  google::protobuf::Duration wire;
  wire.set_seconds(absl::ToInt64Seconds(duration));
  wire.set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(duration - absl::Seconds(wire.seconds()))));
  return wire;
}

absl::StatusOr<common::v1::CivilPeriod> ParsePeriod(absl::string_view text) {
  common::v1::CivilPeriod wire;
  const std::vector<std::string> ends = absl::StrSplit(text, "..");
  if (ends.size() == 2) {
    RETURN_IF_ERROR(base::ParseCivilDay(ends[0]).status());
    RETURN_IF_ERROR(base::ParseCivilDay(ends[1]).status());
    wire.set_start_date(ends[0]);
    wire.set_end_date(ends[1]);
    return wire;
  }
  const auto period = base::ParsePeriodLabel(text);
  if (!period.ok()) {
    return base::FieldInvalid(
        "", absl::StrCat("'", text,
                         "' is no period: 2026-03-09, 2026-W11, 2026-03, 2026-Q1, 2026, or "
                         "2026-01-01..2026-02-01, which ends before its last date"));
  }
  wire.set_start_date(base::FormatCivilDay(period->begin));
  wire.set_end_date(base::FormatCivilDay(period->end));
  return wire;
}

absl::StatusOr<metrics::v1::FactReference> ParseFactReference(absl::string_view text) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('/', 1));
  if (parts.first.empty() || parts.second.empty()) {
    return base::FieldInvalid("", "must be like crm/order-17");
  }
  metrics::v1::FactReference wire;
  wire.set_source(parts.first);
  wire.set_source_event_id(parts.second);
  return wire;
}

absl::StatusOr<metrics::v1::DimensionValue> ParseDimensionValue(absl::string_view text,
                                                                absl::string_view tenant) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
  ASSIGN_OR_RETURN(const EnumValueDescriptor* dimension,
                   ParseEnum(*metrics::v1::Dimension_descriptor(), parts.first));
  metrics::v1::DimensionValue wire;
  wire.set_dimension(static_cast<metrics::v1::Dimension>(dimension->number()));
  wire.set_value(parts.second);
  const std::string name = EnumText(*dimension);
  const bool is_resource =
      name == "CHANNEL" || name == "CAMPAIGN" || name == "MEMBER" || name == "TEAM";
  if (is_resource && !parts.second.empty()) {
    const std::string type =
        absl::StrCat("argosy.dev/", name.substr(0, 1), absl::AsciiStrToLower(name.substr(1)));
    ASSIGN_OR_RETURN(*wire.mutable_value(), ExpandName(type, parts.second, tenant));
  }
  return wire;
}

// Fills `target` from `text` by the one way its type has.
absl::Status ParseInto(Message& target, absl::string_view text, absl::string_view tenant) {
  const Descriptor* type = target.GetDescriptor();
  if (type == common::v1::Money::descriptor()) {
    ASSIGN_OR_RETURN(const auto value, ParseMoney(text));
    target.CopyFrom(value);
  } else if (type == google::protobuf::Timestamp::descriptor()) {
    ASSIGN_OR_RETURN(const auto value, ParseInstant(text));
    target.CopyFrom(value);
  } else if (type == google::protobuf::Duration::descriptor()) {
    ASSIGN_OR_RETURN(const auto value, ParseLength(text));
    target.CopyFrom(value);
  } else if (type == common::v1::CivilPeriod::descriptor()) {
    ASSIGN_OR_RETURN(const auto value, ParsePeriod(text));
    target.CopyFrom(value);
  } else if (type == metrics::v1::FactReference::descriptor()) {
    ASSIGN_OR_RETURN(const auto value, ParseFactReference(text));
    target.CopyFrom(value);
  } else if (type == metrics::v1::DimensionValue::descriptor()) {
    ASSIGN_OR_RETURN(const auto value, ParseDimensionValue(text, tenant));
    target.CopyFrom(value);
  } else {
    return base::FieldInvalid("", absl::StrCat("a ", type->name(), " cannot be given as text"));
  }
  return absl::OkStatus();
}

absl::Status SetNumber(Message& message, const FieldDescriptor& field, absl::string_view text) {
  int64_t value = 0;
  if (!absl::SimpleAtoi(text, &value)) {
    return base::FieldInvalid("", absl::StrCat("'", text, "' is not a whole number"));
  }
  const Reflection* reflection = message.GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT64) {
    reflection->SetInt64(&message, &field, value);
    return absl::OkStatus();
  }
  const auto narrow = static_cast<int32_t>(value);
  if (narrow != value) return base::FieldInvalid("", "is too large");
  reflection->SetInt32(&message, &field, narrow);
  return absl::OkStatus();
}

absl::Status SetScalar(Message& message, const FieldDescriptor& field, absl::string_view text,
                       absl::string_view tenant) {
  const Reflection* reflection = message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string value(text);
      const std::string type = ReferencedType(field);
      if (!type.empty()) {
        ASSIGN_OR_RETURN(value, ExpandName(type, text, tenant));
      }
      if (field.is_repeated()) {
        reflection->AddString(&message, &field, std::move(value));
      } else {
        reflection->SetString(&message, &field, std::move(value));
      }
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      ASSIGN_OR_RETURN(const EnumValueDescriptor* value, ParseEnum(*field.enum_type(), text));
      if (field.is_repeated()) {
        reflection->AddEnum(&message, &field, value);
      } else {
        reflection->SetEnum(&message, &field, value);
      }
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      if (text != "true" && text != "false") return base::FieldInvalid("", "must be true or false");
      reflection->SetBool(&message, &field, text == "true");
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      return SetNumber(message, field, text);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return ParseInto(field.is_repeated() ? *reflection->AddMessage(&message, &field)
                                           : *reflection->MutableMessage(&message, &field),
                       text, tenant);
    default:
      return base::FieldInvalid("", "cannot be given as text");
  }
}

std::string InstantText(const google::protobuf::Timestamp& wire, const absl::TimeZone& zone) {
  const bool utc = zone == absl::UTCTimeZone();
  return absl::FormatTime(utc ? "%Y-%m-%dT%H:%M:%E*SZ" : absl::RFC3339_full,
                          absl::FromUnixSeconds(wire.seconds()) + absl::Nanoseconds(wire.nanos()),
                          zone);
}

std::string MessageText(const Message& message, const absl::TimeZone& zone) {
  const Descriptor* type = message.GetDescriptor();
  if (type == common::v1::Money::descriptor()) {
    common::v1::Money wire;
    wire.CopyFrom(message);
    const auto currency = base::Currency::Parse(wire.currency_code());
    if (!currency.ok()) return absl::StrCat(wire.amount_minor(), " minor ", wire.currency_code());
    return absl::StrCat(base::FormatDecimal({wire.amount_minor(), *currency}), " ",
                        currency->code());
  }
  if (type == google::protobuf::Timestamp::descriptor()) {
    google::protobuf::Timestamp wire;
    wire.CopyFrom(message);
    return InstantText(wire, zone);
  }
  if (type == common::v1::CivilPeriod::descriptor()) {
    common::v1::CivilPeriod wire;
    wire.CopyFrom(message);
    return absl::StrCat(wire.start_date(), "..", wire.end_date());
  }
  if (type == metrics::v1::FactReference::descriptor()) {
    metrics::v1::FactReference wire;
    wire.CopyFrom(message);
    return absl::StrCat(wire.source(), "/", wire.source_event_id());
  }
  if (type == incentives::v1::FactRef::descriptor()) {
    incentives::v1::FactRef wire;
    wire.CopyFrom(message);
    return absl::StrCat(wire.source(), "/", wire.source_event_id());
  }
  return message.ShortDebugString();
}

std::string ScalarText(const Message& message, const FieldDescriptor& field, int index,
                       const absl::TimeZone& zone) {
  const Reflection* reflection = message.GetReflection();
  const bool repeated = index >= 0;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string value = repeated ? reflection->GetRepeatedString(message, &field, index)
                                   : reflection->GetString(message, &field);
      return ReferencedType(field).empty() ? value : ShortName(value);
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      const EnumValueDescriptor* value = repeated
                                             ? reflection->GetRepeatedEnum(message, &field, index)
                                             : reflection->GetEnum(message, &field);
      return value->number() == 0 ? "" : EnumText(*value);
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection->GetBool(message, &field) ? "yes" : "no";
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(reflection->GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(reflection->GetInt64(message, &field));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (repeated)
        return MessageText(reflection->GetRepeatedMessage(message, &field, index), zone);
      return reflection->HasField(message, &field)
                 ? MessageText(reflection->GetMessage(message, &field), zone)
                 : "";
    default:
      return "";
  }
}

// Every element of a field, or its one value.
std::string ValueText(const Message& message, const FieldDescriptor& field,
                      const absl::TimeZone& zone) {
  const Reflection* reflection = message.GetReflection();
  if (!field.is_repeated()) {
    const bool absent = field.has_presence() && !reflection->HasField(message, &field);
    return absent ? "" : ScalarText(message, field, -1, zone);
  }
  std::vector<std::string> items;
  const int size = reflection->FieldSize(message, &field);
  items.reserve(static_cast<size_t>(size));
  for (int i = 0; i < size; ++i) items.push_back(ScalarText(message, field, i, zone));
  return absl::StrJoin(items, ", ");
}

// What says by itself what it is.
bool StandsAlone(const FieldDescriptor& field) {
  return field.enum_type() != nullptr || field.message_type() == common::v1::Money::descriptor();
}

std::string OneofText(const Message& message, const OneofDescriptor& oneof,
                      const absl::TimeZone& zone) {
  const FieldDescriptor* which = message.GetReflection()->GetOneofFieldDescriptor(message, &oneof);
  if (which == nullptr) return "";
  if (which->message_type() == nullptr) {
    return absl::StrCat(which->name(), " ", ValueText(message, *which, zone));
  }
  const Message& held = message.GetReflection()->GetMessage(message, which);
  std::vector<const FieldDescriptor*> fields;
  held.GetReflection()->ListFields(held, &fields);
  std::vector<std::string> words = {which->name()};
  for (const FieldDescriptor* field : fields) {
    const std::string value = ValueText(held, *field, zone);
    words.push_back(StandsAlone(*field) ? value : absl::StrCat(field->name(), "=", value));
  }
  return absl::StrJoin(words, " ");
}

}  // namespace

std::string EnumText(const EnumValueDescriptor& value) {
  return std::string(absl::StripPrefix(value.name(), PrefixOf(*value.type())));
}

const FieldDescriptor* FindField(const Descriptor* type, absl::string_view path) {
  const FieldDescriptor* field = nullptr;
  for (const absl::string_view part : absl::StrSplit(path, '.')) {
    if (type == nullptr) return nullptr;
    field = type->FindFieldByName(std::string(part));
    if (field == nullptr) return nullptr;
    type = field->message_type();
  }
  return field;
}

absl::Status SetField(Message& message, absl::string_view path, absl::string_view text,
                      absl::string_view tenant) {
  Message* at = &message;
  const std::vector<std::string> parts = absl::StrSplit(path, '.');
  for (size_t i = 0; i + 1 < parts.size(); ++i) {
    const FieldDescriptor* field = at->GetDescriptor()->FindFieldByName(parts[i]);
    if (field == nullptr || field->message_type() == nullptr) {
      return base::FieldInvalid(path, "no such field");
    }
    at = at->GetReflection()->MutableMessage(at, field);
  }
  const FieldDescriptor* field = at->GetDescriptor()->FindFieldByName(parts.back());
  if (field == nullptr) return base::FieldInvalid(path, "no such field");
  const absl::Status status = SetScalar(*at, *field, text, tenant);
  if (status.ok()) return absl::OkStatus();
  const auto fault = base::FindFault(status);
  const bool described = fault.has_value() && fault->field_violations.size() == 1;
  return base::FieldInvalid(
      path, described ? fault->field_violations[0].description : std::string(status.message()));
}

namespace {

// Item `i` of `field`, or the field itself when it is not repeated; `type` is what it refers to,
// empty for none.
absl::Status ExpandItem(Message& message, const FieldDescriptor* field, int i,
                        const std::string& type, absl::string_view tenant) {
  const Reflection* reflection = message.GetReflection();
  if (field->message_type() != nullptr) {
    return ExpandReferences(field->is_repeated()
                                ? *reflection->MutableRepeatedMessage(&message, field, i)
                                : *reflection->MutableMessage(&message, field),
                            tenant);
  }
  if (type.empty()) return absl::OkStatus();
  const std::string text = field->is_repeated() ? reflection->GetRepeatedString(message, field, i)
                                                : reflection->GetString(message, field);
  ASSIGN_OR_RETURN(std::string name, ExpandName(type, text, tenant));
  if (field->is_repeated()) {
    reflection->SetRepeatedString(&message, field, i, std::move(name));
  } else {
    reflection->SetString(&message, field, std::move(name));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ExpandReferences(Message& message, absl::string_view tenant) {
  const Reflection* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    const std::string type = ReferencedType(*field);
    for (int i = 0; i < count; ++i) {
      RETURN_IF_ERROR(ExpandItem(message, field, i, type, tenant));
    }
  }
  return absl::OkStatus();
}

std::string FieldText(const Message& message, absl::string_view path) {
  return FieldText(message, path, absl::UTCTimeZone());
}

std::string FieldText(const Message& message, absl::string_view path, const absl::TimeZone& zone) {
  const Message* at = &message;
  const std::vector<std::string> parts = absl::StrSplit(path, '.');
  for (size_t i = 0; i + 1 < parts.size(); ++i) {
    const FieldDescriptor* field = at->GetDescriptor()->FindFieldByName(parts[i]);
    if (field == nullptr || field->message_type() == nullptr) return "";
    at = &at->GetReflection()->GetMessage(*at, field);
  }
  if (const auto* oneof = at->GetDescriptor()->FindOneofByName(parts.back())) {
    return OneofText(*at, *oneof, zone);
  }
  const FieldDescriptor* field = at->GetDescriptor()->FindFieldByName(parts.back());
  return field == nullptr ? "" : ValueText(*at, *field, zone);
}

}  // namespace argosy::ctl
