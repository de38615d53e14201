#include "base/ids.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/fault.h"

namespace argosy::base {
namespace {

constexpr size_t kTextLength = 36;
constexpr std::array<size_t, 4> kDashes = {8, 13, 18, 23};
constexpr size_t kSlugMin = 3;
constexpr size_t kSlugMax = 63;

bool IsLowerHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

absl::Status UuidInvalid(absl::string_view text) {
  return FieldInvalid("uuid", absl::StrCat("'", absl::CHexEscape(text.substr(0, 64)),
                                           "' is not a UUID in lower-case 8-4-4-4-12 form"));
}

}  // namespace

absl::StatusOr<Uuid> Uuid::Parse(absl::string_view text) {
  if (text.size() != kTextLength) return UuidInvalid(text);
  std::string hex;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = std::find(kDashes.begin(), kDashes.end(), i) != kDashes.end();
    if (dash ? text[i] != '-' : !IsLowerHex(text[i])) return UuidInvalid(text);
    if (!dash) hex.push_back(text[i]);
  }
  return FromBytes(absl::HexStringToBytes(hex));
}

absl::StatusOr<Uuid> Uuid::FromBytes(absl::string_view bytes) {
  if (bytes.size() != kBytes) return Internal("a UUID column does not hold 16 bytes");
  Uuid uuid;
  std::memcpy(uuid.bytes_.data(), bytes.data(), kBytes);
  return uuid;
}

std::string Uuid::ToBytes() const {
  return std::string(reinterpret_cast<const char*>(bytes_.data()), kBytes);
}

std::string Uuid::ToString() const {
  std::string text = absl::BytesToHexString(ToBytes());
  for (const size_t position : kDashes) text.insert(position, 1, '-');
  return text;
}

Uuid IdSource::NewUuid(absl::Time now) {
  Uuid uuid;
  const std::string random = entropy_.Bytes(Uuid::kBytes);
  std::memcpy(uuid.bytes_.data(), random.data(), Uuid::kBytes);
  const auto millis = static_cast<uint64_t>(absl::ToUnixMillis(now));
  for (size_t i = 0; i < 6; ++i) {
    uuid.bytes_[i] = static_cast<uint8_t>(millis >> (8 * (5 - i)));
  }
  uuid.bytes_[6] = static_cast<uint8_t>((uuid.bytes_[6] & 0x0f) | 0x70);
  uuid.bytes_[8] = static_cast<uint8_t>((uuid.bytes_[8] & 0x3f) | 0x80);
  return uuid;
}

namespace {

absl::Status SlugImpossible(absl::string_view name) {
  const std::string quoted = absl::Utf8SafeCHexEscape(name);
  return MakeFault(absl::StatusCode::kInvalidArgument,
                   absl::StrCat("'", quoted, "' gives no id of [a-z][a-z0-9-]{2,62}"),
                   {.reason = "SLUG_IMPOSSIBLE", .metadata = {{"name", quoted}}});
}

}  // namespace

absl::StatusOr<std::string> SlugFromName(absl::string_view name) {
  std::string slug;
  bool gap = false;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) return SlugImpossible(name);
    if (!absl::ascii_isalnum(byte)) {
      gap = !slug.empty();
      continue;
    }
    if (gap) slug.push_back('-');
    gap = false;
    slug.push_back(absl::ascii_tolower(byte));
  }
  if (!IsSlug(slug)) return SlugImpossible(name);
  return slug;
}

bool IsSlug(absl::string_view text) {
  if (text.size() < kSlugMin || text.size() > kSlugMax) return false;
  if (!absl::ascii_islower(static_cast<unsigned char>(text[0]))) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

absl::Status SlugInvalid(absl::string_view text) {
  return FieldInvalid("id", absl::StrCat("'", absl::CHexEscape(text.substr(0, 64)),
                                         "' is not 3 to 63 characters of a-z, 0-9 and '-', "
                                         "beginning with a letter"));
}

}  // namespace argosy::base
