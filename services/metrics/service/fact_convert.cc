#include "services/metrics/service/fact_convert.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/metrics/service/names.h"
#include "services/metrics/service/times.h"

namespace argosy::metrics {
namespace {

// The domain's numbers are the wire's.
static_assert(static_cast<int>(FactKind::kRefund) == v1::FACT_KIND_REFUND);
static_assert(static_cast<int>(CaptureMode::kManual) == v1::CAPTURE_MODE_MANUAL);
static_assert(static_cast<int>(SpendKind::kLabour) == v1::SPEND_KIND_LABOUR);
static_assert(static_cast<int>(Grade::kD) == v1::GRADE_D);
static_assert(static_cast<int>(InquiryOutcome::kWon) == v1::INQUIRY_OUTCOME_WON);
static_assert(static_cast<int>(Exclusion::kMerged) == v1::EXCLUSION_REASON_MERGED);
static_assert(static_cast<int>(OrderStatus::kCancelled) == v1::ORDER_STATUS_CANCELLED);
static_assert(static_cast<int>(ActingRole::kAgency) == common::v1::BUSINESS_ROLE_AGENCY);
static_assert(static_cast<int>(Verdict::kInvalid) == v1::VERDICT_INVALID);

// Reads the parts of a fact and keeps the first problem.
class FactReader {
 public:
  explicit FactReader(const v1::Fact& proto) : proto_(proto) {}

  ParsedFact Read() && {
    Fact& fact = parsed_.fact;
    fact.identity = {proto_.source(), proto_.source_event_id()};
    fact.revision = proto_.revision() == 0 ? 1 : proto_.revision();
    if (proto_.tombstone()) {
      ReadTombstone();
      return std::move(parsed_);
    }
    fact.capture = proto_.capture_mode() == v1::CAPTURE_MODE_UNSPECIFIED
                       ? CaptureMode::kManual
                       : Enum<CaptureMode>(proto_.capture_mode(), 2, "capture_mode");
    ReadPayload();
    ReadOccurrence();
    ReadAttribution();
    return std::move(parsed_);
  }

 private:
  void Report(absl::string_view reason, absl::string_view field, absl::string_view description) {
    if (parsed_.problem.has_value()) return;
    parsed_.problem =
        FactProblem{std::string(reason), std::string(field), std::string(description)};
  }
  void Report(const absl::Status& status, absl::string_view field) {
    Report(base::ReasonOf(status), field, status.message());
  }

  // A number the wire's enum does not define would be stored as one.
  template <typename E>
  E Enum(int number, int most, absl::string_view field) {
    if (number < 0 || number > most) {
      Report("FIELD_INVALID", field, "is no value of its enumeration");
      return E{};
    }
    return static_cast<E>(number);
  }

  void ReadTombstone() {
    parsed_.fact.payload = std::monostate();
    const bool empty = proto_.payload_case() == v1::Fact::PAYLOAD_NOT_SET &&
                       !proto_.has_occurred_at() && proto_.occurred_date().empty() &&
                       !proto_.has_attribution();
    if (!empty) {
      Report("TOMBSTONE_NOT_EMPTY", "tombstone", "has an identity and a revision and nothing else");
    }
  }

  void ReadOccurrence() {
    Fact& fact = parsed_.fact;
    if (IsCivil(fact.kind())) {
      if (proto_.has_occurred_at()) {
        Report("FIELD_INVALID", "occurred_at", "is for facts that happen at an instant");
      }
      const auto day = base::ParseCivilDay(proto_.occurred_date());
      if (!day.ok()) return Report(day.status(), "occurred_date");
      fact.occurred_micros = CivilMicros(*day);
      return;
    }
    if (!proto_.occurred_date().empty()) {
      Report("FIELD_INVALID", "occurred_date", "is for facts that happen on a day");
    }
    if (!proto_.has_occurred_at()) return Report("FIELD_INVALID", "occurred_at", "is required");
    const auto instant = ParseInstant(proto_.occurred_at(), "occurred_at");
    if (!instant.ok()) {
      return Report("DATE_OUT_OF_RANGE", "occurred_at", "lies outside the years 2000 to 2099");
    }
    fact.occurred_micros = base::ToMicros(*instant);
  }

  template <typename Id>
  void ReadName(absl::StatusOr<Id> (*parse)(absl::string_view, absl::string_view),
                const std::string& name, absl::string_view field, Id& into) {
    if (name.empty()) return;
    auto id = parse(name, field);
    if (!id.ok()) {
      Report("FIELD_INVALID", field, "is not a name of its kind");
      return;
    }
    into = *std::move(id);
  }

