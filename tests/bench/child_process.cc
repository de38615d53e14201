#include "tests/bench/child_process.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <utility>

namespace argosy::bench {

absl::StatusOr<std::unique_ptr<ChildProcess>> ChildProcess::StartSelf(
    std::vector<std::string> arguments) {
  int to_child[2];
  int from_child[2];
  if (pipe(to_child) != 0 || pipe(from_child) != 0) return absl::InternalError("pipe failed");
  std::vector<char*> argv;
  std::string self = "/proc/self/exe";
  argv.push_back(self.data());
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const pid_t pid = fork();
  if (pid < 0) return absl::InternalError("fork failed");
  if (pid == 0) {
    dup2(to_child[0], STDIN_FILENO);
    dup2(from_child[1], STDOUT_FILENO);
    for (const int end : {to_child[0], to_child[1], from_child[0], from_child[1]}) close(end);
    execv(self.c_str(), argv.data());
    _exit(127);
  }
  close(to_child[0]);
  close(from_child[1]);
  return std::unique_ptr<ChildProcess>(new ChildProcess(pid, to_child[1], from_child[0]));
}

ChildProcess::~ChildProcess() {
  close(input_);
  close(output_);
  kill(pid_, SIGTERM);
  waitpid(pid_, nullptr, 0);
}

absl::StatusOr<std::string> ChildProcess::ReadLine() {
  std::string line;
  for (char c = 0; read(output_, &c, 1) == 1;) {
    if (c == '\n') return line;
    line.push_back(c);
  }
  return absl::UnavailableError("the helper process ended");
}

}  // namespace argosy::bench
