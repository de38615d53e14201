#include "argosyd/config.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::argosyd {
namespace {

using ::argosy::testing::IsOk;
using ::argosy::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// A folder with the example and every secret it names.
class ConfigTest : public ::testing::Test {
 protected:
  ConfigTest()
      : folder_(std::filesystem::path(::testing::TempDir()) /
                absl::StrCat("argosyd-config-", ::testing::UnitTest::GetInstance()->random_seed(),
                             "-",
                             ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::filesystem::create_directories(folder_ / "secrets");
    for (const char* account :
         {"db-tenancy", "db-teams", "db-metrics", "db-incentives", "db-directory", "db-migrate"}) {
      Write(absl::StrCat("secrets/", account), absl::StrCat("pass-of-", account, "\n"));
    }
    Write("secrets/token-pepper", std::string(64, 'a') + "\n");
    Write("secrets/signing-seal", std::string(64, 'b'));
    Write("secrets/page-key", std::string(64, '0'));
    std::ifstream example("argosyd/example.yaml");
    example_ =
        std::string(std::istreambuf_iterator<char>(example), std::istreambuf_iterator<char>());
  }
  ~ConfigTest() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  absl::StatusOr<Config> Read(const std::string& text, const Overrides& overrides = {}) const {
    Write("argosyd.yaml", text);
    return ReadConfig((folder_ / "argosyd.yaml").string(), overrides);
  }
  std::string ExampleWith(absl::string_view from, absl::string_view to) const {
    return absl::StrReplaceAll(example_, {{from, to}});
  }

  const std::filesystem::path folder_;
  std::string example_;
};

TEST_F(ConfigTest, ReadsTheExample) {
  ASSERT_OK_AND_ASSIGN(const Config config, Read(example_));
  EXPECT_EQ(config.environment, "dev");
  EXPECT_EQ(config.issuer, "argosy");
  EXPECT_THAT(config.services, ElementsAre("tenancy", "teams", "metrics", "incentives"));
  EXPECT_EQ(config.databases.at("teams").user, "argosy_teams");
  EXPECT_EQ(config.databases.at("teams").password, "pass-of-db-teams");
  EXPECT_EQ(config.databases.at("teams").schema, "argosy_teams");
  EXPECT_EQ(config.directory.schema, "argosy_tenancy");
  EXPECT_EQ(config.migration.schema, "");
  EXPECT_EQ(config.token_pepper, std::string(32, '\xaa'));
  EXPECT_EQ(config.drain_notice, absl::Seconds(10));
}

TEST_F(ConfigTest, ShowsNoSecret) {
  ASSERT_OK_AND_ASSIGN(const Config config, Read(example_));
  const std::string shown = Describe(config);
  EXPECT_THAT(shown, HasSubstr("secrets.token_pepper: set"));
  EXPECT_THAT(shown, HasSubstr("password set"));
  EXPECT_THAT(shown, Not(HasSubstr("pass-of")));
  EXPECT_THAT(shown, Not(HasSubstr("aaaa")));
}

TEST_F(ConfigTest, FlagsOverrideTheFile) {
  ASSERT_OK_AND_ASSIGN(
      const Config config,
      Read(example_, {.listen = "127.0.0.1:1", .admin_port = uint16_t{2}, .services = {"teams"}}));
  EXPECT_EQ(config.listen, "127.0.0.1:1");
  EXPECT_EQ(config.admin_port, 2);
  EXPECT_THAT(config.services, ElementsAre("teams"));
  EXPECT_TRUE(config.Serves("teams"));
  EXPECT_FALSE(config.Serves("tenancy"));
}

TEST_F(ConfigTest, NamesWhatIsWrong) {
  const auto message = [&](const std::string& text) {
    return std::string(Read(text).status().message());
  };
  EXPECT_THAT(message(ExampleWith("listen:", "lisen:")), HasSubstr("lisen"));
  EXPECT_THAT(message(ExampleWith("[tenancy,", "[tenacy,")), HasSubstr("tenacy"));
  EXPECT_THAT(message(ExampleWith("  socket: /run/argosy/mysqld.sock", "  port: 1")),
              HasSubstr("exactly one of socket and host"));
  EXPECT_THAT(message(ExampleWith("socket: /run/argosy/mysqld.sock", "host: db.example")),
              HasSubstr("that needs tls_ca_file"));
  EXPECT_THAT(message(ExampleWith("environment: dev", "issuer: x")), HasSubstr("environment"));
  Write("secrets/page-key", "too short");
  EXPECT_THAT(message(example_), HasSubstr("64 hexadecimal digits"));
}

TEST_F(ConfigTest, AsksADatabaseOverTheNetworkForTls) {
  EXPECT_THAT(Read(ExampleWith("socket: /run/argosy/mysqld.sock", "host: 127.0.0.1")), IsOk());
  ASSERT_OK_AND_ASSIGN(const Config config,
                       Read(ExampleWith("socket: /run/argosy/mysqld.sock",
                                        "host: db.example\n  tls_ca_file: ca.pem")));
  EXPECT_EQ(config.databases.at("teams").tls, storage::Tls::kRequired);
  EXPECT_EQ(config.databases.at("teams").tls_ca_path, (folder_ / "ca.pem").string());
}

TEST_F(ConfigTest, RefusesAMissingFile) {
  EXPECT_THAT(ReadConfig((folder_ / "absent.yaml").string(), {}),
              StatusIs(absl::StatusCode::kNotFound));
  std::filesystem::remove(folder_ / "secrets/db-teams");
  EXPECT_THAT(Read(example_), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace argosy::argosyd
