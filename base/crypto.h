// The cryptography the product uses, and no more of it: digests, sealed bytes, ES256 signatures and
// the checksum of API tokens. libsodium and libcjose stay behind this header.
#ifndef ARGOSY_BASE_CRYPTO_H_
#define ARGOSY_BASE_CRYPTO_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/random.h"

namespace argosy::base {

// SHA-256 (FIPS 180-4): 32 bytes.
std::string Sha256(absl::string_view bytes);

// The same of bytes that come in pieces. Not thread-safe.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(const Sha256Stream&) = delete;
  Sha256Stream& operator=(const Sha256Stream&) = delete;

  void Update(absl::string_view bytes);
  // Once, after the last piece.
  std::string Finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// BLAKE2b-256 (RFC 7693): 32 bytes, several times faster than Sha256. For keys of caches, never for
// what is stored or shown.
std::string Blake2b(absl::string_view bytes);

// HMAC-SHA-256 (RFC 2104): 32 bytes. `key` may have any length.
std::string HmacSha256(absl::string_view key, absl::string_view message);

// Whether `a` and `b` are equal, in a time that depends on their lengths alone.
bool ConstantTimeEquals(absl::string_view a, absl::string_view b);

// Six characters 0-9A-Za-z: CRC-32 (IEEE 802.3) of `text` in base 62, most significant first. It
// ends every API token, so that a scanner can tell one from chance text without asking the server.
std::string Base62Crc32(absl::string_view text);

// Authenticated encryption, XChaCha20-Poly1305. The nonce is random and long enough (24 bytes) that
// one key may seal any number of messages. Immutable, so safe to share between threads.
class SealingKey {
 public:
  static constexpr size_t kBytes = 32;

  // INVALID_ARGUMENT unless `secret` has exactly kBytes.
  static absl::StatusOr<SealingKey> FromBytes(absl::string_view secret);
  static SealingKey Generate(EntropySource& entropy);

  // Nonce, ciphertext and tag in one string. `context` is authenticated and not stored: Open must
  // be given the same.
  std::string Seal(absl::string_view plaintext, absl::string_view context,
                   EntropySource& entropy) const;
  // INVALID_ARGUMENT, without a word on why, unless Seal of this key and `context` made `sealed`.
  absl::StatusOr<std::string> Open(absl::string_view sealed, absl::string_view context) const;

 private:
  explicit SealingKey(std::string secret) : secret_(std::move(secret)) {}
  std::string secret_;
};

// What the protected header of a compact JWS claims, before anything is verified.
struct JwsHeader {
  std::string algorithm;
  std::string key_id;
};

// The header of `compact`. INVALID_ARGUMENT unless it is three base64url parts whose first is a
// JSON object with `alg` and `kid` as strings, without `crit`, and at most kCompactJwsBytesMax
// long.
absl::StatusOr<JwsHeader> ReadJwsHeader(absl::string_view compact);

// A token longer than this is refused unread: it would not fit a header beside the others.
inline constexpr size_t kCompactJwsBytesMax = 4096;

// A P-256 public key that verifies ES256 signatures (RFC 7518). Safe to share between threads.
class VerifyingKey {
 public:
  // INVALID_ARGUMENT unless `json` is a JWK of kty EC, crv P-256, with a kid.
  static absl::StatusOr<VerifyingKey> FromJwk(absl::string_view json);
  VerifyingKey(VerifyingKey&&) noexcept;
  VerifyingKey& operator=(VerifyingKey&&) noexcept;
  ~VerifyingKey();

  const std::string& key_id() const { return key_id_; }
  // The payload of `compact`. UNAUTHENTICATED unless its alg is ES256, its kid is this key's, and
  // the signature is good.
  absl::StatusOr<std::string> Verify(absl::string_view compact) const;

 private:
  friend class SigningKey;
  struct Handle;
  VerifyingKey(std::unique_ptr<Handle> handle, std::string key_id);

  std::unique_ptr<Handle> handle_;
  std::string key_id_;
};

// A P-256 private key that signs ES256. Safe to share between threads.
class SigningKey {
 public:
  // A new key. INTERNAL when the library fails.
  static absl::StatusOr<SigningKey> Generate(absl::string_view key_id);
  // INVALID_ARGUMENT unless `json` is a private JWK of kty EC, crv P-256, with a kid.
  static absl::StatusOr<SigningKey> FromJwk(absl::string_view json);
  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;
  ~SigningKey();

  const std::string& key_id() const { return key_id_; }
  // JWK with the private part: a secret.
  std::string PrivateJwk() const;
  // JWK without it, to be published.
  std::string PublicJwk() const;
  // The compact JWS of `payload` with alg ES256, typ JWT and this key's kid. INTERNAL when the
  // library fails.
  absl::StatusOr<std::string> Sign(absl::string_view payload) const;

 private:
  SigningKey(std::unique_ptr<VerifyingKey::Handle> handle, std::string key_id);

  std::unique_ptr<VerifyingKey::Handle> handle_;
  std::string key_id_;
};

}  // namespace argosy::base

#endif  // ARGOSY_BASE_CRYPTO_H_
