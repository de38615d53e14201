#include "argosyctl/application.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "argosyctl/call_status.h"
#include "argosyctl/commands/nouns.h"
#include "argosyctl/unknown_word.h"

namespace argosy::ctl {

Application::Application(const Environment& environment)
    : environment_(environment),
      invocation_(environment),
      root_("Administers Argosy over its public API.", "argosyctl"),
      table_(invocation_, result_) {
  root_.require_subcommand(1);
  root_.fallthrough();
  root_.footer(ExitCodeHelp() + "\nExample:\n  argosyctl tenant list -o json\n");
  AddGlobalFlags();
  CommandLine line{root_, table_, invocation_};
  AddTenantCommands(line);
  AddMembershipCommands(line);
  AddTokenCommands(line);
  AddMemberCommands(line);
  AddTeamCommands(line);
  AddAssignmentCommands(line);
  AddModelCommands(line);
  AddChannelCommands(line);
  AddCampaignCommands(line);
  AddFactCommands(line);
  AddImportCommands(line);
  AddMetricCommands(line);
  AddStageCommands(line);
  AddPlanCommands(line);
  AddRunCommands(line);
  AddStatementCommands(line);
  AddLedgerCommands(line);
  AddConfigCommands(line);
  AddVersionCommand(line);
  AddDemoCommands(line);
}

void Application::AddGlobalFlags() {
  GlobalFlags& flags = invocation_.flags();
  root_.add_option("-o,--output", flags.output, "table, json or name")
      ->check(CLI::IsMember({"table", "json", "name"}))
      ->capture_default_str();
  root_.add_option("--profile", flags.profile,
                   "The profile to use (ARGOSY_PROFILE, else default); named here, what it holds "
                   "goes before the environment");
  root_.add_option("--address", flags.address, "argosyd's address (ARGOSY_ADDRESS)");
  root_.add_option("--tenant", flags.tenant, "The tenant (ARGOSY_TENANT, else the token's own)");
  root_.add_option("--timeout", flags.timeout, "For each call, like 30s (ARGOSY_TIMEOUT)");
  root_.add_option("--tls-ca", flags.tls_ca, "A PEM file of accepted authorities (ARGOSY_TLS_CA)");
  root_.add_option("--request-id", flags.request_id, "The idempotency key of a write, a UUID");
  root_.add_flag("--dry-run", flags.dry_run,
                 "Check, and record nothing, where the verb's help offers it");
  root_.add_flag("-v,--verbose", flags.verbose, "Show every call on standard error");
}

ExitCode Application::Run(std::vector<std::string> arguments) {
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
  root_.parse(std::move(arguments));
  if (result_.ok()) return invocation_.exit_code();
  const bool as_json = invocation_.flags().output == "json";
  environment_.err << (as_json ? RenderErrorJson(result_) : RenderErrorText(result_));
  return ExitCodeOf(result_);
}

ExitCode Application::ReportParse(const CLI::ParseError& error) {
  // CLI11 asks for what is missing before it looks at what it does not know.
  const bool answered = error.get_exit_code() == 0;
  if (const std::string text = UnknownWordText(root_); !answered && !text.empty()) {
    environment_.err << text;
    return ExitCode::kUsage;
  }
  std::ostringstream out;
  std::ostringstream err;
  const int code = root_.exit(error, out, err);
  environment_.out << out.str();
  environment_.err << err.str();
  return code == 0 ? ExitCode::kOk : ExitCode::kUsage;
}

}  // namespace argosy::ctl
