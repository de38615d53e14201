#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/money.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/metrics/domain/import_errors.h"
#include "services/metrics/domain/mapping.h"
#include "services/metrics/domain/mapping_text.h"

namespace argosy::metrics {
namespace {

absl::Status CheckDelimiter(char delimiter) {
  const auto byte = static_cast<unsigned char>(delimiter);
  if (byte >= 0x80 || absl::ascii_isalnum(byte) || delimiter == '"' || delimiter == '\n' ||
      delimiter == '\r' || delimiter == '\0') {
    return MappingInvalid("delimiter", "it must be one ASCII character that text does not need");
  }
  return absl::OkStatus();
}

absl::Status CheckDateFormats(const std::vector<std::string>& patterns) {
  std::vector<DateFormat> formats;
  for (const std::string& pattern : patterns) {
    ASSIGN_OR_RETURN(DateFormat format, DateFormat::Parse(pattern));
    for (const DateFormat& earlier : formats) {
      if (earlier.Overlaps(format)) {
        return MappingInvalid(
            "date_formats", absl::StrCat("'", pattern, "' reads dates an earlier one also reads"));
      }
    }
    formats.push_back(format);
  }
  if (formats.empty()) return MappingInvalid("date_formats", "there is none");
  return absl::OkStatus();
}

absl::Status CheckValue(const ImportMapping& mapping, absl::string_view field,
                        const MappedValue& value) {
  if (value.parts.empty()) return MappingInvalid(field, "it has no parts");
  if (!value.lookup.empty() && !mapping.lookups.contains(value.lookup)) {
    return MappingInvalid(field, absl::StrCat("there is no lookup table '", value.lookup, "'"));
  }
  for (const ValuePart& part : value.parts) {
    if (part.from == ValuePart::From::kColumn && part.text.empty()) {
      return MappingInvalid(field, "a column has no name");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckValue(const ImportMapping& mapping, absl::string_view field,
                        const std::optional<MappedValue>& value) {
  return value.has_value() ? CheckValue(mapping, field, *value) : absl::OkStatus();
}

absl::Status CheckMoney(const ImportMapping& mapping, absl::string_view field,
                        const MappedValue& value) {
  if (!mapping.currency.has_value()) {
    return MappingInvalid("currency", absl::StrCat(field, " is money and needs one"));
  }
  return CheckValue(mapping, field, value);
}

struct DetailCheck {
  const ImportMapping& mapping;

  absl::Status operator()(const SpendMapping& spend) const {
    RETURN_IF_ERROR(CheckValue(mapping, "spend.kind", spend.kind));
    return CheckMoney(mapping, "spend.amount", spend.amount);
  }
  absl::Status operator()(const TrafficMapping& traffic) const {
    if (!traffic.impressions.has_value() && !traffic.clicks.has_value() &&
        !traffic.sessions.has_value()) {
      return MappingInvalid("traffic", "it counts nothing");
    }
    RETURN_IF_ERROR(CheckValue(mapping, "traffic.impressions", traffic.impressions));
    RETURN_IF_ERROR(CheckValue(mapping, "traffic.clicks", traffic.clicks));
    return CheckValue(mapping, "traffic.sessions", traffic.sessions);
  }
  absl::Status operator()(const InquiryMapping& inquiry) const {
    RETURN_IF_ERROR(CheckValue(mapping, "inquiry.buyer_key", inquiry.buyer_key));
    RETURN_IF_ERROR(CheckValue(mapping, "inquiry.product_line", inquiry.product_line));
    RETURN_IF_ERROR(CheckValue(mapping, "inquiry.account", inquiry.account));
    RETURN_IF_ERROR(CheckValue(mapping, "inquiry.grade", inquiry.grade));
    RETURN_IF_ERROR(CheckValue(mapping, "inquiry.outcome", inquiry.outcome));
    return CheckValue(mapping, "inquiry.exclusion", inquiry.exclusion);
  }
  absl::Status operator()(const OrderMapping& order) const {
    RETURN_IF_ERROR(CheckMoney(mapping, "order.value", order.value));
    RETURN_IF_ERROR(CheckValue(mapping, "order.margin", order.margin));
    RETURN_IF_ERROR(CheckValue(mapping, "order.inquiry_event_id", order.inquiry_event_id));
    return CheckValue(mapping, "order.status", order.status);
  }
  absl::Status operator()(const PaymentMapping& payment) const {
    RETURN_IF_ERROR(CheckMoney(mapping, "payment.amount", payment.amount));
    return CheckValue(mapping, "payment.order_event_id", payment.order_event_id);
  }
  absl::Status operator()(const RefundMapping& refund) const {
    RETURN_IF_ERROR(CheckMoney(mapping, "refund.amount", refund.amount));
    return CheckValue(mapping, "refund.order_event_id", refund.order_event_id);
  }
};

absl::Status CheckConditions(absl::string_view field, const std::vector<RowCondition>& conditions) {
  for (const RowCondition& condition : conditions) {
    const bool compares =
        condition.test == ConditionTest::kOneOf || condition.test == ConditionTest::kNoneOf;
    if (condition.column.empty()) return MappingInvalid(field, "a condition names no column");
    if (compares == condition.values.empty()) {
      return MappingInvalid(field, "ONE_OF and NONE_OF take values, EMPTY and PRESENT take none");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckFact(const ImportMapping& mapping, const FactMapping& fact) {
  RETURN_IF_ERROR(CheckConditions("facts.when", fact.when));
  RETURN_IF_ERROR(CheckValue(mapping, "facts.event_id", fact.event_id));
  RETURN_IF_ERROR(CheckValue(mapping, "facts.occurred_on", fact.occurred_on));
  RETURN_IF_ERROR(CheckValue(mapping, "facts.channel", fact.channel));
  RETURN_IF_ERROR(CheckValue(mapping, "facts.campaign", fact.campaign));
  RETURN_IF_ERROR(CheckValue(mapping, "facts.member", fact.member));
  RETURN_IF_ERROR(CheckValue(mapping, "facts.acting_role", fact.acting_role));
  RETURN_IF_ERROR(CheckValue(mapping, "facts.team", fact.team));
  if (fact.member.has_value() && !fact.acting_role.has_value()) {
    return MappingInvalid("facts.acting_role", "a fact of a member says what the member acted as");
  }
  return std::visit(DetailCheck{mapping}, fact.detail);
}

}  // namespace

absl::Status CheckMapping(const ImportMapping& mapping) {
  RETURN_IF_ERROR(CheckDelimiter(mapping.delimiter));
  RETURN_IF_ERROR(CheckDateFormats(mapping.date_formats));
  RETURN_IF_ERROR(base::ParseTimeZone(mapping.time_zone).status());
  RETURN_IF_ERROR(CheckValue(mapping, "currency", mapping.currency));
  if (mapping.currency.has_value() && mapping.currency->parts.size() == 1 &&
      mapping.currency->parts[0].from == ValuePart::From::kConstant) {
    RETURN_IF_ERROR(base::Currency::Parse(mapping.currency->parts[0].text).status());
  }
  for (const RowRule& rule : mapping.row_rules) {
    if (rule.when.empty()) return MappingInvalid("row_rules.when", "a rule has no condition");
    RETURN_IF_ERROR(CheckConditions("row_rules.when", rule.when));
  }
  if (mapping.facts.empty()) return MappingInvalid("facts", "there is none");
  for (const FactMapping& fact : mapping.facts) RETURN_IF_ERROR(CheckFact(mapping, fact));
  return absl::OkStatus();
}

}  // namespace argosy::metrics
