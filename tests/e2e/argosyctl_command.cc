#include "tests/e2e/argosyctl_command.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "tests/e2e/real_file.h"

namespace argosy::testing {
namespace {

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

ArgosyctlCommand::ArgosyctlCommand(int port, const std::string& api_token) {
  std::string folder = (std::filesystem::temp_directory_path() / "argosyctl-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) {
    std::perror("mkdtemp");
    std::abort();
  }
  folder_ = folder;
  environment_ = {absl::StrCat("HOME=", folder_), absl::StrCat("ARGOSY_ADDRESS=127.0.0.1:", port),
                  absl::StrCat("ARGOSY_TOKEN=", api_token)};
}

ArgosyctlCommand::~ArgosyctlCommand() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

CommandOutcome ArgosyctlCommand::Run(const std::vector<std::string>& arguments) const {
  std::vector<std::string> words = {ARGOSYCTL_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> environment = environment_;
  // Files, so that neither stream can fill up while the other is read.
  const std::string out = folder_ + "/out";
  const std::string err = folder_ + "/err";
  constexpr int kFlags = O_WRONLY | O_CREAT | O_TRUNC;
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, out.c_str(), kFlags, 0600);
  posix_spawn_file_actions_addopen(&files, 2, err.c_str(), kFlags, 0600);
  pid_t child = 0;
  const int failed = posix_spawn(&child, ARGOSYCTL_PROGRAM, &files, nullptr, Pointers(words).data(),
                                 Pointers(environment).data());
  posix_spawn_file_actions_destroy(&files);
  int status = 0;
  if (failed != 0 || waitpid(child, &status, 0) != child) {
    std::fprintf(stderr, "cannot run %s\n", ARGOSYCTL_PROGRAM);
    std::abort();
  }
  return {.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
          .out = ReadRealBytes(out),
          .err = ReadRealBytes(err)};
}

}  // namespace argosy::testing
