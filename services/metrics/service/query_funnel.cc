#include <vector>

#include "base/status_macros.h"
#include "services/metrics/service/query_service.h"
#include "services/metrics/service/times.h"

namespace argosy::metrics {

absl::StatusOr<v1::Funnel> QueryService::QueryFunnel(const tenants::RequestContext& ctx,
                                                     const v1::QueryFunnelRequest& request) {
  ASSIGN_OR_RETURN(Asked asked, Ask(ctx, request.scope()));
  asked.question.mode = Mode::kCohort;
  ASSIGN_OR_RETURN(const RowStyle style, StyleOf(ctx, asked.question));
  const std::vector<FactKind> kinds = {FactKind::kTraffic, FactKind::kInquiry, FactKind::kOrder,
                                       FactKind::kPayment, FactKind::kRefund};
  ASSIGN_OR_RETURN(const FactBook book,
                   books_.Read(ctx, asked.question, kinds, asked.knowledge.head.sequence));
  ASSIGN_OR_RETURN(const std::vector<FunnelStep> steps, ComputeFunnel(book, asked.question));
  v1::Funnel funnel;
  for (const FunnelStep& step : steps) {
    v1::FunnelStep& proto = *funnel.add_steps();
    proto.set_kind(static_cast<v1::FunnelStepKind>(step.kind));
    proto.set_count(step.count);
    if (step.link.has_value()) {
      ASSIGN_OR_RETURN(*proto.mutable_link(), ToProto(style, *step.link));
    }
  }
  *funnel.mutable_as_of() = ToProto(asked.knowledge.as_of);
  funnel.set_knowledge_seq(asked.knowledge.head.sequence);
  *funnel.mutable_cut() = ToProto(asked.question.cut);
  return funnel;
}

}  // namespace argosy::metrics
