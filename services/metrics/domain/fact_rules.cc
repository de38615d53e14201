#include "services/metrics/domain/fact_rules.h"

#include <algorithm>
#include <variant>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/period.h"

namespace argosy::metrics {
namespace {

using MaybeProblem = std::optional<FactProblem>;

constexpr int64_t kYearMin = 2000;
constexpr int64_t kYearMax = 2099;

FactProblem Invalid(absl::string_view field, absl::string_view description) {
  return {"FIELD_INVALID", std::string(field), std::string(description)};
}

size_t CodePoints(absl::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

MaybeProblem CheckText(absl::string_view text, size_t limit, absl::string_view field) {
  if (CodePoints(text) > limit) {
    return Invalid(field, absl::StrCat("is longer than ", limit, " characters"));
  }
  const bool control =
      std::any_of(text.begin(), text.end(), [](unsigned char c) { return absl::ascii_iscntrl(c); });
  if (control) return Invalid(field, "holds a control character");
  return std::nullopt;
}

MaybeProblem CheckAsciiId(absl::string_view id, size_t limit, absl::string_view field) {
  const bool printable =
      std::all_of(id.begin(), id.end(), [](unsigned char c) { return absl::ascii_isprint(c); });
  const bool blank_edge = !id.empty() && (id.front() == ' ' || id.back() == ' ');
  if (id.empty() || id.size() > limit || !printable || blank_edge) {
    return Invalid(field, absl::StrCat("must be 1 to ", limit,
                                       " printable ASCII characters without blanks at its ends"));
  }
  return std::nullopt;
}

std::string Join(absl::string_view path, absl::string_view field) {
  return path.empty() ? std::string(field) : absl::StrCat(path, ".", field);
}

enum class Sign { kAny, kNotNegative, kPositive, kNotZero };

bool Allows(Sign sign, int64_t minor) {
  switch (sign) {
    case Sign::kAny:
      return true;
    case Sign::kNotNegative:
      return minor >= 0;
    case Sign::kPositive:
      return minor > 0;
    case Sign::kNotZero:
      return minor != 0;
  }
  return false;
}

absl::string_view SignRule(Sign sign) {
  switch (sign) {
    case Sign::kAny:
      return "any amount";
    case Sign::kNotNegative:
      return "must not be negative";
    case Sign::kPositive:
      return "must be above 0";
    case Sign::kNotZero:
      return "must not be 0";
  }
  return "";
}

// The rules of each kind of payload.
class PayloadRules {
 public:
  explicit PayloadRules(const FactSurroundings& surroundings) : surroundings_(surroundings) {}

  MaybeProblem operator()(const std::monostate&) const { return std::nullopt; }

  MaybeProblem operator()(const Spend& spend) const {
    if (spend.kind < SpendKind::kMedia || spend.kind > SpendKind::kLabour) {
      return Invalid("spend.kind", "must be MEDIA, AGENCY_FEE, CONTENT or LABOUR");
    }
    if (!spend.account_time_zone.empty() && !base::ParseTimeZone(spend.account_time_zone).ok()) {
      return FactProblem{"TIME_ZONE_UNKNOWN", "spend.account_time_zone",
                         "is not an IANA time zone"};
    }
    return CheckMoney(spend.amount, Sign::kNotNegative, "spend.amount");
  }

  MaybeProblem operator()(const Traffic& traffic) const {
    for (const auto& [count, field] : {std::pair(traffic.impressions, "traffic.impressions"),
                                       std::pair(traffic.clicks, "traffic.clicks"),
                                       std::pair(traffic.sessions, "traffic.sessions")}) {
      if (count < 0 || count > kTrafficMax) return Invalid(field, "must be from 0 to 10^12");
    }
    return std::nullopt;
  }

  MaybeProblem operator()(const Inquiry& inquiry) const {
    if (auto problem = CheckText(inquiry.buyer_key, kBuyerKeyMax, "inquiry.buyer_key")) {
      return problem;
    }
    if (auto problem = CheckText(inquiry.product_line, kProductLineMax, "inquiry.product_line")) {
      return problem;
    }
    return CheckText(inquiry.account, kAccountMax, "inquiry.account");
  }

  MaybeProblem operator()(const Order& order) const {
    if (auto problem = CheckMoney(order.value, Sign::kNotNegative, "order.value")) return problem;
    if (order.margin.has_value()) {
      if (auto problem = CheckMoney(*order.margin, Sign::kAny, "order.margin")) return problem;
    }
    if (!order.inquiry.has_value()) return std::nullopt;
    return CheckIdentity(*order.inquiry, "order.inquiry");
  }

  MaybeProblem operator()(const Payment& payment) const {
    if (auto problem = CheckMoney(payment.amount, Sign::kNotZero, "payment.amount")) {
      return problem;
    }
    if (!payment.order.has_value()) return std::nullopt;
    return CheckIdentity(*payment.order, "payment.order");
  }

  MaybeProblem operator()(const Refund& refund) const {
    if (auto problem = CheckMoney(refund.amount, Sign::kPositive, "refund.amount")) return problem;
    return CheckIdentity(refund.order, "refund.order");
  }

 private:
  MaybeProblem CheckMoney(const base::Money& money, Sign sign, absl::string_view field) const {
    if (money.currency != surroundings_.reporting_currency) {
      return FactProblem{"CURRENCY_UNSUPPORTED", Join(field, "currency_code"),
                         absl::StrCat("is '", money.currency.code(), "', the tenant reports in '",
                                      surroundings_.reporting_currency.code(), "'")};
    }
    if (money.minor > base::Money::kMinorMax || money.minor < -base::Money::kMinorMax) {
      return FactProblem{"AMOUNT_OVERFLOW", Join(field, "amount_minor"),
                         "is beyond 10^16 minor units"};
    }
    if (!Allows(sign, money.minor)) return Invalid(Join(field, "amount_minor"), SignRule(sign));
    return std::nullopt;
  }

  const FactSurroundings& surroundings_;
};

MaybeProblem CheckTombstone(const Fact& fact) {
  const bool empty = fact.attribution == Attribution() && fact.occurred_micros == 0;
  if (empty) return std::nullopt;
  return FactProblem{"TOMBSTONE_NOT_EMPTY", "tombstone",
                     "has an identity and a revision and nothing else"};
}

MaybeProblem CheckOccurrence(const Fact& fact, absl::Time now) {
  const absl::string_view field = IsCivil(fact.kind()) ? "occurred_date" : "occurred_at";
  const int64_t year = CivilDayOf(fact.occurred_micros).year();
  if (year < kYearMin || year > kYearMax) {
    return FactProblem{"DATE_OUT_OF_RANGE", std::string(field),
                       "lies outside the years 2000 to 2099"};
  }
  if (base::FromMicros(fact.occurred_micros) > now + kClockSkewMax) {
    return FactProblem{"OCCURRED_IN_FUTURE", std::string(field), "has not happened yet"};
  }
  return std::nullopt;
}

MaybeProblem CheckAttribution(const Attribution& attribution,
                              const FactSurroundings& surroundings) {
  if (!attribution.member.text().empty() && attribution.acting_role == ActingRole::kNone) {
    return FactProblem{"ACTING_ROLE_MISSING", "attribution.acting_role",
                       "must say what the member acted as"};
  }
  if (!attribution.channel.text().empty() && !surroundings.channels.contains(attribution.channel)) {
    return FactProblem{"CHANNEL_UNKNOWN", "attribution.channel",
                       absl::StrCat("no channel '", attribution.channel.text(), "'")};
  }
  if (attribution.campaign.text().empty()) return std::nullopt;
  const auto campaign = surroundings.campaigns.find(attribution.campaign);
  if (campaign == surroundings.campaigns.end()) {
    return FactProblem{"CAMPAIGN_UNKNOWN", "attribution.campaign",
                       absl::StrCat("no campaign '", attribution.campaign.text(), "'")};
  }
  if (campaign->second != attribution.channel) {
    return FactProblem{"CAMPAIGN_OF_OTHER_CHANNEL", "attribution.campaign",
                       absl::StrCat("is a campaign of channel '", campaign->second.text(), "'")};
  }
  return std::nullopt;
}

}  // namespace

std::optional<FactProblem> CheckIdentity(const FactIdentity& identity, absl::string_view field) {
  if (auto problem = CheckAsciiId(identity.source, kSourceMax, Join(field, "source"))) {
    return problem;
  }
  return CheckAsciiId(identity.event_id, kEventIdMax, Join(field, "source_event_id"));
}

std::optional<FactProblem> CheckFact(const Fact& fact, const FactSurroundings& surroundings) {
  if (auto problem = CheckIdentity(fact.identity, "")) return problem;
  if (fact.revision < 1 || fact.revision > kRevisionMax) {
    return Invalid("revision", "must be from 1 to 1,000,000");
  }
  if (fact.tombstone()) return CheckTombstone(fact);
  if (auto problem = CheckOccurrence(fact, surroundings.now)) return problem;
  if (auto problem = CheckAttribution(fact.attribution, surroundings)) return problem;
  return std::visit(PayloadRules(surroundings), fact.payload);
}

}  // namespace argosy::metrics
