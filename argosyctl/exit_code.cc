#include "argosyctl/exit_code.h"

#include "absl/strings/cord.h"
#include "base/fault.h"

namespace argosy::ctl {
namespace {

constexpr char kUsagePayload[] = "argosy.dev/ctl-usage";

}  // namespace

absl::Status UsageRefused(absl::string_view flag, absl::string_view description) {
  absl::Status status = base::FieldInvalid(flag, description);
  status.SetPayload(kUsagePayload, absl::Cord());
  return status;
}

ExitCode ExitCodeOf(const absl::Status& status) {
  if (status.GetPayload(kUsagePayload).has_value()) return ExitCode::kUsage;
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return ExitCode::kOk;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return ExitCode::kInvalid;
    case absl::StatusCode::kUnauthenticated:
      return ExitCode::kNotSignedIn;
    case absl::StatusCode::kPermissionDenied:
      return ExitCode::kDenied;
    case absl::StatusCode::kNotFound:
      return ExitCode::kNotFound;
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kAborted:
      return ExitCode::kConflict;
    case absl::StatusCode::kFailedPrecondition:
      return ExitCode::kNotAllowedNow;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
      return ExitCode::kUnavailable;
    default:
      return ExitCode::kFailure;
  }
}

std::string ExitCodeHelp() {
  return "Exit codes: 0 done; 1 failure; 2 usage; 3 invalid value; 4 not signed in; 5 denied;\n"
         "6 not found; 7 conflict; 8 not allowed in this state; 9 unavailable, try again;\n"
         "10 done, but some facts or rows were refused.\n";
}

}  // namespace argosy::ctl
