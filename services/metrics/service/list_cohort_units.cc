#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/numeric/int128.h"
#include "base/clock.h"
#include "base/money.h"
#include "base/status_macros.h"
#include "services/metrics/domain/measure.h"
#include "services/metrics/service/fact_convert.h"
#include "services/metrics/service/names.h"
#include "services/metrics/service/query_service.h"
#include "services/metrics/service/times.h"

namespace argosy::metrics {
namespace {

constexpr int32_t kPageDefault = 1000;
constexpr int32_t kPageMax = 5000;  // about 1 MiB

std::string FiltersOf(const v1::ListCohortUnitsRequest& request) {
  v1::ListCohortUnitsRequest filters = request;
  filters.clear_page_size();
  filters.clear_page_token();
  return filters.SerializeAsString();
}

// What the kept orders of `unit` bring.
absl::Status AddKeptMoney(const FactBook& book, const Measured& measured, const CohortUnit& unit,
                          v1::CohortUnit& proto) {
  absl::int128 value = 0;
  absl::int128 margin = 0;
  int64_t stated = 0;
  const Order* any = nullptr;
  for (const size_t position : unit.kept) {
    const OrderStanding& standing = measured.standings.orders[position];
    const Order& order = std::get<Order>(book.facts[standing.order].fact.payload);
    any = &order;
    value += order.value.minor - standing.refunded;
    if (!order.margin.has_value()) continue;
    // A kept order is not wholly refunded, so that the sum is below the value and fits.
    ASSIGN_OR_RETURN(const int64_t kept,
                     KeptMargin(order, static_cast<int64_t>(standing.refunded)));
    margin += kept;
    ++stated;
  }
  proto.set_kept_order_count(static_cast<int64_t>(unit.kept.size()));
  proto.set_kept_margin_count(stated);
  if (any == nullptr) return absl::OkStatus();
  base::Money money{.currency = any->value.currency};
  ASSIGN_OR_RETURN(money.minor, base::CheckedNarrow(value));
  *proto.mutable_kept_value() = ToProto(money);
  if (stated == 0) return absl::OkStatus();
  ASSIGN_OR_RETURN(money.minor, base::CheckedNarrow(margin));
  *proto.mutable_kept_margin() = ToProto(money);
  return absl::OkStatus();
}

// `unit` with those of its orders alone that the asker sees.
CohortUnit SeenBy(const Question& question, const FactBook& book, const Measured& measured,
                  CohortUnit unit) {
  const auto is_unseen = [&](size_t position) {
    const size_t order = measured.standings.orders[position].order;
    return !question.Sees(book.facts[order].fact.attribution);
  };
  std::erase_if(unit.orders, is_unseen);
  std::erase_if(unit.kept, is_unseen);
  return unit;
}

absl::StatusOr<v1::CohortUnit> ShowUnit(const base::TenantId& tenant, const FactBook& book,
                                        const Measured& measured, const CohortUnit& unit,
                                        const CohortUnit& seen) {
  const RecordedFact& recorded = book.facts[unit.inquiry];
  v1::CohortUnit proto;
  proto.set_fact(FactName(tenant, recorded.id));
  *proto.mutable_inquiry() = ToProto(recorded.fact.identity);
  *proto.mutable_occurred_at() = ToProto(base::FromMicros(recorded.fact.occurred_micros));
  proto.set_channel(ChannelName(tenant, recorded.fact.attribution.channel));
  const Inquiry& inquiry = std::get<Inquiry>(recorded.fact.payload);
  proto.set_grade(static_cast<v1::Grade>(inquiry.grade));
  proto.set_mature(unit.mature);
  proto.set_effective(unit.effective);
  proto.set_converted(unit.converted());
  proto.set_kept(!unit.kept.empty());
  if (seen.converted()) {
    const size_t first = seen.kept.empty() ? seen.orders.front() : seen.kept.front();
    *proto.mutable_order() =
        ToProto(book.facts[measured.standings.orders[first].order].fact.identity);
  }
  RETURN_IF_ERROR(AddKeptMoney(book, measured, seen, proto));
  return proto;
}

}  // namespace

absl::StatusOr<v1::ListCohortUnitsResponse> QueryService::ListCohortUnits(
    const tenants::RequestContext& ctx, const v1::ListCohortUnitsRequest& request) {
  ASSIGN_OR_RETURN(Question question, ReadQuestion(ctx, request.scope()));
  ASSIGN_OR_RETURN(const int32_t size, base::PageSize(request.page_size(), kPageDefault, kPageMax));
  const base::PageScope scope = PageScopeOf(ctx, FiltersOf(request));
  ASSIGN_OR_RETURN(const std::string key, with_.pages.Open(scope, request.page_token()));
  ASSIGN_OR_RETURN(Asked asked, key.empty() ? Settle(ctx, request.scope(), std::move(question))
                                            : Resume(key, std::move(question)));
  asked.question.mode = Mode::kCohort;
  const std::vector<FactKind> kinds = {FactKind::kInquiry, FactKind::kOrder, FactKind::kRefund};
  ASSIGN_OR_RETURN(const FactBook book,
                   books_.Read(ctx, asked.question, kinds, asked.knowledge.head.sequence));
  const Measured measured = MeasureFacts(book, asked.question);
  v1::ListCohortUnitsResponse response;
  const auto total = static_cast<int64_t>(measured.units.size());
  const int64_t end = std::min(total, asked.done + size);
  for (int64_t i = asked.done; i < end; ++i) {
    const CohortUnit& unit = measured.units[static_cast<size_t>(i)];
    ASSIGN_OR_RETURN(*response.add_units(), ShowUnit(ctx.tenant().tenant_id(), book, measured, unit,
                                                     SeenBy(asked.question, book, measured, unit)));
  }
  if (end < total) response.set_next_page_token(with_.pages.Seal(scope, ResumptionKey(asked, end)));
  *response.mutable_as_of() = ToProto(asked.knowledge.as_of);
  response.set_knowledge_seq(asked.knowledge.head.sequence);
  *response.mutable_cut() = ToProto(asked.question.cut);
  return response;
}

}  // namespace argosy::metrics
