// Page tokens: where a listing goes on, sealed so that a client can neither read nor make one.
//
//   PageTokens tokens(key, entropy, clock);
//   ASSIGN_OR_RETURN(const std::string after, tokens.Open(scope, request.page_token()));
//   ... SELECT ... WHERE id > ? ...
//   reply.set_next_page_token(tokens.Seal(scope, last_key));
//
// A token grants nothing: every page is authorised like the first.
#ifndef ARGOSY_BASE_PAGE_TOKEN_H_
#define ARGOSY_BASE_PAGE_TOKEN_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/ids.h"
#include "base/random.h"

namespace argosy::base {

// INVALID_ARGUMENT / PAGE_TOKEN_INVALID, in the same words whatever is wrong with the token.
absl::Status PageTokenInvalid();

// What a token is good for; it opens only under the same.
struct PageScope {
  TenantUid tenant;
  std::string method;   // full name of the RPC: "argosy.metrics.v1.FactService.ListFacts"
  std::string filters;  // canonical bytes of every request field that picks or orders the rows
};

// Seals and opens. Thread-safe. `entropy` and `clock` must outlive it.
class PageTokens {
 public:
  // Long enough for a person to come back after a weekend.
  static constexpr absl::Duration kLifetime = absl::Hours(72);
  // The largest key of a row is a few names; more than this was never made here.
  static constexpr size_t kTokenBytesMax = 2048;

  PageTokens(SealingKey key, EntropySource& entropy, const Clock& clock);

  // The token that goes on after `last_key`, in base64url.
  std::string Seal(const PageScope& scope, absl::string_view last_key) const;
  // The last key sealed in `token`, or "" for an empty token (the first page). PAGE_TOKEN_INVALID
  // for a token that is not ours, of another scope, or past its lifetime.
  absl::StatusOr<std::string> Open(const PageScope& scope, absl::string_view token) const;

 private:
  SealingKey key_;
  EntropySource& entropy_;
  const Clock& clock_;
};

// How many rows a page has: 0 asks for `fallback`, more than `most` gets `most`.
// INVALID_ARGUMENT / FIELD_INVALID for a negative size.
absl::StatusOr<int32_t> PageSize(int32_t asked, int32_t fallback, int32_t most);

}  // namespace argosy::base

#endif  // ARGOSY_BASE_PAGE_TOKEN_H_
