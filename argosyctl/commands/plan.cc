#include <memory>
#include <string>

#include "argosy/incentives/v1/plan.pb.h"
#include "argosyctl/commands/nouns.h"
#include "argosyctl/resource_name.h"
#include "argosyctl/text_file.h"
#include "argosyctl/yaml_reader.h"
#include "base/status_macros.h"

namespace argosy::ctl {
namespace {

using incentives::v1::AssignPlanRequest;
using incentives::v1::CreatePlanVersionRequest;
using incentives::v1::PlanVersion;

struct VersionFlags {
  std::string plan;
  std::string file;
};

absl::Status CreateVersion(Invocation& invocation, const VersionFlags& flags) {
  ASSIGN_OR_RETURN(const std::string tenant, invocation.Tenant());
  ASSIGN_OR_RETURN(const std::string text, ReadFile(flags.file));
  CreatePlanVersionRequest request;
  ASSIGN_OR_RETURN(*request.mutable_parent(), ExpandName("argosy.dev/Plan", flags.plan, tenant));
  RETURN_IF_ERROR(ReadYamlMessage({flags.file, text}, *request.mutable_spec()));
  RETURN_IF_ERROR(invocation.Complete(request));
  ASSIGN_OR_RETURN(ClientSession * session, invocation.Session());
  ASSIGN_OR_RETURN(const auto version, session->Call<PlanVersion>(request));
  invocation.printer().Show(version);
  return absl::OkStatus();
}

void AddWrites(CommandLine& line, CLI::App& noun) {
  line.table.Add(
      noun,
      {.verb = "create",
       .about = "Creates a plan without a version",
       .example = "argosyctl plan create sales-2026 --display-name 销售提成 --currency USD",
       .request = &incentives::v1::CreatePlanRequest::default_instance(),
       .positional = "plan_id",
       .flags = {{"--display-name", "plan.display_name", "What people call it", Need::kRequired},
                 {"--currency", "plan.currency_code", "Of everything it pays", Need::kRequired}}});
  line.table.Add(noun,
                 {.verb = "publish",
                  .about = "Fixes a draft and the months it is in force",
                  .example = "argosyctl plan publish "
                             "sales-2026/018f3a2e-0000-7000-8000-000000000007 --start 2026-01-01",
                  .request = &incentives::v1::PublishPlanVersionRequest::default_instance(),
                  .positional = "name",
                  .flags = {{"--start", "effective_start_date", "First day, the first of a month",
                             Need::kRequired},
                            {"--end", "effective_end_date", "First day no longer in force"},
                            {"--etag", "etag", "Only if it is still in this state"}},
                  .etag_source = &incentives::v1::GetPlanVersionRequest::default_instance()});
  line.table.Add(
      noun,
      {.verb = "assign",
       .about = "Assigns a plan to everybody who holds a role",
       .example = "argosyctl plan assign sales-2026 --role sales --start 2026-01-01",
       .request = &AssignPlanRequest::default_instance(),
       .positional = "parent",
       .flags = {{"--role", "plan_assignment.business_role", "Who is paid by it", Need::kRequired},
                 {"--start", "plan_assignment.start_date", "First day", Need::kRequired},
                 {"--end", "plan_assignment.end_date", "First day no longer"}}});
}

void AddReads(CommandLine& line, CLI::App& noun) {
  line.table.Add(noun, {.verb = "get",
                        .about = "Shows one plan",
                        .example = "argosyctl plan get sales-2026",
                        .request = &incentives::v1::GetPlanRequest::default_instance(),
                        .positional = "name"});
  line.table.Add(noun, {.verb = "list",
                        .about = "Lists plans",
                        .example = "argosyctl plan list",
                        .request = &incentives::v1::ListPlansRequest::default_instance(),
                        .columns = {"name", "display_name", "currency_code", "create_time"}});
  line.table.Add(noun, {.verb = "versions",
                        .about = "Lists the versions of a plan",
                        .example = "argosyctl plan versions sales-2026",
                        .request = &incentives::v1::ListPlanVersionsRequest::default_instance(),
                        .positional = "parent",
                        .columns = {"name", "ordinal", "state", "effective_start_date",
                                    "effective_end_date", "content_hash"}});
  line.table.Add(noun, {.verb = "assignments",
                        .about = "Lists who is paid by a plan; - is every plan",
                        .example = "argosyctl plan assignments -- -",
                        .request = &incentives::v1::ListPlanAssignmentsRequest::default_instance(),
                        .positional = "parent",
                        .columns = {"name", "business_role", "start_date", "end_date"}});
}

}  // namespace

void AddPlanCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line.root, "plan", "Incentive plans (激励方案)");
  Invocation& invocation = line.invocation;
  AddWrites(line, noun);
  AddReads(line, noun);
  const auto flags = std::make_shared<VersionFlags>();
  CLI::App& version =
      line.table.AddBody(noun,
                         {"version",
                          "Creates a draft from a YAML file; with --dry-run the linter",
                          "argosyctl plan version sales-2026 --file plan.yaml --dry-run",
                          {Offer::kDryRun, Offer::kNames}},
                         [&invocation, flags] { return CreateVersion(invocation, *flags); });
  version.add_option("plan", flags->plan, "The plan")->required();
  version.add_option("--file", flags->file, "Components as in the contract's PlanSpec")->required();
}

}  // namespace argosy::ctl
