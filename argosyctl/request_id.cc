#include "argosyctl/request_id.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/bytes.h"
#include "base/crypto.h"

namespace argosy::ctl {
namespace {

std::string UuidText(std::string bytes, unsigned char version) {
  bytes.resize(16);
  bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0f) | version << 4);
  bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3f) | 0x80);
  const std::string hex = absl::BytesToHexString(bytes);
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-",
                      hex.substr(16, 4), "-", hex.substr(20));
}

}  // namespace

std::string NewRequestId(base::EntropySource& entropy) { return UuidText(entropy.Bytes(16), 4); }

std::string DerivedRequestId(const std::vector<std::string>& parts) {
  constexpr uint8_t kLayout = 1;
  base::ByteWriter writer(kLayout);
  for (const std::string& part : parts) writer.Text(part);
  return UuidText(base::Sha256(writer.bytes()), 8);
}

}  // namespace argosy::ctl
