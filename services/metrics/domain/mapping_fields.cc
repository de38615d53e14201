#include "services/metrics/domain/mapping_fields.h"

#include <optional>
#include <variant>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace argosy::metrics {
namespace {

class FieldList {
 public:
  explicit FieldList(const FactMapping& fact) {
    Add("source_event_id", fact.event_id);
    // A fact has one of the two.
    Add("occurred_at", fact.occurred_on);
    Add("occurred_date", fact.occurred_on);
    Add("attribution.channel", fact.channel);
    Add("attribution.campaign", fact.campaign);
    Add("attribution.member", fact.member);
    Add("attribution.acting_role", fact.acting_role);
    Add("attribution.team", fact.team);
    std::visit(*this, fact.detail);
  }
  std::vector<MappedField> Take() && { return std::move(fields_); }

  void operator()(const SpendMapping& spend) {
    Add("spend.kind", spend.kind);
    Add("spend.amount", spend.amount);
  }
  void operator()(const TrafficMapping& traffic) {
    Add("traffic.impressions", traffic.impressions);
    Add("traffic.clicks", traffic.clicks);
    Add("traffic.sessions", traffic.sessions);
  }
  void operator()(const InquiryMapping& inquiry) {
    Add("inquiry.buyer_key", inquiry.buyer_key);
    Add("inquiry.product_line", inquiry.product_line);
    Add("inquiry.account", inquiry.account);
    Add("inquiry.grade", inquiry.grade);
    Add("inquiry.outcome", inquiry.outcome);
    Add("inquiry.exclusion", inquiry.exclusion);
  }
  void operator()(const OrderMapping& order) {
    Add("order.value", order.value);
    Add("order.margin", order.margin);
    Add("order.inquiry", order.inquiry_event_id);
    Add("order.status", order.status);
  }
  void operator()(const PaymentMapping& payment) {
    Add("payment.amount", payment.amount);
    Add("payment.order", payment.order_event_id);
  }
  void operator()(const RefundMapping& refund) {
    Add("refund.amount", refund.amount);
    Add("refund.order", refund.order_event_id);
  }

 private:
  void Add(absl::string_view path, const MappedValue& value) { fields_.push_back({path, &value}); }
  void Add(absl::string_view path, const std::optional<MappedValue>& value) {
    if (value.has_value()) Add(path, *value);
  }

  std::vector<MappedField> fields_;
};

}  // namespace

std::vector<MappedField> FieldsOf(const FactMapping& fact) { return FieldList(fact).Take(); }

const MappedValue* ValueOf(const ImportMapping& mapping, const FactMapping& fact,
                           absl::string_view path) {
  if (absl::EndsWith(path, ".currency_code")) {
    return mapping.currency.has_value() ? &*mapping.currency : nullptr;
  }
  for (const MappedField& field : FieldsOf(fact)) {
    absl::string_view rest = path;
    if (!absl::ConsumePrefix(&rest, field.path)) continue;
    if (rest.empty() || rest.front() == '.') return field.value;
  }
  return nullptr;
}

}  // namespace argosy::metrics
