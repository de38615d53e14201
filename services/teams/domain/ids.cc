#include "services/teams/domain/ids.h"

#include <cstddef>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/bytes.h"
#include "base/crypto.h"

namespace argosy::teams {

std::string RowEtag(const base::Uuid& uid, int64_t version) {
  constexpr uint8_t kEtagVersion = 1;
  constexpr size_t kEtagBytes = 16;
  const std::string digest =
      base::Sha256(base::ByteWriter(kEtagVersion).Text(uid.ToBytes()).Int(version).bytes());
  return absl::StrCat("\"", absl::BytesToHexString(digest.substr(0, kEtagBytes)), "\"");
}

}  // namespace argosy::teams
