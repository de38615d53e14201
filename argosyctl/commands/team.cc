#include "argosy/teams/v1/people_service.pb.h"
#include "argosyctl/commands/nouns.h"

namespace argosy::ctl {

void AddTeamCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line.root, "team", "Teams (团队)");
  line.table.Add(
      noun,
      {.verb = "create",
       .about = "Adds a team",
       .example = "argosyctl team create east --display-name 华东业务部 --kind sales --lead li-wei",
       .request = &teams::v1::CreateTeamRequest::default_instance(),
       .positional = "team_id",
       .flags = {
           {"--display-name", "team.display_name", "As the company calls it", Need::kRequired},
           {"--kind", "team.kind", "sales, customer_service, marketing, operations or mixed",
            Need::kRequired},
           {"--lead", "team.lead_member", "The member who leads it"},
           {"--monthly-budget", "team.monthly_budget", "What it may spend, like \"5000 USD\""}}});
  line.table.Add(noun, {.verb = "get",
                        .about = "Shows one team",
                        .example = "argosyctl team get east",
                        .request = &teams::v1::GetTeamRequest::default_instance(),
                        .positional = "name"});
  line.table.Add(noun,
                 {.verb = "list",
                  .about = "Lists teams",
                  .example = "argosyctl team list",
                  .request = &teams::v1::ListTeamsRequest::default_instance(),
                  .columns = {"name", "display_name", "kind", "lead_member", "monthly_budget"}});
}

}  // namespace argosy::ctl
