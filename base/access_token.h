// What an access token says: the claims of the JWT that tenancy signs and every service reads.
#ifndef ARGOSY_BASE_ACCESS_TOKEN_H_
#define ARGOSY_BASE_ACCESS_TOKEN_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/ids.h"

namespace argosy::base {

// The claim a value stands under is in quotes.
struct AccessClaims {
  std::string issuer;    // "iss"
  std::string audience;  // "aud"
  // "sub": who acts, unique within the tenant: "memberships/{uuid}"; at most 128 characters.
  std::string actor;
  TenantUid tenant_uid;               // "tid"
  TenantId tenant_id;                 // "tenant": "acme"
  std::string access_role;            // "role": "owner", "member", "platform-operator"
  std::optional<MemberId> member_id;  // "member": the person at work, when linked to one
  // "epoch": the tenant's when the token was made. A token of an earlier epoch is revoked.
  int64_t epoch = 0;
  absl::Time issued_at;   // "iat"; whole seconds, as the next two
  absl::Time not_before;  // "nbf"
  absl::Time expires_at;  // "exp"

  friend bool operator==(const AccessClaims&, const AccessClaims&) = default;
};

// The claims as the JSON payload of a JWT.
std::string EncodeAccessClaims(const AccessClaims& claims);

// INVALID_ARGUMENT unless `json` is an object with every claim but "member", each of its type and
// form. Times are not judged here. Claims it does not know are passed over.
absl::StatusOr<AccessClaims> ParseAccessClaims(absl::string_view json);

}  // namespace argosy::base

#endif  // ARGOSY_BASE_ACCESS_TOKEN_H_
