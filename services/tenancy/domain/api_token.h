// API tokens: their text, what is kept of it, and how long it is good.
//
// "argosy_{env}_api_{id}_{secret}{checksum}": the id is 22 characters of base 62 (a UUID), the
// secret 43 (256 bits), the checksum 6 (CRC-32 of everything before it), so that a secret scanner
// can tell a token from chance text offline. At rest there is only a keyed digest: the secret has
// 256 bits, so no slow hash is needed.
#ifndef ARGOSY_SERVICES_TENANCY_DOMAIN_API_TOKEN_H_
#define ARGOSY_SERVICES_TENANCY_DOMAIN_API_TOKEN_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/ids.h"
#include "services/tenancy/domain/tenant.h"

namespace argosy::tenancy {

using ApiTokenId = base::UuidOf<struct ApiTokenIdTag>;  // tenants/acme/apiTokens/{uuid}

// Bytes of entropy in a token's secret.
inline constexpr size_t kTokenSecretBytes = 32;
// A token is never longer: brand, env (16), kind, id, secret, checksum and separators are below
// 110.
inline constexpr size_t kTokenCharsMax = 256;

// INVALID_ARGUMENT / FIELD_INVALID unless 2 to 16 characters a-z and 0-9.
absl::Status CheckEnvironment(absl::string_view environment);

// The text of a token. `secret` has kTokenSecretBytes.
std::string FormatApiToken(absl::string_view environment, const ApiTokenId& id,
                           absl::string_view secret);

// The id a token's text names. CREDENTIAL_INVALID unless it is of our brand, `environment` and
// kind, and its checksum is right; that says nothing yet of the secret.
absl::StatusOr<ApiTokenId> ReadApiToken(absl::string_view environment, absl::string_view text);

// What is stored: HMAC-SHA-256 of the whole text under the server's pepper.
std::string TokenDigest(absl::string_view pepper, absl::string_view text);

struct ApiToken {
  static constexpr size_t kDisplayNameCharsMax = 120;

  ApiTokenId id;
  MembershipId membership;
  std::string display_name;
  absl::Time create_time;
  absl::Time expire_time;
  std::optional<absl::Time> revoke_time;

  friend bool operator==(const ApiToken&, const ApiToken&) = default;
};

// A machine that is still in use is given a new token at least once a year.
inline constexpr absl::Duration kTokenLifetimeMax = absl::Hours(24 * 366);
inline constexpr absl::Duration kTokenLifetimeMin = absl::Minutes(1);
inline constexpr absl::Duration kTokenLifetimeDefault = absl::Hours(24 * 90);
// How long tokens made while a company was onboarding outlive its activation: whoever made them has
// seen them, so the owner replaces them within this time.
inline constexpr absl::Duration kHandOverTime = absl::Hours(24 * 30);

// The instant a token made at `now` ends. FIELD_INVALID when `asked` is outside the limits above.
absl::StatusOr<absl::Time> DecideExpiry(std::optional<absl::Time> asked, absl::Time now);

// `token` revoked at `now`; unchanged when it was before.
ApiToken Revoke(const ApiToken& token, absl::Time now);

// CREDENTIAL_INVALID when revoked, in the same words as for an unknown token; CREDENTIAL_EXPIRED
// from `expire_time` on.
absl::Status CheckUsable(const ApiToken& token, absl::Time now);

// "tenants/acme/apiTokens/{uuid}".
std::string ApiTokenName(const base::TenantId& tenant, const ApiTokenId& id);

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_DOMAIN_API_TOKEN_H_
