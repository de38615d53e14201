#include "argosy/teams/v1/people_service.pb.h"
#include "argosyctl/commands/nouns.h"

namespace argosy::ctl {

void AddModelCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line.root, "model", "The team model the company is in (团队模型)");
  line.table.Add(noun, {.verb = "show",
                        .about = "Shows the model of one day with every condition looked at",
                        .example = "argosyctl model show --date 2026-03-31",
                        .request = &teams::v1::GetCurrentModelRequest::default_instance(),
                        .flags = {{"--date", "date", "The day", Need::kRequired}}});
}

}  // namespace argosy::ctl
