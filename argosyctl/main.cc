#include <poll.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "argosyctl/application.h"
#include "argosyctl/environment.h"
#include "base/clock.h"
#include "base/random.h"

namespace {

std::optional<std::string> Variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr || *value == '\0') return std::nullopt;
  return std::string(value);
}

}  // namespace

int main(int argc, char** argv) {
  const argosy::base::SystemClock clock;
  const std::unique_ptr<argosy::base::EntropySource> entropy = argosy::base::NewSystemEntropy();
  const bool on_terminal = ::isatty(STDERR_FILENO) == 1 && !Variable("NO_COLOR").has_value();
  const argosy::ctl::Environment environment{
      .in = std::cin,
      .out = std::cout,
      .err = std::cerr,
      .error_stream =
          on_terminal ? argosy::ctl::ErrorStream::kTerminal : argosy::ctl::ErrorStream::kFile,
      .clock = clock,
      .entropy = *entropy,
      .variable = Variable,
      .wait = [](absl::Duration time) {
        ::poll(nullptr, 0, static_cast<int>(absl::ToInt64Milliseconds(time)));
      }};
  argosy::ctl::Application application(environment);
  try {
    return static_cast<int>(application.Run(std::vector<std::string>(argv + 1, argv + argc)));
  } catch (const CLI::ParseError& error) {
    return static_cast<int>(application.ReportParse(error));
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << "\n";
    return static_cast<int>(argosy::ctl::ExitCode::kFailure);
  }
}
