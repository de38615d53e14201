#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "argosyctl/commands/nouns.h"
#include "argosyctl/output/json.h"
#include "argosyctl/output/table.h"
#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::ctl {
namespace {

struct ConfigFlags {
  std::string key;
  std::string value;
};

// Never the token itself.
std::string Shown(const std::string& key, const std::string& value) {
  return key == "token" ? "set" : value;
}

absl::Status List(Invocation& invocation) {
  ASSIGN_OR_RETURN(const auto settings, invocation.Settings());
  JsonObject json;
  Table table({{.header = "SETTING"}, {.header = "VALUE"}, {.header = "ORIGIN"}});
  for (const auto& [key, setting] : settings) {
    json.Text(key, Shown(key, setting.value));
    table.Add({key, Shown(key, setting.value), setting.origin});
  }
  const bool as_json = invocation.flags().output == "json";
  invocation.environment().out << (as_json ? json.text() + "\n" : table.Render());
  return absl::OkStatus();
}

absl::Status Get(Invocation& invocation, const std::string& key) {
  ASSIGN_OR_RETURN(const auto settings, invocation.Settings());
  const auto setting = settings.find(key);
  if (setting == settings.end()) return absl::NotFoundError("no such setting, or it has no value");
  invocation.environment().out << Shown(key, setting->second.value) << "\n";
  return absl::OkStatus();
}

// A token is read from standard input: a command line is seen by everybody on the machine.
absl::Status Set(Invocation& invocation, ConfigFlags flags) {
  if (flags.key == "token") {
    if (!flags.value.empty() && flags.value != "-") {
      return base::FieldInvalid("token",
                                "is read from standard input, never from the command line");
    }
    std::getline(invocation.environment().in, flags.value);
    flags.value = std::string(absl::StripAsciiWhitespace(flags.value));
  }
  if (flags.value.empty()) return base::FieldInvalid(flags.key, "must not be empty");
  ASSIGN_OR_RETURN(const ProfileStore profiles, invocation.Profiles());
  return profiles.Write(invocation.ProfileName(), flags.key, flags.value);
}

absl::Status Profiles(Invocation& invocation) {
  ASSIGN_OR_RETURN(const ProfileStore profiles, invocation.Profiles());
  ASSIGN_OR_RETURN(const std::vector<std::string> names, profiles.List());
  for (const std::string& name : names) invocation.environment().out << name << "\n";
  return absl::OkStatus();
}

}  // namespace

void AddConfigCommands(CommandLine& line) {
  CLI::App& noun =
      AddNoun(line.root, "config",
              "Profiles: address, tenant, timeout, tls-ca, token. Flags go before the environment "
              "(ARGOSY_TOKEN), that before the profile, unless --profile names it");
  Invocation& invocation = line.invocation;
  const auto flags = std::make_shared<ConfigFlags>();
  line.table.AddBody(noun,
                     {"list", "Shows the settings in use and where each comes from",
                      "argosyctl config list --profile acme"},
                     [&invocation] { return List(invocation); });
  line.table.AddBody(noun, {"profiles", "Lists the profiles", "argosyctl config profiles"},
                     [&invocation] { return Profiles(invocation); });
  line.table
      .AddBody(noun, {"get", "Shows one setting", "argosyctl config get address"},
               [&invocation, flags] { return Get(invocation, flags->key); })
      .add_option("key", flags->key, "The setting")
      ->required();
  CLI::App& set = line.table.AddBody(
      noun,
      {"set", "Keeps a setting in the profile; a token is read from standard input",
       "argosyctl config set address 127.0.0.1:7400\n  argosyctl config set token < token.txt"},
      [&invocation, flags] { return Set(invocation, *flags); });
  set.add_option("key", flags->key, "The setting")->required();
  set.add_option("value", flags->value, "Its value");
}

}  // namespace argosy::ctl
