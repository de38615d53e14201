#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "argosy/tenancy/v1/tenant.pb.h"
#include "argosyctl/commands/nouns.h"
#include "argosyctl/onboarding.h"
#include "argosyctl/text_file.h"
#include "base/crypto.h"
#include "base/status_macros.h"

namespace argosy::ctl {
namespace {

using tenancy::v1::Tenant;

struct CreateFlags {
  std::string tenant_id;
  std::string display_name;
  std::string time_zone = "Asia/Shanghai";
  std::string currency = "USD";
  std::string blueprint;
  std::string owner;
  std::string save_profile;
};

absl::StatusOr<OnboardingPlan> PlanOf(const CreateFlags& flags) {
  OnboardingPlan plan{.tenant_id = flags.tenant_id, .owner = flags.owner};
  if (plan.owner.empty()) plan.owner = absl::StrCat("owner@", flags.tenant_id);
  ASSIGN_OR_RETURN(const std::string text, ReadFile(flags.blueprint));
  ASSIGN_OR_RETURN(plan.items, ReadBlueprint({flags.blueprint, text}));
  plan.tenant.set_display_name(flags.display_name);
  plan.tenant.set_reporting_time_zone(flags.time_zone);
  plan.tenant.set_reporting_currency_code(flags.currency);
  plan.tenant.mutable_blueprint()->set_name(std::filesystem::path(flags.blueprint).stem().string());
  plan.tenant.mutable_blueprint()->set_sha256(absl::BytesToHexString(base::Sha256(text)));
  return plan;
}

// The owner's token is kept in a profile of the tenant's name before anything else is done, so that
// it survives whatever stops the work.
absl::Status Create(Invocation& invocation, const CreateFlags& flags) {
  ASSIGN_OR_RETURN(const OnboardingPlan plan, PlanOf(flags));
  const std::string profile = flags.save_profile.empty() ? flags.tenant_id : flags.save_profile;
  invocation.set_profile_made(profile);
  ASSIGN_OR_RETURN(ClientSession * session, invocation.Session());
  ASSIGN_OR_RETURN(const ProfileStore profiles, invocation.Profiles());
  ASSIGN_OR_RETURN(const auto settings, invocation.Settings());
  ASSIGN_OR_RETURN(auto kept, profiles.Read(profile));
  std::string token = kept["token"];
  ASSIGN_OR_RETURN(
      const Tenant tenant,
      Onboarding(*session).Run(plan, token, [&](const std::string& made) -> absl::Status {
        RETURN_IF_ERROR(profiles.Write(profile, "address", settings.at("address").value));
        return profiles.Write(profile, "token", made);
      }));
  std::ostream& err = invocation.environment().err;
  if (token.empty()) {
    err << tenant.name() << " is there already; whoever opened it has its owner's token\n";
  } else {
    err << "the owner's token is in profile '" << profile << "'\n";
  }
  invocation.printer().Show(tenant);
  return absl::OkStatus();
}

void AddCreate(CommandLine& line, CLI::App& noun) {
  Invocation& invocation = line.invocation;
  const auto flags = std::make_shared<CreateFlags>();
  CLI::App& verb = line.table.AddBody(
      noun,
      {"create",
       "Opens a tenant, fills it from a blueprint and activates it; may be repeated",
       "argosyctl tenant create acme --display-name 启航外贸 --blueprint "
       "tenants/blueprints/trading-startup.yaml "
       "--owner boss@acme.cn",
       {Offer::kNames}},
      [&invocation, flags] { return Create(invocation, *flags); });
  verb.add_option("tenant_id", flags->tenant_id, "The id in its name for ever")->required();
  verb.add_option("--display-name", flags->display_name, "For people")->required();
  verb.add_option("--blueprint", flags->blueprint, "What it starts as, a YAML file")->required();
  verb.add_option("--zone", flags->time_zone, "IANA zone of its reports")->capture_default_str();
  verb.add_option("--currency", flags->currency, "Of its reports")->capture_default_str();
  verb.add_option("--owner", flags->owner, "The first owner's account (owner@ID)");
  verb.add_option("--save-profile", flags->save_profile, "Where the owner's token is kept (ID)");
}

}  // namespace

void AddTenantCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line.root, "tenant", "Companies (租户)");
  AddCreate(line, noun);
  line.table.Add(noun, {.verb = "get",
                        .about = "Shows one's own tenant",
                        .example = "argosyctl tenant get acme",
                        .request = &tenancy::v1::GetTenantRequest::default_instance(),
                        .positional = "name"});
  line.table.Add(noun, {.verb = "lookup",
                        .about = "Shows any tenant, for the platform operator",
                        .example = "argosyctl tenant lookup acme",
                        .request = &tenancy::v1::LookupTenantRequest::default_instance(),
                        .positional = "name"});
  line.table.Add(noun, {.verb = "list",
                        .about = "Lists all companies, for the platform operator",
                        .example = "argosyctl tenant list -o json",
                        .request = &tenancy::v1::ListTenantsRequest::default_instance(),
                        .columns = {"name", "display_name", "state", "reporting_time_zone",
                                    "reporting_currency_code", "create_time"}});
  line.table.Add(
      noun, {.verb = "update",
             .about = "Changes settings",
             .example = "argosyctl tenant update acme --display-name 启航国际",
             .request = &tenancy::v1::UpdateTenantRequest::default_instance(),
             .positional = "tenant.name",
             .flags = {{"--display-name", "tenant.display_name", "For people"},
                       {"--zone", "tenant.reporting_time_zone", "Only while onboarding"},
                       {"--currency", "tenant.reporting_currency_code", "Only while onboarding"},
                       {"--etag", "tenant.etag", "Only if it is still in this state"}},
             .mask_prefix = "tenant."});
  line.table.Add(noun, {.verb = "suspend",
                        .about = "Stops a tenant",
                        .example = "argosyctl tenant suspend acme",
                        .request = &tenancy::v1::SuspendTenantRequest::default_instance(),
                        .positional = "name"});
  line.table.Add(noun, {.verb = "resume",
                        .about = "Sets a suspended tenant to work again",
                        .example = "argosyctl tenant resume acme",
                        .request = &tenancy::v1::ResumeTenantRequest::default_instance(),
                        .positional = "name"});
}

}  // namespace argosy::ctl
