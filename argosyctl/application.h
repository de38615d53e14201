// The command line of argosyctl as one object: nouns, verbs and what they share.
#ifndef ARGOSY_ARGOSYCTL_APPLICATION_H_
#define ARGOSY_ARGOSYCTL_APPLICATION_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "argosyctl/environment.h"
#include "argosyctl/exit_code.h"
#include "argosyctl/invocation.h"
#include "argosyctl/verb.h"

namespace argosy::ctl {

class Application {
 public:
  explicit Application(const Environment& environment);

  // Parses `arguments` (without the program's name), runs the verb they name and prints its answer
  // or, on standard error, why there is none. CLI11 throws CLI::ParseError for a line it does not
  // understand and for help; ReportParse turns that into an exit code.
  ExitCode Run(std::vector<std::string> arguments);
  ExitCode ReportParse(const CLI::ParseError& error);

  CLI::App& command_line() { return root_; }

 private:
  void AddGlobalFlags();

  const Environment& environment_;
  Invocation invocation_;
  absl::Status result_;
  CLI::App root_;
  VerbTable table_;
};

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_APPLICATION_H_
