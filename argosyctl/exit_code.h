// What a shell script may conclude from the way argosyctl ends.
#ifndef ARGOSY_ARGOSYCTL_EXIT_CODE_H_
#define ARGOSY_ARGOSYCTL_EXIT_CODE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace argosy::ctl {

enum class ExitCode {
  kOk = 0,
  kFailure = 1,      // anything without a code of its own
  kUsage = 2,        // the command line itself
  kInvalid = 3,      // the server or argosyctl refused a value
  kNotSignedIn = 4,  // no credential, or one that is not accepted
  kDenied = 5,       // no permission, or no such tenant
  kNotFound = 6,
  kConflict = 7,       // already there with other content, or changed since it was read
  kNotAllowedNow = 8,  // the state does not allow it
  kUnavailable = 9,    // not reachable, too slow or too busy: try again
  kSomeRefused = 10,   // done, but some facts or rows were refused
};

// INVALID_ARGUMENT / FIELD_INVALID for a flag that the command does not take; ends in kUsage.
absl::Status UsageRefused(absl::string_view flag, absl::string_view description);

// The exit code of `status`.
ExitCode ExitCodeOf(const absl::Status& status);

// The table above as text, for the help.
std::string ExitCodeHelp();

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_EXIT_CODE_H_
