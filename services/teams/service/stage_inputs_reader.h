// Gathers from the metrics service what an evaluation judges.
#ifndef ARGOSY_SERVICES_TEAMS_SERVICE_STAGE_INPUTS_READER_H_
#define ARGOSY_SERVICES_TEAMS_SERVICE_STAGE_INPUTS_READER_H_

#include "absl/status/statusor.h"
#include "services/teams/domain/stage_inputs.h"
#include "services/teams/service/metric_source.h"
#include "tenants/request_context.h"

namespace argosy::teams {

// The inputs of `moment`: its cut, its as_of and its time zone are given. A knowledge_seq above 0
// is asked for instead of as_of, so that an evaluation is repeated on the same knowledge; otherwise
// the one that the metrics service names is filled in, and so is the currency.
// The refusals of MetricSource; FAILED_PRECONDITION / EVIDENCE_TOO_LARGE; INTERNAL when an answer
// makes no sense.
absl::StatusOr<StageInputs> ReadStageInputs(const tenants::RequestContext& ctx,
                                            MetricSource& source, const StageMoment& moment);

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_SERVICE_STAGE_INPUTS_READER_H_
