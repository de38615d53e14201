#include "services/tenancy/domain/api_token.h"

#include <algorithm>
#include <array>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/crypto.h"
#include "base/fault.h"
#include "services/tenancy/domain/errors.h"

namespace argosy::tenancy {
namespace {

constexpr absl::string_view kBrand = "argosy";
constexpr absl::string_view kKind = "api";
constexpr absl::string_view kDigits =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr size_t kIdDigits = 22;      // 62^22 > 2^128
constexpr size_t kSecretDigits = 43;  // 62^43 > 2^256
constexpr size_t kChecksumDigits = 6;
constexpr size_t kEnvironmentMin = 2;
constexpr size_t kEnvironmentMax = 16;

// `bytes` as one big-endian number in base 62, most significant digit first, `digits` of them.
std::string ToBase62(absl::string_view bytes, size_t digits) {
  std::vector<uint32_t> number;
  for (const char byte : bytes) number.push_back(static_cast<unsigned char>(byte));
  std::string text(digits, kDigits[0]);
  for (size_t i = digits; i-- > 0;) {
    uint32_t remainder = 0;
    for (uint32_t& byte : number) {
      const uint32_t value = remainder * 256 + byte;
      byte = value / 62;
      remainder = value % 62;
    }
    text[i] = kDigits[remainder];
  }
  return text;
}

// The number back as exactly `count` bytes, or nothing when it has a foreign digit or is too big.
std::optional<std::string> FromBase62(absl::string_view text, size_t count) {
  std::vector<uint32_t> number(count, 0);
  for (const char digit : text) {
    const size_t position = kDigits.find(digit);
    if (position == absl::string_view::npos) return std::nullopt;
    auto carry = static_cast<uint32_t>(position);
    for (size_t i = count; i-- > 0;) {
      const uint32_t value = number[i] * 62 + carry;
      number[i] = value % 256;
      carry = value / 256;
    }
    if (carry != 0) return std::nullopt;
  }
  std::string bytes;
  for (const uint32_t byte : number) bytes.push_back(static_cast<char>(byte));
  return bytes;
}

}  // namespace

absl::Status CheckEnvironment(absl::string_view environment) {
  const bool length_ok =
      environment.size() >= kEnvironmentMin && environment.size() <= kEnvironmentMax;
  const bool chars_ok = std::all_of(environment.begin(), environment.end(), [](char c) {
    return absl::ascii_islower(static_cast<unsigned char>(c)) ||
           absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
  if (!length_ok || !chars_ok) {
    return base::FieldInvalid("environment", "must be 2 to 16 characters a-z and 0-9");
  }
  return absl::OkStatus();
}

std::string FormatApiToken(absl::string_view environment, const ApiTokenId& id,
                           absl::string_view secret) {
  const std::string body =
      absl::StrCat(kBrand, "_", environment, "_", kKind, "_", ToBase62(id.ToBytes(), kIdDigits),
                   "_", ToBase62(secret, kSecretDigits));
  return absl::StrCat(body, base::Base62Crc32(body));
}

absl::StatusOr<ApiTokenId> ReadApiToken(absl::string_view environment, absl::string_view text) {
  if (text.size() > kTokenCharsMax || text.size() < kChecksumDigits) return CredentialInvalid();
  const absl::string_view body = text.substr(0, text.size() - kChecksumDigits);
  const std::vector<absl::string_view> parts = absl::StrSplit(body, '_');
  const bool ours = parts.size() == 5 && parts[0] == kBrand && parts[1] == environment &&
                    parts[2] == kKind && parts[3].size() == kIdDigits &&
                    parts[4].size() == kSecretDigits;
  if (!ours || base::Base62Crc32(body) != text.substr(body.size())) return CredentialInvalid();
  const auto bytes = FromBase62(parts[3], base::Uuid::kBytes);
  if (!bytes) return CredentialInvalid();
  const auto uuid = base::Uuid::FromBytes(*bytes);
  if (!uuid.ok()) return CredentialInvalid();
  return ApiTokenId(*uuid);
}

std::string TokenDigest(absl::string_view pepper, absl::string_view text) {
  return base::HmacSha256(pepper, text);
}

absl::StatusOr<absl::Time> DecideExpiry(std::optional<absl::Time> asked, absl::Time now) {
  const absl::Time expiry = asked.value_or(now + kTokenLifetimeDefault);
  if (expiry < now + kTokenLifetimeMin || expiry > now + kTokenLifetimeMax) {
    return base::FieldInvalid("api_token.expire_time",
                              "must be at least 1 minute and at most 366 days from now");
  }
  return expiry;
}

ApiToken Revoke(const ApiToken& token, absl::Time now) {
  ApiToken next = token;
  if (!next.revoke_time) next.revoke_time = now;
  return next;
}

absl::Status CheckUsable(const ApiToken& token, absl::Time now) {
  if (token.revoke_time) return CredentialInvalid();
  if (now >= token.expire_time) return CredentialExpired();
  return absl::OkStatus();
}

std::string ApiTokenName(const base::TenantId& tenant, const ApiTokenId& id) {
  return absl::StrCat("tenants/", tenant.text(), "/apiTokens/", id.ToString());
}

}  // namespace argosy::tenancy
