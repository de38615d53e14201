#include "base/bytes.h"

#include "base/status_macros.h"

namespace argosy::base {
namespace {

constexpr size_t kIntBytes = 8;

absl::Status Truncated() { return absl::DataLossError("canonical bytes end early"); }

}  // namespace

ByteWriter::ByteWriter(uint8_t version) { bytes_.push_back(static_cast<char>(version)); }

ByteWriter& ByteWriter::Int(int64_t value) {
  const auto bits = static_cast<uint64_t>(value);
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes_.push_back(static_cast<char>((bits >> shift) & 0xff));
  }
  return *this;
}

ByteWriter& ByteWriter::Text(absl::string_view value) {
  Int(static_cast<int64_t>(value.size()));
  bytes_.append(value.data(), value.size());
  return *this;
}

ByteWriter& ByteWriter::OptionalInt(const std::optional<int64_t>& value) {
  bytes_.push_back(value.has_value() ? '\1' : '\0');
  return value.has_value() ? Int(*value) : *this;
}

absl::StatusOr<ByteReader> ByteReader::Open(absl::string_view bytes, uint8_t version) {
  if (bytes.empty() || static_cast<uint8_t>(bytes[0]) != version) {
    return absl::DataLossError("canonical bytes are of another version");
  }
  return ByteReader(bytes.substr(1));
}

absl::StatusOr<int64_t> ByteReader::Int() {
  if (rest_.size() < kIntBytes) return Truncated();
  uint64_t bits = 0;
  for (size_t i = 0; i < kIntBytes; ++i) {
    bits = (bits << 8) | static_cast<uint8_t>(rest_[i]);
  }
  rest_.remove_prefix(kIntBytes);
  return static_cast<int64_t>(bits);
}

absl::StatusOr<std::string> ByteReader::Text() {
  ASSIGN_OR_RETURN(const int64_t length, Int());
  if (length < 0 || static_cast<uint64_t>(length) > rest_.size()) return Truncated();
  std::string text(rest_.substr(0, static_cast<size_t>(length)));
  rest_.remove_prefix(static_cast<size_t>(length));
  return text;
}

absl::StatusOr<std::optional<int64_t>> ByteReader::OptionalInt() {
  if (rest_.empty()) return Truncated();
  const bool present = rest_[0] != '\0';
  rest_.remove_prefix(1);
  if (!present) return std::optional<int64_t>();
  ASSIGN_OR_RETURN(const int64_t value, Int());
  return std::optional<int64_t>(value);
}

}  // namespace argosy::base
