#include "base/page_token.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "base/bytes.h"
#include "base/fault.h"

namespace argosy::base {
namespace {

constexpr uint8_t kScopeVersion = 1;
constexpr uint8_t kBodyVersion = 1;

// The scope is authenticated rather than stored: the token stays short however long the filters
// are.
std::string ScopeBytes(const PageScope& scope) {
  return ByteWriter(kScopeVersion)
      .Text(scope.tenant.ToBytes())
      .Text(scope.method)
      .Text(Sha256(scope.filters))
      .bytes();
}

}  // namespace

absl::Status PageTokenInvalid() {
  return MakeFault(absl::StatusCode::kInvalidArgument,
                   "page_token is not one of this listing, or it has expired",
                   {.reason = "PAGE_TOKEN_INVALID",
                    .field_violations = {{.field = "page_token",
                                          .description = "start again from the first page"}}});
}

PageTokens::PageTokens(SealingKey key, EntropySource& entropy, const Clock& clock)
    : key_(std::move(key)), entropy_(entropy), clock_(clock) {}

std::string PageTokens::Seal(const PageScope& scope, absl::string_view last_key) const {
  const std::string body =
      ByteWriter(kBodyVersion).Int(ToMicros(clock_.Now() + kLifetime)).Text(last_key).bytes();
  return absl::WebSafeBase64Escape(key_.Seal(body, ScopeBytes(scope), entropy_));
}

absl::StatusOr<std::string> PageTokens::Open(const PageScope& scope,
                                             absl::string_view token) const {
  if (token.empty()) return std::string();
  std::string sealed;
  if (token.size() > kTokenBytesMax || !absl::WebSafeBase64Unescape(token, &sealed)) {
    return PageTokenInvalid();
  }
  const auto body = key_.Open(sealed, ScopeBytes(scope));
  if (!body.ok()) return PageTokenInvalid();
  auto reader = ByteReader::Open(*body, kBodyVersion);
  if (!reader.ok()) return PageTokenInvalid();
  const auto expires_us = reader->Int();
  auto last_key = reader->Text();
  if (!expires_us.ok() || !last_key.ok() || clock_.Now() >= FromMicros(*expires_us)) {
    return PageTokenInvalid();
  }
  return last_key;
}

absl::StatusOr<int32_t> PageSize(int32_t asked, int32_t fallback, int32_t most) {
  if (asked < 0) return FieldInvalid("page_size", "must not be negative");
  return asked == 0 ? fallback : std::min(asked, most);
}

}  // namespace argosy::base
