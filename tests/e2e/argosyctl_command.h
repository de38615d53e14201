// The built argosyctl, run as a program of its own against a running product.
#ifndef ARGOSY_TESTS_E2E_ARGOSYCTL_COMMAND_H_
#define ARGOSY_TESTS_E2E_ARGOSYCTL_COMMAND_H_

#include <string>
#include <vector>

namespace argosy::testing {

struct CommandOutcome {
  int exit_code = 0;  // -1: it did not end by itself
  std::string out;
  std::string err;
};

// Owns a folder for what the program writes, which is also its home.
class ArgosyctlCommand {
 public:
  // Talks to the server on `port` of this machine with `api_token`, in the token's own tenant.
  ArgosyctlCommand(int port, const std::string& api_token);
  ~ArgosyctlCommand();
  ArgosyctlCommand(const ArgosyctlCommand&) = delete;
  ArgosyctlCommand& operator=(const ArgosyctlCommand&) = delete;

  // Runs `argosyctl arguments...` to its end. Aborts when it cannot be started.
  CommandOutcome Run(const std::vector<std::string>& arguments) const;

  const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
  std::vector<std::string> environment_;
};

}  // namespace argosy::testing

#endif  // ARGOSY_TESTS_E2E_ARGOSYCTL_COMMAND_H_
