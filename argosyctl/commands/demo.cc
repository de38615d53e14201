#include <memory>
#include <string>

#include "argosyctl/commands/nouns.h"
#include "argosyctl/demonstration/demo_report.h"
#include "argosyctl/demonstration/demo_run.h"
#include "argosyctl/demonstration/demo_state.h"
#include "argosyctl/profile.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "demo/generator.h"

namespace argosy::ctl {
namespace {

struct DemoFlags {
  std::string state_dir;
};

constexpr demo::CompanyKind kCompanies[] = {
    demo::CompanyKind::kValidate, demo::CompanyKind::kReplicate, demo::CompanyKind::kOptimize};

absl::Status Report(Invocation& invocation, const DemoFlags& flags) {
  ASSIGN_OR_RETURN(const DemoState state, DemoState::Load(flags.state_dir));
  ASSIGN_OR_RETURN(ClientSession * session, invocation.Session());
  for (const demo::CompanyKind kind : kCompanies) {
    const std::string tenant_id = demo::ProfileOf(kind).tenant_id;
    if (state.Get(tenant_id, "evaluation").empty()) {
      return base::FieldInvalid("state-dir",
                                "no finished demo there: run 'argosyctl demo run' first");
    }
    session->SignInWith(state.Get(tenant_id, "token"));
    RETURN_IF_ERROR(DemoReport(*session, state, invocation.environment().out).Print(tenant_id));
  }
  return absl::OkStatus();
}

// A profile of each company's name, so that whoever has seen the report can ask further.
absl::Status WriteProfiles(Invocation& invocation, const DemoFlags& flags, const DemoState& state,
                           const std::string& address) {
  const ProfileStore profiles(flags.state_dir + "/argosy");
  for (const demo::CompanyKind kind : kCompanies) {
    const std::string tenant_id = demo::ProfileOf(kind).tenant_id;
    RETURN_IF_ERROR(profiles.Write(tenant_id, "address", address));
    RETURN_IF_ERROR(profiles.Write(tenant_id, "token", state.Get(tenant_id, "token")));
  }
  invocation.environment().err << "a profile of each company's name is in " << flags.state_dir
                               << "/argosy: set XDG_CONFIG_HOME=" << flags.state_dir << "\n";
  return absl::OkStatus();
}

absl::Status Run(Invocation& invocation, const DemoFlags& flags) {
  ASSIGN_OR_RETURN(DemoState state, DemoState::Load(flags.state_dir));
  ASSIGN_OR_RETURN(const auto settings, invocation.Settings());
  ASSIGN_OR_RETURN(ClientSession * session, invocation.Session());
  const auto token = settings.find("token");
  for (const demo::CompanyKind kind : kCompanies) {
    // A company that is finished is not generated again.
    if (!state.Get(demo::ProfileOf(kind).tenant_id, "evaluation").empty()) continue;
    const demo::Company company = demo::MakeCompany(kind, {});
    invocation.environment().err << company.tenant_id << ": opening\n";
    DemoRun run(*session, state, token == settings.end() ? "" : token->second.value);
    RETURN_IF_ERROR(run.Run(company));
  }
  RETURN_IF_ERROR(Report(invocation, flags));
  return WriteProfiles(invocation, flags, state, settings.at("address").value);
}

}  // namespace

void AddDemoCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line.root, "demo", "Three synthetic companies, end to end (合成演示)");
  Invocation& invocation = line.invocation;
  const auto flags = std::make_shared<DemoFlags>();
  CLI::App& run = line.table.AddBody(
      noun,
      {"run", "Opens the companies with the platform operator's token, sends their facts, reports",
       "ARGOSY_TOKEN=$OPERATOR argosyctl demo run --state-dir build/demo"},
      [&invocation, flags] { return Run(invocation, *flags); });
  run.add_option("--state-dir", flags->state_dir, "Where tokens and instants are kept")->required();
  CLI::App& report =
      line.table.AddBody(noun,
                         {"report", "Prints the report of a finished demo again",
                          "argosyctl demo report --state-dir build/demo"},
                         [&invocation, flags] { return Report(invocation, *flags); });
  report.add_option("--state-dir", flags->state_dir, "Where tokens and instants are kept")
      ->required();
}

}  // namespace argosy::ctl
