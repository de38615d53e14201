// A helper process of a benchmark: this same binary in another role.
#ifndef ARGOSY_TESTS_BENCH_CHILD_PROCESS_H_
#define ARGOSY_TESTS_BENCH_CHILD_PROCESS_H_

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace argosy::bench {

// Ends the child, by closing its standard input and then by its own pid, when it dies.
class ChildProcess {
 public:
  // Starts /proc/self/exe with `arguments`.
  static absl::StatusOr<std::unique_ptr<ChildProcess>> StartSelf(
      std::vector<std::string> arguments);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // The next line of its standard output without the line end; UNAVAILABLE when it ended.
  absl::StatusOr<std::string> ReadLine();

 private:
  ChildProcess(pid_t pid, int input, int output) : pid_(pid), input_(input), output_(output) {}

  pid_t pid_;
  int input_;
  int output_;
};

}  // namespace argosy::bench

#endif  // ARGOSY_TESTS_BENCH_CHILD_PROCESS_H_
