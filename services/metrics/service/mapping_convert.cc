#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "services/metrics/domain/import_errors.h"
#include "services/metrics/service/import_convert.h"

namespace argosy::metrics {
namespace {

TextForm ParseForm(v1::TextForm form) {
  switch (form) {
    case v1::TEXT_FORM_SLUG:
      return TextForm::kSlug;
    case v1::TEXT_FORM_DATE:
      return TextForm::kDate;
    default:
      return TextForm::kAsIs;
  }
}

UnlistedValue ParseUnlisted(v1::UnlistedValue unlisted) {
  switch (unlisted) {
    case v1::UNLISTED_VALUE_REFUSE:
      return UnlistedValue::kRefuse;
    case v1::UNLISTED_VALUE_EMPTY:
      return UnlistedValue::kEmpty;
    default:
      return UnlistedValue::kKeep;
  }
}

ConditionTest ParseTest(v1::ConditionTest test) {
  switch (test) {
    case v1::CONDITION_TEST_EMPTY:
      return ConditionTest::kEmpty;
    case v1::CONDITION_TEST_ONE_OF:
      return ConditionTest::kOneOf;
    case v1::CONDITION_TEST_NONE_OF:
      return ConditionTest::kNoneOf;
    default:
      return ConditionTest::kPresent;
  }
}

absl::StatusOr<MappedValue> ParseValue(const v1::MappedValue& value) {
  MappedValue parsed{.unlisted = ParseUnlisted(value.unlisted()),
                     .lookup = value.lookup(),
                     .form = ParseForm(value.form()),
                     .prefix = value.prefix()};
  for (const v1::ValuePart& part : value.parts()) {
    const bool column = part.from_case() == v1::ValuePart::kColumn;
    parsed.parts.push_back({.from = column ? ValuePart::From::kColumn : ValuePart::From::kConstant,
                            .text = column ? part.column() : part.constant(),
                            .form = ParseForm(part.form())});
  }
  for (const v1::ValueReplacement& replacement : value.replacements()) {
    if (!parsed.replacements.emplace(replacement.from(), replacement.to()).second) {
      return MappingInvalid("replacements",
                            absl::StrCat("'", replacement.from(), "' is replaced twice"));
    }
  }
  return parsed;
}

// Nothing for a value that is not set.
absl::StatusOr<std::optional<MappedValue>> ParseOptional(bool is_set,
                                                         const v1::MappedValue& value) {
  if (!is_set) return std::nullopt;
  ASSIGN_OR_RETURN(MappedValue parsed, ParseValue(value));
  return parsed;
}

std::vector<RowCondition> ParseConditions(
    const google::protobuf::RepeatedPtrField<v1::RowCondition>& conditions) {
  std::vector<RowCondition> parsed;
  for (const v1::RowCondition& condition : conditions) {
    parsed.push_back({.column = condition.column(),
                      .test = ParseTest(condition.test()),
                      .values = {condition.values().begin(), condition.values().end()}});
  }
  return parsed;
}

absl::StatusOr<DetailMapping> ParseTraffic(const v1::TrafficMapping& traffic) {
  TrafficMapping parsed;
  ASSIGN_OR_RETURN(parsed.impressions,
                   ParseOptional(traffic.has_impressions(), traffic.impressions()));
  ASSIGN_OR_RETURN(parsed.clicks, ParseOptional(traffic.has_clicks(), traffic.clicks()));
  ASSIGN_OR_RETURN(parsed.sessions, ParseOptional(traffic.has_sessions(), traffic.sessions()));
  return DetailMapping(std::move(parsed));
}

absl::StatusOr<DetailMapping> ParseInquiry(const v1::InquiryMapping& inquiry) {
  InquiryMapping parsed;
  ASSIGN_OR_RETURN(parsed.buyer_key, ParseOptional(inquiry.has_buyer_key(), inquiry.buyer_key()));
  ASSIGN_OR_RETURN(parsed.product_line,
                   ParseOptional(inquiry.has_product_line(), inquiry.product_line()));
  ASSIGN_OR_RETURN(parsed.account, ParseOptional(inquiry.has_account(), inquiry.account()));
  ASSIGN_OR_RETURN(parsed.grade, ParseOptional(inquiry.has_grade(), inquiry.grade()));
  ASSIGN_OR_RETURN(parsed.outcome, ParseOptional(inquiry.has_outcome(), inquiry.outcome()));
  ASSIGN_OR_RETURN(parsed.exclusion, ParseOptional(inquiry.has_exclusion(), inquiry.exclusion()));
  return DetailMapping(std::move(parsed));
}

absl::StatusOr<DetailMapping> ParseOrder(const v1::OrderMapping& order) {
  OrderMapping parsed;
  ASSIGN_OR_RETURN(parsed.value, ParseValue(order.value()));
  ASSIGN_OR_RETURN(parsed.margin, ParseOptional(order.has_margin(), order.margin()));
  ASSIGN_OR_RETURN(parsed.inquiry_event_id,
                   ParseOptional(order.has_inquiry_event_id(), order.inquiry_event_id()));
  ASSIGN_OR_RETURN(parsed.status, ParseOptional(order.has_status(), order.status()));
  return DetailMapping(std::move(parsed));
}

absl::StatusOr<DetailMapping> ParseDetail(const v1::FactMapping& fact) {
  switch (fact.detail_case()) {
    case v1::FactMapping::kSpend: {
      SpendMapping spend;
      ASSIGN_OR_RETURN(spend.kind, ParseValue(fact.spend().kind()));
      ASSIGN_OR_RETURN(spend.amount, ParseValue(fact.spend().amount()));
      return DetailMapping(std::move(spend));
    }
    case v1::FactMapping::kTraffic:
      return ParseTraffic(fact.traffic());
    case v1::FactMapping::kInquiry:
      return ParseInquiry(fact.inquiry());
    case v1::FactMapping::kOrder:
      return ParseOrder(fact.order());
    case v1::FactMapping::kPayment: {
      PaymentMapping payment;
      ASSIGN_OR_RETURN(payment.amount, ParseValue(fact.payment().amount()));
      ASSIGN_OR_RETURN(payment.order_event_id, ParseValue(fact.payment().order_event_id()));
      return DetailMapping(std::move(payment));
    }
    case v1::FactMapping::kRefund: {
      RefundMapping refund;
      ASSIGN_OR_RETURN(refund.amount, ParseValue(fact.refund().amount()));
      ASSIGN_OR_RETURN(refund.order_event_id, ParseValue(fact.refund().order_event_id()));
      return DetailMapping(std::move(refund));
    }
    case v1::FactMapping::DETAIL_NOT_SET:
      break;
  }
  return MappingInvalid("facts", "a fact says nothing");
}

absl::StatusOr<FactMapping> ParseFact(const v1::FactMapping& fact) {
  FactMapping parsed{.when = ParseConditions(fact.when())};
  ASSIGN_OR_RETURN(parsed.event_id, ParseValue(fact.event_id()));
  ASSIGN_OR_RETURN(parsed.occurred_on, ParseValue(fact.occurred_on()));
  ASSIGN_OR_RETURN(parsed.channel, ParseOptional(fact.has_channel(), fact.channel()));
  ASSIGN_OR_RETURN(parsed.campaign, ParseOptional(fact.has_campaign(), fact.campaign()));
  ASSIGN_OR_RETURN(parsed.member, ParseOptional(fact.has_member(), fact.member()));
  ASSIGN_OR_RETURN(parsed.acting_role, ParseOptional(fact.has_acting_role(), fact.acting_role()));
  ASSIGN_OR_RETURN(parsed.team, ParseOptional(fact.has_team(), fact.team()));
  ASSIGN_OR_RETURN(parsed.detail, ParseDetail(fact));
  return parsed;
}

absl::Status ParseLookups(const v1::ImportMapping& mapping, ImportMapping& parsed) {
  for (const v1::LookupTable& table : mapping.lookups()) {
    const auto [lookup, is_new] = parsed.lookups.try_emplace(table.name());
    if (!is_new) return MappingInvalid("lookups", "two tables have one name");
    for (const v1::LookupEntry& entry : table.entries()) {
      if (!lookup->second.emplace(entry.key(), entry.value()).second) {
        return MappingInvalid("lookups", absl::StrCat("'", entry.key(), "' stands there twice"));
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ImportMapping> ParseMapping(const v1::ImportMapping& mapping) {
  ImportMapping parsed{
      .source = mapping.source(),
      .delimiter = mapping.delimiter().empty() ? ',' : mapping.delimiter()[0],
      .time_zone = mapping.time_zone(),
      .date_formats = {mapping.date_formats().begin(), mapping.date_formats().end()},
      .capture = mapping.capture_mode() == v1::CAPTURE_MODE_AUTO ? CaptureMode::kAuto
                                                                 : CaptureMode::kManual};
  ASSIGN_OR_RETURN(parsed.currency, ParseOptional(mapping.has_currency(), mapping.currency()));
  RETURN_IF_ERROR(ParseLookups(mapping, parsed));
  for (const v1::RowRule& rule : mapping.row_rules()) {
    parsed.row_rules.push_back(
        {.when = ParseConditions(rule.when()),
         .action = rule.action() == v1::ROW_ACTION_SKIP ? RowAction::kSkip : RowAction::kReport,
         .note = rule.note()});
  }
  for (const v1::FactMapping& fact : mapping.facts()) {
    ASSIGN_OR_RETURN(FactMapping one, ParseFact(fact));
    parsed.facts.push_back(std::move(one));
  }
  RETURN_IF_ERROR(CheckMapping(parsed));
  return parsed;
}

}  // namespace argosy::metrics
