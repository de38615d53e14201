// A stage verdict as people read it.
#ifndef ARGOSY_ARGOSYCTL_OUTPUT_STAGE_VIEW_H_
#define ARGOSY_ARGOSYCTL_OUTPUT_STAGE_VIEW_H_

#include <string>

#include "argosy/teams/v1/stage_service.pb.h"

namespace argosy::ctl {

// The gate's verdict, then one line a criterion: kind, verdict, reason, what was measured against
// what, and what is still missing.
std::string StageText(const teams::v1::StageEvaluation& evaluation);

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_OUTPUT_STAGE_VIEW_H_
