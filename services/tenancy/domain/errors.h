// Every refusal of the tenancy domain, each made by one function.
#ifndef ARGOSY_SERVICES_TENANCY_DOMAIN_ERRORS_H_
#define ARGOSY_SERVICES_TENANCY_DOMAIN_ERRORS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace argosy::tenancy {

// NOT_FOUND / RESOURCE_NOT_FOUND. `type` is "argosy.dev/Membership".
absl::Status ResourceMissing(absl::string_view type, absl::string_view name);

// ALREADY_EXISTS / RESOURCE_EXISTS.
absl::Status ResourceExists(absl::string_view type, absl::string_view name);

// ABORTED / ETAG_MISMATCH: another change came first.
absl::Status EtagMismatch(absl::string_view name);

// FAILED_PRECONDITION / STATE_NOT_ALLOWED: `action` is not for a tenant in `state`.
absl::Status StateNotAllowed(absl::string_view tenant, absl::string_view state,
                             absl::string_view action);

// FAILED_PRECONDITION / OWNER_MISSING: the tenant has nobody to answer for it.
absl::Status OwnerMissing(absl::string_view tenant);

// FAILED_PRECONDITION / LAST_OWNER: the change would leave the tenant without an owner.
absl::Status LastOwner(absl::string_view tenant);

// UNAUTHENTICATED / CREDENTIAL_INVALID, in one wording whatever is wrong with the API token.
absl::Status CredentialInvalid();

// UNAUTHENTICATED / CREDENTIAL_EXPIRED: the API token was good once.
absl::Status CredentialExpired();

// FAILED_PRECONDITION / TENANT_SUSPENDED.
absl::Status TenantSuspended(absl::string_view tenant);

// PERMISSION_DENIED / PERMISSION_MISSING: the token does not give access to `tenant`, or there is
// none; the same words for both.
absl::Status TenantDenied(absl::string_view tenant);

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_DOMAIN_ERRORS_H_
