#include "services/incentives/rpc/grpc_order_source.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "argosy/metrics/v1/fact_service.grpc.pb.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "google/protobuf/util/time_util.h"
#include "rpc/client_call.h"

namespace argosy::incentives {
namespace {

namespace metrics = ::argosy::metrics::v1;
using google::protobuf::util::TimeUtil;

// The largest page the metrics service gives.
constexpr int32_t kPageSize = 1'000;

std::string TenantName(const tenants::RequestContext& ctx) {
  return absl::StrCat("tenants/", ctx.tenant().tenant_id().text());
}

absl::Time TimeOf(const google::protobuf::Timestamp& timestamp) {
  return base::FromMicros(TimeUtil::TimestampToMicroseconds(timestamp));
}

FactKey KeyOf(const metrics::Fact& fact) { return {fact.source(), fact.source_event_id()}; }
FactKey KeyOf(const metrics::FactReference& reference) {
  return {reference.source(), reference.source_event_id()};
}

absl::StatusOr<base::Money> MoneyOf(const common::v1::Money& money) {
  ASSIGN_OR_RETURN(const base::Currency currency, base::Currency::Parse(money.currency_code()));
  return base::Money{.minor = money.amount_minor(), .currency = currency};
}

absl::StatusOr<OrderFact> OrderOf(const tenants::RequestContext& ctx, const metrics::Fact& fact) {
  OrderFact order{.key = KeyOf(fact), .occurred_at = TimeOf(fact.occurred_at())};
  ASSIGN_OR_RETURN(order.value, MoneyOf(fact.order().value()));
  order.confirmed = fact.order().status() == metrics::ORDER_STATUS_CONFIRMED ||
                    fact.order().status() == metrics::ORDER_STATUS_UNSPECIFIED;
  absl::string_view member = fact.attribution().member();
  if (member.empty()) return order;
  if (!absl::ConsumePrefix(&member, absl::StrCat(TenantName(ctx), "/members/"))) {
    return base::Internal("a fact names a member of another tenant");
  }
  ASSIGN_OR_RETURN(order.member, base::MemberId::Parse(member));
  ASSIGN_OR_RETURN(order.acting_role, ParseBusinessRole(fact.attribution().acting_role()));
  return order;
}

template <typename Payload>
absl::StatusOr<MovementFact> MovementOf(const metrics::Fact& fact, const Payload& payload) {
  MovementFact movement{.key = KeyOf(fact),
                        .order = KeyOf(payload.order()),
                        .occurred_at = TimeOf(fact.occurred_at())};
  ASSIGN_OR_RETURN(movement.amount, MoneyOf(payload.amount()));
  return movement;
}

absl::Status AddFact(const tenants::RequestContext& ctx, const metrics::Fact& fact,
                     SalesFacts& facts) {
  switch (fact.payload_case()) {
    case metrics::Fact::kOrder: {
      ASSIGN_OR_RETURN(OrderFact order, OrderOf(ctx, fact));
      facts.orders.push_back(std::move(order));
      return absl::OkStatus();
    }
    case metrics::Fact::kPayment: {
      ASSIGN_OR_RETURN(MovementFact payment, MovementOf(fact, fact.payment()));
      facts.payments.push_back(std::move(payment));
      return absl::OkStatus();
    }
    case metrics::Fact::kRefund: {
      ASSIGN_OR_RETURN(MovementFact refund, MovementOf(fact, fact.refund()));
      facts.refunds.push_back(std::move(refund));
      return absl::OkStatus();
    }
    default:
      return base::Internal("metrics answered with a kind of fact that was not asked for");
  }
}

}  // namespace

absl::StatusOr<Knowledge> GrpcOrderSource::ResolveKnowledge(
    const tenants::RequestContext& ctx, const std::optional<absl::Time>& as_of) {
  ASSIGN_OR_RETURN(const auto channel, channels_.ChannelTo("metrics"));
  const auto stub = metrics::FactService::NewStub(channel);
  metrics::ResolveKnowledgeRequest request;
  request.set_parent(TenantName(ctx));
  if (as_of) {
    *request.mutable_as_of() = TimeUtil::MicrosecondsToTimestamp(base::ToMicros(*as_of));
  }
  ASSIGN_OR_RETURN(const metrics::Knowledge known,
                   rpc::InnerCall<metrics::Knowledge>(
                       ctx, [&](grpc::ClientContext& call, metrics::Knowledge& reply) {
                         return stub->ResolveKnowledge(&call, request, &reply);
                       }));
  return Knowledge{.as_of = TimeOf(known.as_of()), .seq = known.knowledge_seq()};
}

absl::StatusOr<SalesFacts> GrpcOrderSource::ListSalesFacts(const tenants::RequestContext& ctx,
                                                           const base::Period& days, int64_t seq) {
  SalesFacts facts;
  if (seq == 0) return facts;  // nothing was known; the contract reads 0 as "now"
  ASSIGN_OR_RETURN(const auto channel, channels_.ChannelTo("metrics"));
  const auto stub = metrics::FactService::NewStub(channel);
  metrics::ListFactsRequest request;
  request.set_parent(TenantName(ctx));
  request.add_kinds(metrics::FACT_KIND_ORDER);
  request.add_kinds(metrics::FACT_KIND_PAYMENT);
  request.add_kinds(metrics::FACT_KIND_REFUND);
  request.mutable_occurred()->set_start_date(base::FormatCivilDay(days.begin));
  request.mutable_occurred()->set_end_date(base::FormatCivilDay(days.end));
  request.set_knowledge_seq(seq);
  request.set_page_size(kPageSize);
  do {
    ASSIGN_OR_RETURN(const metrics::ListFactsResponse page,
                     rpc::InnerCall<metrics::ListFactsResponse>(
                         ctx, [&](grpc::ClientContext& call, metrics::ListFactsResponse& reply) {
                           return stub->ListFacts(&call, request, &reply);
                         }));
    for (const metrics::Fact& fact : page.facts()) RETURN_IF_ERROR(AddFact(ctx, fact, facts));
    RETURN_IF_ERROR(CheckFactCount(facts));
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return facts;
}

}  // namespace argosy::incentives
