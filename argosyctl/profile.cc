#include "argosyctl/profile.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "argosyctl/text_file.h"
#include "argosyctl/yaml_reader.h"
#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::ctl {
namespace {

constexpr char kTokenKey[] = "token";
constexpr char kDefaultAddress[] = "127.0.0.1:7400";
constexpr char kDefaultTimeout[] = "30s";

absl::StatusOr<YamlSections> ReadSectionsOrNone(const std::string& path) {
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (absl::IsNotFound(text.status())) return YamlSections{};
  RETURN_IF_ERROR(text.status());
  return ReadSections({path, *text});
}

bool IsSettingKey(const std::string& key) {
  return std::find(std::begin(kSettingKeys), std::end(kSettingKeys), key) != std::end(kSettingKeys);
}

}  // namespace

absl::StatusOr<std::string> ConfigDirectory(const Variables& variable) {
  if (const auto home = variable("XDG_CONFIG_HOME")) return absl::StrCat(*home, "/argosy");
  if (const auto home = variable("HOME")) return absl::StrCat(*home, "/.config/argosy");
  return absl::FailedPreconditionError("neither XDG_CONFIG_HOME nor HOME is set");
}

std::string ProfileStore::PathOf(absl::string_view key) const {
  return absl::StrCat(directory_, key == kTokenKey ? "/tokens.yaml" : "/config.yaml");
}

absl::StatusOr<std::map<std::string, std::string>> ProfileStore::Read(
    const std::string& profile) const {
  ASSIGN_OR_RETURN(YamlSections settings, ReadSectionsOrNone(PathOf("address")));
  ASSIGN_OR_RETURN(YamlSections tokens, ReadSectionsOrNone(PathOf(kTokenKey)));
  std::map<std::string, std::string> merged = settings[profile];
  for (const auto& [key, value] : tokens[profile]) merged[key] = value;
  return merged;
}

absl::Status ProfileStore::Write(const std::string& profile, const std::string& key,
                                 const std::string& value) const {
  if (!IsSettingKey(key)) {
    return base::FieldInvalid(key, "no such setting: address, tenant, timeout, tls-ca or token");
  }
  ASSIGN_OR_RETURN(YamlSections sections, ReadSectionsOrNone(PathOf(key)));
  sections[profile][key] = value;
  return WriteFile(PathOf(key), WriteSections(sections),
                   key == kTokenKey ? FileAccess::kOwnerOnly : FileAccess::kEverybodyReads);
}

absl::StatusOr<std::vector<std::string>> ProfileStore::List() const {
  ASSIGN_OR_RETURN(YamlSections all, ReadSectionsOrNone(PathOf("address")));
  ASSIGN_OR_RETURN(const YamlSections tokens, ReadSectionsOrNone(PathOf(kTokenKey)));
  for (const auto& [profile, keys] : tokens) all.try_emplace(profile);
  std::vector<std::string> names;
  for (const auto& [profile, keys] : all) names.push_back(profile);
  return names;
}

absl::Status ProfileStore::CheckExists(const std::string& profile) const {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, List());
  if (std::find(names.begin(), names.end(), profile) != names.end()) return absl::OkStatus();
  return absl::NotFoundError(
      absl::StrCat("there is no profile '", profile, "' in ", directory_, "; ",
                   names.empty() ? "there are none yet"
                                 : absl::StrCat("there are: ", absl::StrJoin(names, ", "))));
}

std::map<std::string, Setting> ResolveSettings(const FlagSettings& flags, const Variables& variable,
                                               const ProfileSettings& profile) {
  std::map<std::string, Setting> settings = {{"address", {kDefaultAddress, "default"}},
                                             {"timeout", {kDefaultTimeout, "default"}}};
  for (const std::string key : kSettingKeys) {
    const std::string name =
        absl::StrCat("ARGOSY_", absl::AsciiStrToUpper(absl::StrReplaceAll(key, {{"-", "_"}})));
    const auto flag = flags.find(key);
    const auto from_environment = variable(name);
    const auto entry = profile.values.find(key);
    const bool in_file = entry != profile.values.end();
    if (flag != flags.end()) {
      settings[key] = {flag->second, "flag"};
    } else if (in_file && (profile.origin == ProfileOrigin::kFlag || !from_environment)) {
      settings[key] = {entry->second, "file"};
    } else if (from_environment) {
      settings[key] = {*from_environment, "environment"};
    }
  }
  return settings;
}

}  // namespace argosy::ctl
