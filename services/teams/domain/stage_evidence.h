// Evidence as canonical bytes: what is stored, hashed and compared on replay.
#ifndef ARGOSY_SERVICES_TEAMS_DOMAIN_STAGE_EVIDENCE_H_
#define ARGOSY_SERVICES_TEAMS_DOMAIN_STAGE_EVIDENCE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/teams/domain/criterion.h"
#include "services/teams/domain/stage_inputs.h"
#include "services/teams/domain/stage_policy.h"

namespace argosy::teams {

std::string EncodeInputs(const StageInputs& inputs);
// INTERNAL when `bytes` is not what EncodeInputs made.
absl::StatusOr<StageInputs> DecodeInputs(absl::string_view bytes);

// What was judged, by which bounds, with which result.
struct StageEvidence {
  StageMoment moment;
  std::string inputs_digest;  // SHA-256 of the inputs' bytes
  StagePolicy policy;
  Verdict verdict = Verdict::kInsufficient;
  std::vector<CriterionResult> criteria;

  friend bool operator==(const StageEvidence&, const StageEvidence&) = default;
};

// Judges `inputs` by `policy`.
StageEvidence Evaluate(const StageInputs& inputs, const StagePolicy& policy);

std::string EncodeEvidence(const StageEvidence& evidence);
// INTERNAL when `bytes` is not what EncodeEvidence made.
absl::StatusOr<StageEvidence> DecodeEvidence(absl::string_view bytes);

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_DOMAIN_STAGE_EVIDENCE_H_