  void ReadAttribution() {
    const v1::Attribution& from = proto_.attribution();
    Attribution& to = parsed_.fact.attribution;
    ReadName(ParseChannelName, from.channel(), "attribution.channel", to.channel);
    ReadName(ParseCampaignName, from.campaign(), "attribution.campaign", to.campaign);
    ReadName(ParseMemberName, from.member(), "attribution.member", to.member);
    ReadName(ParseTeamName, from.team(), "attribution.team", to.team);
    to.acting_role =
        Enum<ActingRole>(from.acting_role(), kActingRoleMax, "attribution.acting_role");
  }

  base::Money ReadMoney(const common::v1::Money& money, absl::string_view field) {
    const auto currency = base::Currency::Parse(money.currency_code());
    if (!currency.ok()) {
      Report(currency.status(), absl::StrCat(field, ".currency_code"));
      return {};
    }
    return {.minor = money.amount_minor(), .currency = *currency};
  }

  void ReadPayload() {
    switch (proto_.payload_case()) {
      case v1::Fact::kSpend:
        return ReadSpend(proto_.spend());
      case v1::Fact::kTraffic:
        parsed_.fact.payload = Traffic{.impressions = proto_.traffic().impressions(),
                                       .clicks = proto_.traffic().clicks(),
                                       .sessions = proto_.traffic().sessions()};
        return;
      case v1::Fact::kInquiry:
        return ReadInquiry(proto_.inquiry());
      case v1::Fact::kOrder:
        return ReadOrder(proto_.order());
      case v1::Fact::kPayment:
        return ReadPayment(proto_.payment());
      case v1::Fact::kRefund:
        parsed_.fact.payload =
            Refund{.amount = ReadMoney(proto_.refund().amount(), "refund.amount"),
                   .order = ParseReference(proto_.refund().order())};
        return;
      case v1::Fact::PAYLOAD_NOT_SET:
        Report("FIELD_INVALID", "payload",
               "one of spend, traffic, inquiry, order, payment and "
               "refund is required");
    }
  }

  void ReadSpend(const v1::Spend& spend) {
    parsed_.fact.payload = Spend{.kind = Enum<SpendKind>(spend.kind(), 4, "spend.kind"),
                                 .amount = ReadMoney(spend.amount(), "spend.amount"),
                                 .account_time_zone = spend.account_time_zone()};
  }

  void ReadInquiry(const v1::Inquiry& inquiry) {
    const auto outcome = inquiry.outcome() == v1::INQUIRY_OUTCOME_UNSPECIFIED
                             ? v1::INQUIRY_OUTCOME_OPEN
                             : inquiry.outcome();
    parsed_.fact.payload =
        Inquiry{.grade = Enum<Grade>(inquiry.grade(), 4, "inquiry.grade"),
                .outcome = Enum<InquiryOutcome>(outcome, 3, "inquiry.outcome"),
                .buyer_key = inquiry.buyer_key(),
                .product_line = inquiry.product_line(),
                .exclusion = Enum<Exclusion>(inquiry.exclusion(), 4, "inquiry.exclusion"),
                .account = inquiry.account()};
  }

  void ReadOrder(const v1::Order& proto) {
    Order order{.value = ReadMoney(proto.value(), "order.value")};
    if (proto.has_margin()) order.margin = ReadMoney(proto.margin(), "order.margin");
    if (proto.has_inquiry()) order.inquiry = ParseReference(proto.inquiry());
    if (proto.status() != v1::ORDER_STATUS_UNSPECIFIED) {
      order.status = Enum<OrderStatus>(proto.status(), 3, "order.status");
    }
    parsed_.fact.payload = std::move(order);
  }

  void ReadPayment(const v1::Payment& proto) {
    Payment payment{.amount = ReadMoney(proto.amount(), "payment.amount")};
    if (proto.has_order()) payment.order = ParseReference(proto.order());
    parsed_.fact.payload = std::move(payment);
  }

  const v1::Fact& proto_;
  ParsedFact parsed_;
};

// Writes a payload into its message.
class PayloadWriter {
 public:
  explicit PayloadWriter(v1::Fact& proto) : proto_(proto) {}

