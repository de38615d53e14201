// The nouns of argosyctl. Each function adds one with all of its verbs.
#ifndef ARGOSY_ARGOSYCTL_COMMANDS_NOUNS_H_
#define ARGOSY_ARGOSYCTL_COMMANDS_NOUNS_H_

#include <CLI/CLI.hpp>

#include "argosyctl/invocation.h"
#include "argosyctl/verb.h"

namespace argosy::ctl {

// What a noun needs to add its verbs: where, how and for which run.
struct CommandLine {
  CLI::App& root;
  VerbTable& table;
  Invocation& invocation;
};

void AddTenantCommands(CommandLine& line);
void AddMembershipCommands(CommandLine& line);
void AddTokenCommands(CommandLine& line);
void AddMemberCommands(CommandLine& line);
void AddTeamCommands(CommandLine& line);
void AddAssignmentCommands(CommandLine& line);
void AddModelCommands(CommandLine& line);
void AddChannelCommands(CommandLine& line);
void AddCampaignCommands(CommandLine& line);
void AddFactCommands(CommandLine& line);
void AddImportCommands(CommandLine& line);
void AddMetricCommands(CommandLine& line);
void AddStageCommands(CommandLine& line);
void AddPlanCommands(CommandLine& line);
void AddRunCommands(CommandLine& line);
void AddStatementCommands(CommandLine& line);
void AddLedgerCommands(CommandLine& line);
void AddConfigCommands(CommandLine& line);
void AddVersionCommand(CommandLine& line);
void AddDemoCommands(CommandLine& line);

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_COMMANDS_NOUNS_H_
