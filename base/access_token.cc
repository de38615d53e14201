#include "base/access_token.h"

#include <jansson.h>

#include <cstdlib>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace argosy::base {
namespace {

constexpr size_t kTextBytesMax = 256;
// Seconds since 1970 beyond the year 2200 are not times of ours, and keep arithmetic in range.
constexpr int64_t kSecondsMax = 7'258'118'400;

struct JsonRelease {
  void operator()(json_t* value) const { json_decref(value); }
};
struct TextRelease {
  void operator()(char* text) const { std::free(text); }
};
using JsonPtr = std::unique_ptr<json_t, JsonRelease>;

absl::Status BadClaim(absl::string_view name) {
  return absl::InvalidArgumentError(absl::StrCat("claim '", name, "' is missing or malformed"));
}

absl::StatusOr<std::string> TextClaim(const json_t* claims, const char* name) {
  const json_t* const value = json_object_get(claims, name);
  if (!json_is_string(value) || json_string_length(value) == 0 ||
      json_string_length(value) > kTextBytesMax) {
    return BadClaim(name);
  }
  return std::string(json_string_value(value), json_string_length(value));
}

absl::StatusOr<absl::Time> TimeClaim(const json_t* claims, const char* name) {
  const json_t* const value = json_object_get(claims, name);
  const int64_t seconds = json_integer_value(value);
  if (!json_is_integer(value) || seconds < 0 || seconds > kSecondsMax) return BadClaim(name);
  return absl::FromUnixSeconds(seconds);
}

absl::Status ReadTenant(const json_t* json, AccessClaims& claims) {
  ASSIGN_OR_RETURN(const std::string uid, TextClaim(json, "tid"));
  auto tenant_uid = TenantUid::Parse(uid);
  if (!tenant_uid.ok()) return BadClaim("tid");
  claims.tenant_uid = *tenant_uid;
  ASSIGN_OR_RETURN(const std::string id, TextClaim(json, "tenant"));
  auto tenant_id = TenantId::Parse(id);
  if (!tenant_id.ok()) return BadClaim("tenant");
  claims.tenant_id = *std::move(tenant_id);
  if (json_object_get(json, "member") == nullptr) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::string member, TextClaim(json, "member"));
  auto member_id = MemberId::Parse(member);
  if (!member_id.ok()) return BadClaim("member");
  claims.member_id = *std::move(member_id);
  return absl::OkStatus();
}

}  // namespace

std::string EncodeAccessClaims(const AccessClaims& claims) {
  const JsonPtr json(json_object());
  const auto text = [&](const char* name, const std::string& value) {
    json_object_set_new(json.get(), name, json_stringn(value.data(), value.size()));
  };
  const auto integer = [&](const char* name, int64_t value) {
    json_object_set_new(json.get(), name, json_integer(value));
  };
  text("iss", claims.issuer);
  text("aud", claims.audience);
  text("sub", claims.actor);
  text("tid", claims.tenant_uid.ToString());
  text("tenant", claims.tenant_id.text());
  text("role", claims.access_role);
  if (claims.member_id) text("member", claims.member_id->text());
  integer("epoch", claims.epoch);
  integer("iat", absl::ToUnixSeconds(claims.issued_at));
  integer("nbf", absl::ToUnixSeconds(claims.not_before));
  integer("exp", absl::ToUnixSeconds(claims.expires_at));
  const std::unique_ptr<char, TextRelease> encoded(json_dumps(json.get(), JSON_COMPACT));
  return encoded == nullptr ? "" : encoded.get();
}

absl::StatusOr<AccessClaims> ParseAccessClaims(absl::string_view json) {
  const JsonPtr parsed(json_loadb(json.data(), json.size(), JSON_REJECT_DUPLICATES, nullptr));
  if (!json_is_object(parsed.get())) return BadClaim("");
  AccessClaims claims;
  ASSIGN_OR_RETURN(claims.issuer, TextClaim(parsed.get(), "iss"));
  ASSIGN_OR_RETURN(claims.audience, TextClaim(parsed.get(), "aud"));
  ASSIGN_OR_RETURN(claims.actor, TextClaim(parsed.get(), "sub"));
  if (claims.actor.size() > 128) return BadClaim("sub");
  ASSIGN_OR_RETURN(claims.access_role, TextClaim(parsed.get(), "role"));
  RETURN_IF_ERROR(ReadTenant(parsed.get(), claims));
  const json_t* const epoch = json_object_get(parsed.get(), "epoch");
  if (!json_is_integer(epoch)) return BadClaim("epoch");
  claims.epoch = json_integer_value(epoch);
  ASSIGN_OR_RETURN(claims.issued_at, TimeClaim(parsed.get(), "iat"));
  ASSIGN_OR_RETURN(claims.not_before, TimeClaim(parsed.get(), "nbf"));
  ASSIGN_OR_RETURN(claims.expires_at, TimeClaim(parsed.get(), "exp"));
  return claims;
}

}  // namespace argosy::base
