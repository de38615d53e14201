#include "argosyctl/profile.h"

#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "argosyctl/text_file.h"
#include "argosyctl/yaml_reader.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::ctl {
namespace {

using ::argosy::testing::HasReason;
using ::testing::ElementsAre;

std::string NewDirectory() {
  std::string path = (std::filesystem::temp_directory_path() / "argosyctl-XXXXXX").string();
  return ::mkdtemp(path.data()) == nullptr ? "" : path;
}

Variables Of(std::map<std::string, std::string> values) {
  return [values](const std::string& name) -> std::optional<std::string> {
    const auto value = values.find(name);
    if (value == values.end()) return std::nullopt;
    return value->second;
  };
}

unsigned ModeOf(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0U;
}

TEST(ResolveSettings, TakesFlagBeforeEnvironmentBeforeFileBeforeDefault) {
  const std::map<std::string, std::string> file = {
      {"address", "file:1"}, {"tenant", "file"}, {"timeout", "1s"}};
  const auto settings = ResolveSettings({{"address", "flag:1"}},
                                        Of({{"ARGOSY_ADDRESS", "env:1"}, {"ARGOSY_TENANT", "env"}}),
                                        {.values = file});
  EXPECT_EQ(settings.at("address").value, "flag:1");
  EXPECT_EQ(settings.at("address").origin, "flag");
  EXPECT_EQ(settings.at("tenant").value, "env");
  EXPECT_EQ(settings.at("tenant").origin, "environment");
  EXPECT_EQ(settings.at("timeout").value, "1s");
  EXPECT_EQ(settings.at("timeout").origin, "file");
  EXPECT_FALSE(settings.contains("tls-ca"));
  EXPECT_EQ(ResolveSettings({}, Of({}), {}).at("address").origin, "default");
  EXPECT_EQ(ResolveSettings({}, Of({{"ARGOSY_TLS_CA", "ca.pem"}}), {}).at("tls-ca").value,
            "ca.pem");
}

TEST(ResolveSettings, TakesAProfileThatAFlagNamesBeforeTheEnvironment) {
  const auto settings = ResolveSettings(
      {{"address", "flag:1"}},
      Of({{"ARGOSY_ADDRESS", "env:1"}, {"ARGOSY_TOKEN", "env"}, {"ARGOSY_TENANT", "env"}}),
      {.values = {{"address", "file:1"}, {"token", "file"}}, .origin = ProfileOrigin::kFlag});
  EXPECT_EQ(settings.at("address").origin, "flag");
  EXPECT_EQ(settings.at("token").value, "file");
  EXPECT_EQ(settings.at("token").origin, "file");
  EXPECT_EQ(settings.at("tenant").origin, "environment");
}

TEST(ProfileStore, KeepsTheTokenApartAndForItsOwnerAlone) {
  const std::string directory = NewDirectory();
  const ProfileStore store(directory + "/argosy");
  ASSERT_OK(store.Write("acme", "address", "localhost:1"));
  ASSERT_OK(store.Write("acme", "token", "argosy_secret"));
  EXPECT_EQ(ModeOf(directory + "/argosy/tokens.yaml"), 0600U);
  ASSERT_OK_AND_ASSIGN(const std::string config, ReadFile(directory + "/argosy/config.yaml"));
  EXPECT_THAT(config, ::testing::Not(::testing::HasSubstr("argosy_secret")));
  ASSERT_OK_AND_ASSIGN(auto settings, store.Read("acme"));
  EXPECT_EQ(settings["token"], "argosy_secret");
  EXPECT_EQ(settings["address"], "localhost:1");
  EXPECT_THAT(*store.List(), ElementsAre("acme"));
  std::filesystem::remove_all(directory);
}

TEST(ProfileStore, TightensATokenFileThatOthersCouldRead) {
  const std::string directory = NewDirectory();
  ASSERT_OK(
      WriteFile(directory + "/tokens.yaml", "acme: {token: old}\n", FileAccess::kEverybodyReads));
  ASSERT_OK(ProfileStore(directory).Write("acme", "token", "new"));
  EXPECT_EQ(ModeOf(directory + "/tokens.yaml"), 0600U);
  std::filesystem::remove_all(directory);
}

TEST(ProfileStore, RefusesAnUnknownSettingAndMalformedYaml) {
  const std::string directory = NewDirectory();
  EXPECT_THAT(ProfileStore(directory).Write("acme", "colour", "red"), HasReason("FIELD_INVALID"));
  ASSERT_OK(WriteFile(directory + "/config.yaml", "a: [1", FileAccess::kEverybodyReads));
  EXPECT_THAT(ProfileStore(directory).Read("acme").status(), HasReason("FIELD_INVALID"));
  std::filesystem::remove_all(directory);
}

TEST(ConfigDirectory, PrefersXdg) {
  EXPECT_EQ(ConfigDirectory(Of({{"XDG_CONFIG_HOME", "/x"}, {"HOME", "/h"}})).value(), "/x/argosy");
  EXPECT_EQ(ConfigDirectory(Of({{"HOME", "/h"}})).value(), "/h/.config/argosy");
  EXPECT_FALSE(ConfigDirectory(Of({})).ok());
}

TEST(WriteSections, ReadsBackWhateverTheValueIs) {
  const YamlSections sections = {{"a", {{"k", "x: \"y\"\n#"}, {"n", "true"}}}};
  EXPECT_EQ(ReadSections({"a.yaml", WriteSections(sections)}).value(), sections);
}

}  // namespace
}  // namespace argosy::ctl
