// Whom argosyctl talks to and as whom: flags before environment before the profile's file, and a
// profile that a flag names before the environment.
#ifndef ARGOSY_ARGOSYCTL_PROFILE_H_
#define ARGOSY_ARGOSYCTL_PROFILE_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace argosy::ctl {

using Variables = std::function<std::optional<std::string>(const std::string&)>;

// The settings a profile may hold. The token is kept apart, in a file of mode 0600.
inline constexpr const char* kSettingKeys[] = {"address", "tenant", "timeout", "tls-ca", "token"};

// $XDG_CONFIG_HOME/argosy, else $HOME/.config/argosy. FAILED_PRECONDITION when neither is set.
absl::StatusOr<std::string> ConfigDirectory(const Variables& variable);

// The files config.yaml (settings) and tokens.yaml (tokens) of one directory.
class ProfileStore {
 public:
  explicit ProfileStore(std::string directory) : directory_(std::move(directory)) {}

  // The settings of `profile`, its token included; none when there is no such profile.
  absl::StatusOr<std::map<std::string, std::string>> Read(const std::string& profile) const;
  // INVALID_ARGUMENT / FIELD_INVALID for a key that is none of kSettingKeys.
  absl::Status Write(const std::string& profile, const std::string& key,
                     const std::string& value) const;
  // The names of the profiles.
  absl::StatusOr<std::vector<std::string>> List() const;
  // NOT_FOUND, with where it looked and what profiles there are, when there is no such profile.
  absl::Status CheckExists(const std::string& profile) const;

 private:
  std::string PathOf(absl::string_view key) const;

  std::string directory_;
};

// One setting as argosyctl will use it.
struct Setting {
  std::string value;
  std::string origin;  // "flag", "environment", "file" or "default"
};

// What flags say, by key; absent keys were not given.
using FlagSettings = std::map<std::string, std::string>;

// What a profile's file holds, and whether a flag named that profile.
enum class ProfileOrigin { kFlag, kEnvironmentOrDefault };
struct ProfileSettings {
  std::map<std::string, std::string> values;
  ProfileOrigin origin = ProfileOrigin::kEnvironmentOrDefault;
};

// Every key of kSettingKeys that has a value: the flag, else ARGOSY_ADDRESS, ARGOSY_TENANT,
// ARGOSY_TIMEOUT, ARGOSY_TLS_CA or ARGOSY_TOKEN, else the file, else the default. The file of a
// profile that a flag named goes before the environment.
std::map<std::string, Setting> ResolveSettings(const FlagSettings& flags, const Variables& variable,
                                               const ProfileSettings& profile);

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_PROFILE_H_
