// Metrics: figures computed from facts.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_QUERY_SERVICE_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_QUERY_SERVICE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "argosy/metrics/v1/query_service.pb.h"
#include "services/metrics/service/book_reader.h"
#include "services/metrics/service/collaborators.h"
#include "services/metrics/service/knowledge_reader.h"
#include "services/metrics/service/query_convert.h"
#include "tenants/request_context.h"

namespace argosy::metrics {

// The verbs of argosy.metrics.v1.QueryService, whose contract says what each refuses. Thread-safe.
class QueryService {
 public:
  explicit QueryService(const Collaborators& with) : with_(with), knowledge_(with), books_(with) {}

  absl::StatusOr<v1::ListMetricDefinitionsResponse> ListMetricDefinitions(
      const tenants::RequestContext& ctx, const v1::ListMetricDefinitionsRequest& request);
  absl::StatusOr<v1::QueryMetricsResponse> QueryMetrics(const tenants::RequestContext& ctx,
                                                        const v1::QueryMetricsRequest& request);
  absl::StatusOr<v1::Funnel> QueryFunnel(const tenants::RequestContext& ctx,
                                         const v1::QueryFunnelRequest& request);
  absl::StatusOr<v1::MetricExplanation> ExplainMetric(const tenants::RequestContext& ctx,
                                                      const v1::ExplainMetricRequest& request);
  absl::StatusOr<v1::ListCohortUnitsResponse> ListCohortUnits(
      const tenants::RequestContext& ctx, const v1::ListCohortUnitsRequest& request);

 private:
  // A question with the knowledge it is asked of.
  struct Asked {
    Question question;
    SettledKnowledge knowledge;
    int64_t done = 0;  // items that the pages before have shown
  };

  // Whether the caller may ask comes first, then whether it is a question. Its cut and knowledge
  // are still to come: from Settle on a first page, from Resume on those after it.
  absl::StatusOr<Question> ReadQuestion(const tenants::RequestContext& ctx,
                                        const v1::QueryScope& scope) const;
  absl::StatusOr<Asked> Settle(const tenants::RequestContext& ctx, const v1::QueryScope& scope,
                               Question question) const;
  static absl::StatusOr<Asked> Resume(absl::string_view key, Question question);
  // ReadQuestion and Settle.
  absl::StatusOr<Asked> Ask(const tenants::RequestContext& ctx, const v1::QueryScope& scope) const;
  static std::string ResumptionKey(const Asked& asked, int64_t done);
  absl::StatusOr<RowStyle> StyleOf(const tenants::RequestContext& ctx,
                                   const Question& question) const;
  absl::StatusOr<FactBook> ReadFor(const tenants::RequestContext& ctx, const Asked& asked,
                                   absl::Span<const MetricDefinition* const> metrics) const;

  // NOT_FOUND / RESOURCE_NOT_FOUND for a channel that the question is confined to and nobody has
  // made: a misspelt one would look like one without facts.
  absl::Status CheckChannels(const tenants::RequestContext& ctx, const Question& question) const;
  // NOT_FOUND / RESOURCE_NOT_FOUND when a value of the cell is a channel, campaign or member that
  // does not exist; whether a member does is told to a caller who sees the whole tenant alone.
  absl::Status CheckCell(const tenants::RequestContext& ctx, const Question& question,
                         const std::vector<std::string>& values) const;
  absl::Status CheckNamed(const tenants::RequestContext& ctx, Dimension dimension,
                          const std::string& value) const;

  Collaborators with_;
  KnowledgeReader knowledge_;
  BookReader books_;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_QUERY_SERVICE_H_
