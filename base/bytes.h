// Canonical bytes: length-prefixed fields in a stated order, for hashes and stored payloads.
//
// Integers are 8 bytes big-endian; a string is its length and its bytes. Two different sequences of
// fields never give the same bytes, which text joined by a separator cannot promise.
#ifndef ARGOSY_BASE_BYTES_H_
#define ARGOSY_BASE_BYTES_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace argosy::base {

class ByteWriter {
 public:
  // `version` is the first byte, so that the layout can change without ambiguity.
  explicit ByteWriter(uint8_t version);

  ByteWriter& Int(int64_t value);
  ByteWriter& Text(absl::string_view value);
  // An absent value differs from every present one.
  ByteWriter& OptionalInt(const std::optional<int64_t>& value);

  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Reads what ByteWriter wrote. Every read fails with DATA_LOSS past the end.
class ByteReader {
 public:
  // `bytes` must outlive the reader. Fails with DATA_LOSS when the version byte is another one.
  static absl::StatusOr<ByteReader> Open(absl::string_view bytes, uint8_t version);

  absl::StatusOr<int64_t> Int();
  absl::StatusOr<std::string> Text();
  absl::StatusOr<std::optional<int64_t>> OptionalInt();
  bool at_end() const { return rest_.empty(); }

 private:
  explicit ByteReader(absl::string_view rest) : rest_(rest) {}

  absl::string_view rest_;
};

}  // namespace argosy::base

#endif  // ARGOSY_BASE_BYTES_H_
