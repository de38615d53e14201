#include "base/crypto.h"

#include <cjose/header.h>
#include <cjose/jwk.h>
#include <cjose/jws.h>
#include <jansson.h>
#include <sodium.h>

#include <array>
#include <boost/crc.hpp>
#include <cstdlib>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"

namespace argosy::base {
namespace {

constexpr absl::string_view kAlgorithm = "ES256";
constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(SealingKey::kBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* Octets(absl::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* Octets(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

template <auto kRelease>
struct Releaser {
  template <typename T>
  void operator()(T* pointer) const {
    kRelease(pointer);
  }
};
using JsonPtr = std::unique_ptr<json_t, Releaser<json_decref>>;
using HeaderPtr = std::unique_ptr<cjose_header_t, Releaser<cjose_header_release>>;
using JwsPtr = std::unique_ptr<cjose_jws_t, Releaser<cjose_jws_release>>;
using CTextPtr = std::unique_ptr<char, Releaser<std::free>>;

absl::Status BadJws() { return absl::InvalidArgumentError("not a compact JWS"); }
absl::Status BadJwk() { return absl::InvalidArgumentError("not an EC P-256 JWK with a kid"); }
absl::Status BadSignature() { return absl::UnauthenticatedError("signature does not verify"); }
absl::Status LibraryFailed(const cjose_err& error) {
  return absl::InternalError(error.message == nullptr ? "cjose failed" : error.message);
}

// The string member `key` of `object`, or nullptr.
const char* StringMember(const json_t* object, const char* key) {
  return json_string_value(json_object_get(object, key));
}

}  // namespace

std::string Sha256(absl::string_view bytes) {
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(Octets(digest), Octets(bytes), bytes.size());
  return digest;
}

struct Sha256Stream::State {
  crypto_hash_sha256_state sha;
};

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>()) {
  crypto_hash_sha256_init(&state_->sha);
}

Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::Update(absl::string_view bytes) {
  crypto_hash_sha256_update(&state_->sha, Octets(bytes), bytes.size());
}

std::string Sha256Stream::Finish() {
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256_final(&state_->sha, Octets(digest));
  return digest;
}

std::string Blake2b(absl::string_view bytes) {
  // Without it the library stays with its portable code.
  static const int initialized = sodium_init();
  std::string digest(initialized >= 0 ? crypto_generichash_BYTES : 0, '\0');
  crypto_generichash(Octets(digest), digest.size(), Octets(bytes), bytes.size(), nullptr, 0);
  return digest;
}

std::string HmacSha256(absl::string_view key, absl::string_view message) {
  std::string tag(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, Octets(key), key.size());
  crypto_auth_hmacsha256_update(&state, Octets(message), message.size());
  crypto_auth_hmacsha256_final(&state, Octets(tag));
  return tag;
}

bool ConstantTimeEquals(absl::string_view a, absl::string_view b) {
  return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
}

std::string Base62Crc32(absl::string_view text) {
  constexpr absl::string_view kDigits =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  boost::crc_32_type crc;
  crc.process_bytes(text.data(), text.size());
  uint32_t rest = crc.checksum();
  std::string digits(6, '0');  // 62^6 > 2^32
  for (size_t i = digits.size(); i-- > 0; rest /= 62) digits[i] = kDigits[rest % 62];
  return digits;
}

absl::StatusOr<SealingKey> SealingKey::FromBytes(absl::string_view secret) {
  if (secret.size() != kBytes) {
    return absl::InvalidArgumentError("a sealing key has exactly 32 bytes");
  }
  return SealingKey(std::string(secret));
}

SealingKey SealingKey::Generate(EntropySource& entropy) {
  return SealingKey(entropy.Bytes(kBytes));
}

std::string SealingKey::Seal(absl::string_view plaintext, absl::string_view context,
                             EntropySource& entropy) const {
  std::string sealed = entropy.Bytes(kNonceBytes);
  sealed.resize(kNonceBytes + plaintext.size() + kTagBytes);
  unsigned char* const nonce = Octets(sealed);
  crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + kNonceBytes, nullptr, Octets(plaintext),
                                             plaintext.size(), Octets(context), context.size(),
                                             nullptr, nonce, Octets(secret_));
  return sealed;
}

absl::StatusOr<std::string> SealingKey::Open(absl::string_view sealed,
                                             absl::string_view context) const {
  if (sealed.size() < kNonceBytes + kTagBytes) {
    return absl::InvalidArgumentError("not sealed by this key");
  }
  const absl::string_view body = sealed.substr(kNonceBytes);
  std::string plaintext(body.size() - kTagBytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(Octets(plaintext), nullptr, nullptr, Octets(body),
                                                 body.size(), Octets(context), context.size(),
                                                 Octets(sealed), Octets(secret_)) != 0) {
    return absl::InvalidArgumentError("not sealed by this key");
  }
  return plaintext;
}

absl::StatusOr<JwsHeader> ReadJwsHeader(absl::string_view compact) {
  if (compact.size() > kCompactJwsBytesMax) return BadJws();
  const std::vector<absl::string_view> parts = absl::StrSplit(compact, '.');
  std::string text;
  if (parts.size() != 3 || !absl::WebSafeBase64Unescape(parts[0], &text)) return BadJws();
  const JsonPtr header(json_loadb(text.data(), text.size(), JSON_REJECT_DUPLICATES, nullptr));
  const char* const algorithm = StringMember(header.get(), "alg");
  const char* const key_id = StringMember(header.get(), "kid");
  // A header that must be understood (`crit`) names extensions this product has none of.
  if (algorithm == nullptr || key_id == nullptr ||
      json_object_get(header.get(), "crit") != nullptr) {
    return BadJws();
  }
  return JwsHeader{.algorithm = algorithm, .key_id = key_id};
}

struct VerifyingKey::Handle {
  explicit Handle(cjose_jwk_t* key) : jwk(key) {}
  ~Handle() { cjose_jwk_release(jwk); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  bool IsP256() const {
    cjose_err error;
    return cjose_jwk_get_kty(jwk, &error) == CJOSE_JWK_KTY_EC &&
           cjose_jwk_EC_get_curve(jwk, &error) == CJOSE_JWK_EC_P_256;
  }
  std::string KeyId() const {
    cjose_err error;
    const char* const id = cjose_jwk_get_kid(jwk, &error);
    return id == nullptr ? "" : id;
  }

  cjose_jwk_t* jwk;
};

VerifyingKey::VerifyingKey(std::unique_ptr<Handle> handle, std::string key_id)
    : handle_(std::move(handle)), key_id_(std::move(key_id)) {}
VerifyingKey::VerifyingKey(VerifyingKey&&) noexcept = default;
VerifyingKey& VerifyingKey::operator=(VerifyingKey&&) noexcept = default;
VerifyingKey::~VerifyingKey() = default;

absl::StatusOr<VerifyingKey> VerifyingKey::FromJwk(absl::string_view json) {
  cjose_err error;
  cjose_jwk_t* const jwk = cjose_jwk_import(json.data(), json.size(), &error);
  if (jwk == nullptr) return BadJwk();
  auto handle = std::make_unique<Handle>(jwk);
  std::string key_id = handle->KeyId();
  if (!handle->IsP256() || key_id.empty()) return BadJwk();
  return VerifyingKey(std::move(handle), std::move(key_id));
}

absl::StatusOr<std::string> VerifyingKey::Verify(absl::string_view compact) const {
  const auto header = ReadJwsHeader(compact);
  if (!header.ok() || header->algorithm != kAlgorithm || header->key_id != key_id_) {
    return BadSignature();
  }
  cjose_err error;
  const JwsPtr jws(cjose_jws_import(compact.data(), compact.size(), &error));
  if (jws == nullptr || !cjose_jws_verify(jws.get(), handle_->jwk, &error)) return BadSignature();
  uint8_t* payload = nullptr;  // owned by `jws`
  size_t size = 0;
  if (!cjose_jws_get_plaintext(jws.get(), &payload, &size, &error)) return BadSignature();
  return std::string(reinterpret_cast<const char*>(payload), size);
}

SigningKey::SigningKey(std::unique_ptr<VerifyingKey::Handle> handle, std::string key_id)
    : handle_(std::move(handle)), key_id_(std::move(key_id)) {}
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

absl::StatusOr<SigningKey> SigningKey::Generate(absl::string_view key_id) {
  cjose_err error;
  cjose_jwk_t* const jwk = cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &error);
  if (jwk == nullptr) return LibraryFailed(error);
  auto handle = std::make_unique<VerifyingKey::Handle>(jwk);
  if (!cjose_jwk_set_kid(jwk, key_id.data(), key_id.size(), &error)) return LibraryFailed(error);
  return SigningKey(std::move(handle), std::string(key_id));
}

absl::StatusOr<SigningKey> SigningKey::FromJwk(absl::string_view json) {
  ASSIGN_OR_RETURN(VerifyingKey key, VerifyingKey::FromJwk(json));
  SigningKey signing(std::move(key.handle_), key.key_id_);
  const std::string exported = signing.PrivateJwk();
  const JsonPtr members(json_loadb(exported.data(), exported.size(), 0, nullptr));
  if (StringMember(members.get(), "d") == nullptr) {
    return absl::InvalidArgumentError("the JWK has no private part");
  }
  return signing;
}

std::string SigningKey::PrivateJwk() const {
  cjose_err error;
  const CTextPtr json(cjose_jwk_to_json(handle_->jwk, true, &error));
  return json == nullptr ? "" : json.get();
}

std::string SigningKey::PublicJwk() const {
  cjose_err error;
  const CTextPtr json(cjose_jwk_to_json(handle_->jwk, false, &error));
  return json == nullptr ? "" : json.get();
}

absl::StatusOr<std::string> SigningKey::Sign(absl::string_view payload) const {
  cjose_err error;
  const HeaderPtr header(cjose_header_new(&error));
  if (header == nullptr ||
      !cjose_header_set(header.get(), CJOSE_HDR_ALG, CJOSE_HDR_ALG_ES256, &error) ||
      !cjose_header_set(header.get(), "typ", "JWT", &error) ||
      !cjose_header_set(header.get(), CJOSE_HDR_KID, key_id_.c_str(), &error)) {
    return LibraryFailed(error);
  }
  const JwsPtr jws(
      cjose_jws_sign(handle_->jwk, header.get(), Octets(payload), payload.size(), &error));
  const char* compact = nullptr;  // owned by `jws`
  if (jws == nullptr || !cjose_jws_export(jws.get(), &compact, &error)) return LibraryFailed(error);
  return std::string(compact);
}

}  // namespace argosy::base
