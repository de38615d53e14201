#include "base/status_macros.h"
#include "services/metrics/service/fact_convert.h"
#include "services/metrics/service/fact_service.h"
#include "services/metrics/service/times.h"

namespace argosy::metrics {
namespace {

v1::BatchIngestFactsResponse ToReply(const base::TenantId& tenant, const BatchOutcome& outcome) {
  v1::BatchIngestFactsResponse reply;
  for (const FactVerdict& verdict : outcome.verdicts) {
    *reply.add_verdicts() = ToProto(tenant, verdict);
    switch (verdict.verdict) {
      case Verdict::kAccepted:
        reply.set_accepted_count(reply.accepted_count() + 1);
        break;
      case Verdict::kDuplicate:
        reply.set_duplicate_count(reply.duplicate_count() + 1);
        break;
      case Verdict::kConflict:
        reply.set_conflict_count(reply.conflict_count() + 1);
        break;
      case Verdict::kInvalid:
        reply.set_invalid_count(reply.invalid_count() + 1);
        break;
    }
  }
  reply.set_knowledge_seq(outcome.head.sequence);
  if (outcome.head.sequence > 0) {
    *reply.mutable_recorded_at() = ToProto(outcome.head.recorded_at);
  }
  return reply;
}

}  // namespace

absl::StatusOr<v1::BatchIngestFactsResponse> FactService::BatchIngestFacts(
    const tenants::RequestContext& ctx, const v1::BatchIngestFactsRequest& request) {
  RETURN_IF_ERROR(CheckBatchSize(static_cast<size_t>(request.facts_size())));
  FactBatch batch;
  ASSIGN_OR_RETURN(batch.completeness, ParseCompleteness(request, ctx.now()));
  batch.facts.reserve(static_cast<size_t>(request.facts_size()));
  for (const v1::Fact& fact : request.facts()) batch.facts.push_back(ParseFact(fact));
  return ingest_.RunStep<v1::BatchIngestFactsResponse>(
      ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::BatchIngestFactsResponse> {
        ASSIGN_OR_RETURN(const BatchOutcome outcome, ingest_.Run(ctx, txn, batch));
        return ToReply(ctx.tenant().tenant_id(), outcome);
      });
}

}  // namespace argosy::metrics
