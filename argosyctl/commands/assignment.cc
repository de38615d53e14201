#include "argosy/teams/v1/people_service.pb.h"
#include "argosyctl/commands/nouns.h"

namespace argosy::ctl {

void AddAssignmentCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line.root, "assignment", "Who holds which role when (角色分工)");
  line.table.Add(
      noun,
      {.verb = "create",
       .about = "Gives a person a role",
       .example = "argosyctl assignment create --member li-wei --role sales --team east --start "
                  "2026-01-01 --effort-ppm 800000",
       .request = &teams::v1::CreateRoleAssignmentRequest::default_instance(),
       .flags = {{"--member", "role_assignment.member", "Who", Need::kRequired},
                 {"--role", "role_assignment.role", "What the person does", Need::kRequired},
                 {"--team", "role_assignment.team", "For which team"},
                 {"--start", "role_assignment.effective_start_date", "First day", Need::kRequired},
                 {"--end", "role_assignment.effective_end_date", "First day no longer"},
                 {"--effort-ppm", "role_assignment.effort_share_ppm",
                  "Share of the working time, 1000000 is all", Need::kRequired}}});
  line.table.Add(noun, {.verb = "list",
                        .about = "Lists role assignments",
                        .example = "argosyctl assignment list --role sales --period 2026-03",
                        .request = &teams::v1::ListRoleAssignmentsRequest::default_instance(),
                        .flags = {{"--member", "member", "Only of this member"},
                                  {"--team", "team", "Only of this team"},
                                  {"--role", "role", "Only this role"},
                                  {"--period", "period", "Only those that hold on a day of it"}},
                        .columns = {"name", "member", "role", "team", "effective_start_date",
                                    "effective_end_date", "effort_share_ppm"}});
  line.table.Add(noun,
                 {.verb = "end",
                  .about = "Ends a role",
                  .example = "argosyctl assignment end 018f3a2e-0000-7000-8000-000000000003 --end "
                             "2026-04-01 --etag '\"1\"'",
                  .request = &teams::v1::EndRoleAssignmentRequest::default_instance(),
                  .positional = "name",
                  .flags = {{"--end", "effective_end_date", "First day no longer", Need::kRequired},
                            {"--etag", "etag", "Its etag as listed", Need::kRequired}}});
}

}  // namespace argosy::ctl
