// The refusals of the chassis, one function each. Those of rooms below have their own.
#ifndef ARGOSY_RPC_ERRORS_H_
#define ARGOSY_RPC_ERRORS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace argosy::rpc {

// UNAUTHENTICATED / CREDENTIAL_MISSING.
absl::Status CredentialMissing();
// UNAUTHENTICATED / CREDENTIAL_EXPIRED.
absl::Status CredentialExpired();
// UNAUTHENTICATED / CREDENTIAL_INVALID: one wording, whatever is wrong.
absl::Status CredentialInvalid();
// PERMISSION_DENIED / PERMISSION_MISSING: one wording for a permission not held, a tenant of
// someone else and a tenant that does not exist.
absl::Status PermissionMissing(absl::string_view permission, absl::string_view resource);
// INVALID_ARGUMENT / TENANT_MISMATCH: the path `field` names a resource of another tenant.
absl::Status TenantMismatch(absl::string_view field);
// FAILED_PRECONDITION / TENANT_SUSPENDED with the tenant's name.
absl::Status TenantSuspended(absl::string_view tenant_name);
// RESOURCE_EXHAUSTED / CONCURRENCY_LIMITED with RetryInfo. `scope` is "system", "peer", "tenant" or
// "principal"; `subject` is whose limit it is: the name of the tenant or of the principal, or ""
// when that is nobody's business.
absl::Status ConcurrencyLimited(absl::string_view scope, absl::string_view subject);
// UNAVAILABLE / DRAINING with RetryInfo.
absl::Status Draining();
// UNAVAILABLE / DEPENDENCY_DOWN with RetryInfo: `service` has no channel.
absl::Status DependencyDown(absl::string_view service);
// DEADLINE_EXCEEDED / DEADLINE_CAPPED.
absl::Status DeadlineCapped();
// INVALID_ARGUMENT / DEADLINE_MISSING: an inner call must say how long its caller waits.
absl::Status DeadlineMissing();

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_ERRORS_H_
