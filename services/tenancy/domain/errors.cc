#include "services/tenancy/domain/errors.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "base/fault.h"

namespace argosy::tenancy {
namespace {

absl::Status PreconditionFailed(absl::string_view reason, absl::string_view tenant,
                                absl::string_view message) {
  return base::MakeFault(
      absl::StatusCode::kFailedPrecondition, message,
      {.reason = std::string(reason),
       .metadata = {{"tenant", std::string(tenant)}},
       .precondition = base::PreconditionFault{.type = std::string(reason),
                                               .subject = std::string(tenant),
                                               .description = std::string(message)}});
}

}  // namespace

absl::Status ResourceMissing(absl::string_view type, absl::string_view name) {
  return base::MakeFault(
      absl::StatusCode::kNotFound, absl::StrCat("'", name, "' does not exist"),
      {.reason = "RESOURCE_NOT_FOUND",
       .metadata = {{"name", std::string(name)}},
       .resource = base::ResourceFault{.type = std::string(type), .name = std::string(name)}});
}

absl::Status ResourceExists(absl::string_view type, absl::string_view name) {
  return base::MakeFault(
      absl::StatusCode::kAlreadyExists, absl::StrCat("'", name, "' exists already"),
      {.reason = "RESOURCE_EXISTS",
       .metadata = {{"name", std::string(name)}},
       .resource = base::ResourceFault{.type = std::string(type), .name = std::string(name)}});
}

absl::Status EtagMismatch(absl::string_view name) {
  return base::MakeFault(absl::StatusCode::kAborted,
                         absl::StrCat("'", name, "' has changed since its etag was read"),
                         {.reason = "ETAG_MISMATCH", .metadata = {{"name", std::string(name)}}});
}

absl::Status StateNotAllowed(absl::string_view tenant, absl::string_view state,
                             absl::string_view action) {
  const std::string message =
      absl::StrCat("'", tenant, "' is ", state, ", which does not allow to ", action);
  return base::MakeFault(
      absl::StatusCode::kFailedPrecondition, message,
      {.reason = "STATE_NOT_ALLOWED",
       .metadata = {{"tenant", std::string(tenant)},
                    {"state", std::string(state)},
                    {"action", std::string(action)}},
       .precondition = base::PreconditionFault{
           .type = "STATE", .subject = std::string(tenant), .description = message}});
}

absl::Status OwnerMissing(absl::string_view tenant) {
  return PreconditionFailed("OWNER_MISSING", tenant,
                            absl::StrCat("'", tenant, "' has no owner's membership yet"));
}

absl::Status LastOwner(absl::string_view tenant) {
  return PreconditionFailed("LAST_OWNER", tenant,
                            absl::StrCat("'", tenant, "' would be left without an owner"));
}

absl::Status CredentialInvalid() {
  return base::MakeFault(absl::StatusCode::kUnauthenticated, "the API token is not valid",
                         {.reason = "CREDENTIAL_INVALID"});
}

absl::Status CredentialExpired() {
  return base::MakeFault(absl::StatusCode::kUnauthenticated, "the API token has expired",
                         {.reason = "CREDENTIAL_EXPIRED"});
}

absl::Status TenantSuspended(absl::string_view tenant) {
  return PreconditionFailed("TENANT_SUSPENDED", tenant,
                            absl::StrCat("'", tenant, "' is suspended"));
}

absl::Status TenantDenied(absl::string_view tenant) {
  return base::MakeFault(
      absl::StatusCode::kPermissionDenied,
      absl::StrCat("Permission 'tenants.onboard' denied on resource '", tenant,
                   "' (or it might not exist)."),
      {.reason = "PERMISSION_MISSING",
       .metadata = {{"permission", "tenants.onboard"}, {"resource", std::string(tenant)}}});
}

}  // namespace argosy::tenancy