  void operator()(const std::monostate&) { proto_.set_tombstone(true); }
  void operator()(const Spend& spend) {
    v1::Spend& to = *proto_.mutable_spend();
    to.set_kind(static_cast<v1::SpendKind>(spend.kind));
    *to.mutable_amount() = ToProto(spend.amount);
    to.set_account_time_zone(spend.account_time_zone);
  }
  void operator()(const Traffic& traffic) {
    v1::Traffic& to = *proto_.mutable_traffic();
    to.set_impressions(traffic.impressions);
    to.set_clicks(traffic.clicks);
    to.set_sessions(traffic.sessions);
  }
  void operator()(const Inquiry& inquiry) {
    v1::Inquiry& to = *proto_.mutable_inquiry();
    to.set_grade(static_cast<v1::Grade>(inquiry.grade));
    to.set_outcome(static_cast<v1::InquiryOutcome>(inquiry.outcome));
    to.set_buyer_key(inquiry.buyer_key);
    to.set_product_line(inquiry.product_line);
    to.set_exclusion(static_cast<v1::ExclusionReason>(inquiry.exclusion));
    to.set_account(inquiry.account);
  }
  void operator()(const Order& order) {
    v1::Order& to = *proto_.mutable_order();
    *to.mutable_value() = ToProto(order.value);
    if (order.margin.has_value()) *to.mutable_margin() = ToProto(*order.margin);
    if (order.inquiry.has_value()) *to.mutable_inquiry() = ToProto(*order.inquiry);
    to.set_status(static_cast<v1::OrderStatus>(order.status));
  }
  void operator()(const Payment& payment) {
    v1::Payment& to = *proto_.mutable_payment();
    *to.mutable_amount() = ToProto(payment.amount);
    if (payment.order.has_value()) *to.mutable_order() = ToProto(*payment.order);
  }
  void operator()(const Refund& refund) {
    v1::Refund& to = *proto_.mutable_refund();
    *to.mutable_amount() = ToProto(refund.amount);
    *to.mutable_order() = ToProto(refund.order);
  }

 private:
  v1::Fact& proto_;
};

v1::Attribution ToProto(const base::TenantId& tenant, const Attribution& from) {
  v1::Attribution to;
  to.set_channel(ChannelName(tenant, from.channel));
  to.set_campaign(CampaignName(tenant, from.campaign));
  to.set_member(MemberName(tenant, from.member));
  to.set_acting_role(static_cast<common::v1::BusinessRole>(from.acting_role));
  to.set_team(TeamName(tenant, from.team));
  return to;
}

}  // namespace

ParsedFact ParseFact(const v1::Fact& fact) { return FactReader(fact).Read(); }

absl::StatusOr<std::vector<Completeness>> ParseCompleteness(
    const v1::BatchIngestFactsRequest& request, absl::Time now) {
  std::vector<Completeness> all;
  for (const v1::SourceCompleteness& proto : request.completeness()) {
    const std::string field = absl::StrCat("completeness[", all.size(), "]");
    if (CheckIdentity({proto.source(), "-"}, "").has_value()) {
      return base::FieldInvalid(field + ".source", "is no source");
    }
    ASSIGN_OR_RETURN(const absl::Time through,
                     ParseInstant(proto.complete_through(), field + ".complete_through"));
    if (through > now) {
      return base::FieldInvalid(field + ".complete_through",
                                "must not be later than now: what is to come cannot be complete");
    }
    all.push_back({.source = proto.source(), .complete_through = through});
  }
  return all;
}

FactIdentity ParseReference(const v1::FactReference& reference) {
  return {reference.source(), reference.source_event_id()};
}

v1::FactReference ToProto(const FactIdentity& identity) {
  v1::FactReference proto;
  proto.set_source(identity.source);
  proto.set_source_event_id(identity.event_id);
  return proto;
}

v1::Fact ToProto(const base::TenantId& tenant, const RecordedFact& recorded) {
  const Fact& fact = recorded.fact;
  v1::Fact proto;
  proto.set_name(FactName(tenant, recorded.id));
  proto.set_source(fact.identity.source);
  proto.set_source_event_id(fact.identity.event_id);
  proto.set_revision(fact.revision);
  proto.set_capture_mode(static_cast<v1::CaptureMode>(fact.capture));
  if (recorded.import.has_value()) {
    proto.set_source_import(ImportName(tenant, *recorded.import));
  }
  *proto.mutable_recorded_at() = ToProto(recorded.recorded_at);
  proto.set_knowledge_seq(recorded.knowledge_seq);
  PayloadWriter writer(proto);
  std::visit(writer, fact.payload);
  if (fact.tombstone()) return proto;
  *proto.mutable_attribution() = ToProto(tenant, fact.attribution);
  if (IsCivil(fact.kind())) {
    proto.set_occurred_date(base::FormatCivilDay(CivilDayOf(fact.occurred_micros)));
  } else {
    *proto.mutable_occurred_at() = ToProto(base::FromMicros(fact.occurred_micros));
  }
  return proto;
}

v1::FactVerdict ToProto(const base::TenantId& tenant, const FactVerdict& verdict) {
  v1::FactVerdict proto;
  proto.set_verdict(static_cast<v1::Verdict>(verdict.verdict));
  proto.set_fact(FactName(tenant, verdict.id));
  if (verdict.problem.has_value()) {
    proto.set_reason(verdict.problem->reason);
    proto.set_field(verdict.problem->field);
    proto.set_description(verdict.problem->description);
  }
  return proto;
}

}  // namespace argosy::metrics
