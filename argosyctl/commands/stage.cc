#include <string>
#include <vector>

#include "argosy/teams/v1/stage_service.pb.h"
#include "argosyctl/commands/nouns.h"
#include "argosyctl/output/stage_view.h"

namespace argosy::ctl {

namespace {

std::string View(const std::vector<const google::protobuf::Message*>& replies,
                 const absl::TimeZone& /*zone*/) {
  return StageText(static_cast<const teams::v1::StageEvaluation&>(*replies.front()));
}

}  // namespace

void AddStageCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line.root, "stage", "Stage gates: may the company expand? (阶段关口)");
  line.table.Add(
      noun,
      {.verb = "evaluate",
       .about = "Judges the gate at a cut and keeps the evidence",
       .example = "argosyctl stage evaluate --cut 2026-04-05",
       .request = &teams::v1::EvaluateStageRequest::default_instance(),
       .flags = {{"--cut", "cut_date", "The close to count back from (default the latest day 5)"},
                 {"--as-of", "as_of", "As known at this instant; for history imported later"},
                 {"--bounds", "profile", "standard or micro"}},
       .view = View});
  line.table.Add(noun, {.verb = "get",
                        .about = "Shows one evaluation with every criterion's reason",
                        .example = "argosyctl stage get 018f3a2e-0000-7000-8000-000000000005",
                        .request = &teams::v1::GetStageEvaluationRequest::default_instance(),
                        .positional = "name",
                        .view = View});
  line.table.Add(noun, {.verb = "list",
                        .about = "Lists evaluations, newest first",
                        .example = "argosyctl stage list",
                        .request = &teams::v1::ListStageEvaluationsRequest::default_instance(),
                        .columns = {"name", "gate", "verdict", "cut_date", "as_of", "backfilled"}});
  line.table.Add(noun, {.verb = "replay",
                        .about = "Computes an evaluation again and compares the bytes",
                        .example = "argosyctl stage replay 018f3a2e-0000-7000-8000-000000000005",
                        .request = &teams::v1::ReplayStageEvaluationRequest::default_instance(),
                        .positional = "name"});
}

}  // namespace argosy::ctl
