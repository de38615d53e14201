#include "tests/support/private_mariadb.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace argosy::testing {
namespace {

// The folder and the arguments are the test's own words without spaces or quotes.
void RunScript(const std::string& verb, const std::string& folder,
               const std::vector<std::string>& arguments) {
  const std::string command = absl::StrCat("'", ARGOSY_TEST_DB_SCRIPT, "' ", verb, " ", folder, " ",
                                           absl::StrJoin(arguments, " "));
  if (std::system(command.c_str()) != 0) {
    std::fprintf(stderr, "%s failed\n", command.c_str());
    std::abort();
  }
}

std::string TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "argosy-db-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) std::abort();
  return pattern;
}

}  // namespace

std::unique_ptr<PrivateMariadb> PrivateMariadb::Start(std::vector<std::string> arguments) {
  std::string folder = TemporaryFolder();
  RunScript("start", folder, arguments);
  return std::unique_ptr<PrivateMariadb>(
      new PrivateMariadb(std::move(folder), std::move(arguments)));
}

PrivateMariadb::PrivateMariadb(std::string folder, std::vector<std::string> arguments)
    : folder_(std::move(folder)), arguments_(std::move(arguments)) {}

PrivateMariadb::~PrivateMariadb() {
  RunScript("stop", folder_, {});
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

storage::DatabaseOptions PrivateMariadb::options() const {
  storage::DatabaseOptions options;
  options.socket_path = absl::StrCat(folder_, "/mysqld.sock");
  options.user = "root";
  return options;
}

void PrivateMariadb::Kill() { RunScript("kill", folder_, {}); }

void PrivateMariadb::Restart() { RunScript("start", folder_, arguments_); }

}  // namespace argosy::testing
