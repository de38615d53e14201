#include <vector>

#include "base/status_macros.h"
#include "services/metrics/service/query_service.h"
#include "services/metrics/service/times.h"

namespace argosy::metrics {

absl::StatusOr<v1::QueryMetricsResponse> QueryService::QueryMetrics(
    const tenants::RequestContext& ctx, const v1::QueryMetricsRequest& request) {
  ASSIGN_OR_RETURN(Asked asked, Ask(ctx, request.scope()));
  std::vector<const MetricDefinition*> metrics;
  for (const std::string& id : request.metrics()) {
    ASSIGN_OR_RETURN(const MetricDefinition* const metric, ParseMetric(id));
    metrics.push_back(metric);
  }
  for (const int dimension : request.dimensions()) {
    asked.question.dimensions.push_back(static_cast<Dimension>(dimension));
  }
  RETURN_IF_ERROR(CheckQuestion(asked.question));
  ASSIGN_OR_RETURN(const RowStyle style, StyleOf(ctx, asked.question));
  ASSIGN_OR_RETURN(const FactBook book, ReadFor(ctx, asked, metrics));
  ASSIGN_OR_RETURN(const std::vector<MetricRow> rows, ComputeRows(book, asked.question, metrics));
  v1::QueryMetricsResponse response;
  for (const MetricRow& row : rows) {
    ASSIGN_OR_RETURN(*response.add_rows(), ToProto(style, row));
  }
  *response.mutable_as_of() = ToProto(asked.knowledge.as_of);
  response.set_knowledge_seq(asked.knowledge.head.sequence);
  *response.mutable_cut() = ToProto(asked.question.cut);
  response.set_reporting_time_zone(ctx.tenant().reporting_time_zone());
  response.set_currency_code(style.currency.code());
  return response;
}

}  // namespace argosy::metrics
