// What argosyctl takes from the process around it, so that a test can give it another.
#ifndef ARGOSY_ARGOSYCTL_ENVIRONMENT_H_
#define ARGOSY_ARGOSYCTL_ENVIRONMENT_H_

#include <functional>
#include <istream>
#include <optional>
#include <ostream>
#include <string>

#include "absl/time/time.h"
#include "base/clock.h"
#include "base/random.h"

namespace argosy::ctl {

enum class ErrorStream { kTerminal, kFile };

struct Environment {
  std::istream& in;
  std::ostream& out;  // data alone
  std::ostream& err;  // everything else
  ErrorStream error_stream = ErrorStream::kFile;
  const base::Clock& clock;
  base::EntropySource& entropy;
  // The environment variable, or nothing when it is unset or empty.
  std::function<std::optional<std::string>(const std::string&)> variable;
  // Returns after this long: between attempts of a call.
  std::function<void(absl::Duration)> wait;
};

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_ENVIRONMENT_H_
