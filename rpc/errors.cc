#include "rpc/errors.h"

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/fault.h"

namespace argosy::rpc {
namespace {

using absl::StatusCode;
using base::MakeFault;

// Long enough for a call in flight to end, short enough not to be felt.
constexpr absl::Duration kRetryBusy = absl::Milliseconds(200);
constexpr absl::Duration kRetryDraining = absl::Seconds(1);

}  // namespace

absl::Status CredentialMissing() {
  return MakeFault(StatusCode::kUnauthenticated, "an access token is required",
                   {.reason = "CREDENTIAL_MISSING"});
}

absl::Status CredentialExpired() {
  return MakeFault(StatusCode::kUnauthenticated, "the access token has expired",
                   {.reason = "CREDENTIAL_EXPIRED"});
}

absl::Status CredentialInvalid() {
  return MakeFault(StatusCode::kUnauthenticated, "the access token is not valid",
                   {.reason = "CREDENTIAL_INVALID"});
}

absl::Status PermissionMissing(absl::string_view permission, absl::string_view resource) {
  const std::string shown = absl::CHexEscape(resource.substr(0, 256));
  return MakeFault(StatusCode::kPermissionDenied,
                   absl::StrCat("Permission '", permission, "' denied on resource '", shown,
                                "' (or it might not exist)."),
                   {.reason = "PERMISSION_MISSING",
                    .metadata = {{"permission", std::string(permission)}, {"resource", shown}}});
}

absl::Status TenantMismatch(absl::string_view field) {
  return MakeFault(StatusCode::kInvalidArgument,
                   absl::StrCat("'", field, "' names a resource of another tenant"),
                   {.reason = "TENANT_MISMATCH", .metadata = {{"field", std::string(field)}}});
}

absl::Status TenantSuspended(absl::string_view tenant_name) {
  const std::string name(tenant_name);
  return MakeFault(StatusCode::kFailedPrecondition, absl::StrCat("'", name, "' is suspended"),
                   {.reason = "TENANT_SUSPENDED",
                    .metadata = {{"tenant", name}},
                    .precondition = base::PreconditionFault{
                        .type = "STATE", .subject = name, .description = "resume the tenant"}});
}

absl::Status ConcurrencyLimited(absl::string_view scope, absl::string_view subject) {
  return MakeFault(
      StatusCode::kResourceExhausted, absl::StrCat("too many calls at once (scope '", scope, "')"),
      {.reason = "CONCURRENCY_LIMITED",
       .metadata = {{"scope", std::string(scope)}},
       .quota = base::QuotaFault{.subject = std::string(subject), .description = "calls in flight"},
       .retry_after = kRetryBusy});
}

absl::Status Draining() {
  return MakeFault(StatusCode::kUnavailable, "the server is going down",
                   {.reason = "DRAINING", .retry_after = kRetryDraining});
}

absl::Status DependencyDown(absl::string_view service) {
  return MakeFault(StatusCode::kUnavailable,
                   absl::StrCat("service '", service, "' cannot be reached"),
                   {.reason = "DEPENDENCY_DOWN",
                    .metadata = {{"service", std::string(service)}},
                    .retry_after = kRetryDraining});
}

absl::Status DeadlineCapped() {
  return MakeFault(StatusCode::kDeadlineExceeded, "the call ran out of time",
                   {.reason = "DEADLINE_CAPPED"});
}

absl::Status DeadlineMissing() {
  return MakeFault(StatusCode::kInvalidArgument, "an inner call must carry a deadline",
                   {.reason = "DEADLINE_MISSING"});
}

}  // namespace argosy::rpc
