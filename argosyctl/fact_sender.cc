#include "argosyctl/fact_sender.h"

#include <utility>

#include "base/status_macros.h"

namespace argosy::ctl {

using metrics::v1::FactVerdict;

FactSender::FactSender(ClientSession& session, std::string tenant, Mode mode, OnRefused on_refused)
    : session_(session), on_refused_(std::move(on_refused)) {
  batch_.set_parent(std::move(tenant));
  batch_.set_validate_only(mode == Mode::kValidateOnly);
}

absl::Status FactSender::Add(metrics::v1::Fact fact) {
  const size_t bytes = fact.ByteSizeLong();
  if (batch_.facts_size() == kBatchMax || batch_bytes_ + bytes > kBatchBytesMax) {
    RETURN_IF_ERROR(Send());
  }
  batch_bytes_ += bytes;
  *batch_.add_facts() = std::move(fact);
  return absl::OkStatus();
}

absl::Status FactSender::Finish(const std::vector<metrics::v1::SourceCompleteness>& completeness) {
  for (const metrics::v1::SourceCompleteness& source : completeness) {
    *batch_.add_completeness() = source;
  }
  if (batch_.facts_size() == 0) return absl::OkStatus();
  return Send();
}

absl::Status FactSender::Send() {
  if (batch_.facts_size() == 0) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto response,
                   session_.Call<metrics::v1::BatchIngestFactsResponse>(batch_));
  for (int i = 0; i < response.verdicts_size(); ++i) {
    const FactVerdict& verdict = response.verdicts(i);
    const bool refused = verdict.verdict() == metrics::v1::VERDICT_INVALID ||
                         verdict.verdict() == metrics::v1::VERDICT_CONFLICT;
    if (refused) on_refused_(counts_.sent + i, verdict);
  }
  counts_.sent += batch_.facts_size();
  counts_.accepted += response.accepted_count();
  counts_.duplicate += response.duplicate_count();
  counts_.conflict += response.conflict_count();
  counts_.invalid += response.invalid_count();
  if (response.has_recorded_at()) recorded_at_ = response.recorded_at();
  batch_.clear_facts();
  batch_bytes_ = 0;
  return absl::OkStatus();
}

}  // namespace argosy::ctl
