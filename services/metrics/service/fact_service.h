// Facts: taking them in and showing them.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_FACT_SERVICE_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_FACT_SERVICE_H_

#include "absl/status/statusor.h"
#include "argosy/metrics/v1/fact_service.pb.h"
#include "services/metrics/service/collaborators.h"
#include "services/metrics/service/fact_ingest.h"
#include "services/metrics/service/knowledge_reader.h"
#include "tenants/request_context.h"

namespace argosy::metrics {

// The verbs of argosy.metrics.v1.FactService, whose contract says what each refuses. Thread-safe.
class FactService {
 public:
  explicit FactService(const Collaborators& with) : with_(with), ingest_(with), knowledge_(with) {}

  absl::StatusOr<v1::BatchIngestFactsResponse> BatchIngestFacts(
      const tenants::RequestContext& ctx, const v1::BatchIngestFactsRequest& request);
  absl::StatusOr<v1::FactHistory> GetFactHistory(const tenants::RequestContext& ctx,
                                                 const v1::GetFactHistoryRequest& request);
  absl::StatusOr<v1::ListFactsResponse> ListFacts(const tenants::RequestContext& ctx,
                                                  const v1::ListFactsRequest& request);
  absl::StatusOr<v1::Watermark> GetWatermark(const tenants::RequestContext& ctx,
                                             const v1::GetWatermarkRequest& request);
  absl::StatusOr<v1::Knowledge> ResolveKnowledge(const tenants::RequestContext& ctx,
                                                 const v1::ResolveKnowledgeRequest& request);

 private:
  Collaborators with_;
  FactIngest ingest_;
  KnowledgeReader knowledge_;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_FACT_SERVICE_H_
