#include "base/config.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::base {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;

constexpr char kFile[] =
    "port: 8443\n"
    "database:\n"
    "  host: db.internal\n"
    "  password: hunter2\n"
    "services: [teams, metrics]\n"
    "tls: true\n";

TEST(Config, ReadsEachKeyByItsType) {
  ConfigReader reader = *ConfigReader::Parse(kFile, "a.yaml");
  EXPECT_EQ(reader.root().Int("port", 1, {0, 65535}), 8443);
  ConfigSection database = reader.root().Section("database");
  EXPECT_EQ(database.Required("host"), "db.internal");
  EXPECT_EQ(database.Secret("password"), "hunter2");
  EXPECT_EQ(database.Text("user", "argosy"), "argosy");
  EXPECT_THAT(reader.root().Texts("services"), ElementsAre("teams", "metrics"));
  EXPECT_TRUE(reader.root().Flag("tls", false));
  EXPECT_EQ(reader.root().Section("absent").Int("size", 5, {0, 9}), 5);
  EXPECT_THAT(reader.Finish(), IsOk());
  EXPECT_EQ(reader.Describe(),
            "port: 8443\ndatabase.host: db.internal\ndatabase.password: set\n"
            "services: teams, metrics\ntls: true\n");
}

TEST(Config, NamesTheLineAndKeyOfEveryMistake) {
  ConfigReader reader = *ConfigReader::Parse(
      "port: 70000\ndatabase:\n  prot: 1\ntls: maybe\ndatabase2: x\n", "a.yaml");
  EXPECT_EQ(reader.root().Int("port", 1, {0, 65535}), 1);
  EXPECT_EQ(reader.root().Section("database").Required("host"), "");
  EXPECT_FALSE(reader.root().Flag("tls", false));
  EXPECT_EQ(reader.root().Section("database2").Text("y", "z"), "z");
  EXPECT_EQ(reader.Finish().message(),
            "a.yaml:1: port: must be a whole number from 0 to 65535\n"
            "a.yaml:2: database.host: is required\n"
            "a.yaml:4: tls: must be true or false\n"
            "a.yaml:5: database2: must be a section with keys of its own\n"
            "a.yaml:3: database.prot: unknown key");
}

TEST(Config, RefusesAKeyNobodyAskedFor) {
  ConfigReader reader = *ConfigReader::Parse("a: 1\n", "a.yaml");
  EXPECT_EQ(reader.Finish().message(), "a.yaml:1: a: unknown key");
}

TEST(Config, RefusesAKeyThatStandsTwice) {
  auto reader = ConfigReader::Parse("a: 1\nb: 2\na: 3\n", "a.yaml");
  ASSERT_THAT(reader, IsOk());
  EXPECT_NE(reader->root().Text("a", ""), "");
  EXPECT_EQ(reader->root().Text("b", ""), "2");
  EXPECT_EQ(reader->Finish().message(), "a.yaml:3: a: stands there twice");
}

TEST(Config, NamesTheLineOfWhatIsNotYaml) {
  for (const char* text : {"a: [1\nb: 2\n", "- a\n- b\n", "just text"}) {
    const auto reader = ConfigReader::Parse(text, "a.yaml");
    EXPECT_FALSE(reader.ok()) << text;
    EXPECT_THAT(std::string(reader.status().message()), ::testing::StartsWith("a.yaml:"));
  }
}

TEST(Config, TakesAnEmptyFileAsNothingSet) {
  ConfigReader reader = *ConfigReader::Parse("", "a.yaml");
  EXPECT_EQ(reader.root().Text("a", "b"), "b");
  EXPECT_THAT(reader.Finish(), IsOk());
}

}  // namespace
}  // namespace argosy::base
