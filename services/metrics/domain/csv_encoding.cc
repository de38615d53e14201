#include "services/metrics/domain/csv_encoding.h"

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "services/metrics/domain/import_errors.h"

namespace argosy::metrics {

absl::StatusOr<size_t> ByteOrderMark(absl::string_view file) {
  if (absl::StartsWith(file, "\xEF\xBB\xBF")) return size_t{3};
  // UTF-32 first: its little-endian mark begins with that of UTF-16.
  if (absl::StartsWith(file, absl::string_view("\xFF\xFE\0\0", 4)) ||
      absl::StartsWith(file, absl::string_view("\0\0\xFE\xFF", 4))) {
    return CsvEncoding(0, "a UTF-32 byte order mark");
  }
  if (absl::StartsWith(file, "\xFF\xFE") || absl::StartsWith(file, "\xFE\xFF")) {
    return CsvEncoding(0, "a UTF-16 byte order mark");
  }
  return size_t{0};
}

absl::Status Utf8Check::Begin(unsigned char byte) {
  low_ = 0x80;
  high_ = 0xBF;
  if (byte >= 0xC2 && byte <= 0xDF) {
    missing_ = 1;
  } else if (byte >= 0xE0 && byte <= 0xEF) {
    missing_ = 2;
    if (byte == 0xE0) low_ = 0xA0;   // shorter forms exist
    if (byte == 0xED) high_ = 0x9F;  // surrogates
  } else if (byte >= 0xF0 && byte <= 0xF4) {
    missing_ = 3;
    if (byte == 0xF0) low_ = 0x90;
    if (byte == 0xF4) high_ = 0x8F;  // beyond U+10FFFF
  } else {
    return CsvEncoding(byte_offset_, absl::StrFormat("byte 0x%02X", byte));
  }
  return absl::OkStatus();
}

absl::Status Utf8Check::Feed(absl::string_view bytes) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (missing_ > 0) {
      if (byte < low_ || byte > high_) {
        return CsvEncoding(byte_offset_, absl::StrFormat("byte 0x%02X", byte));
      }
      --missing_;
      low_ = 0x80;
      high_ = 0xBF;
    } else if (byte == 0) {
      return CsvEncoding(byte_offset_, "a NUL");
    } else if (byte >= 0x80) {
      if (absl::Status status = Begin(byte); !status.ok()) return status;
    }
    ++byte_offset_;
  }
  return absl::OkStatus();
}

absl::Status Utf8Check::Finish() const {
  if (missing_ > 0) return CsvEncoding(byte_offset_, "the end inside a character");
  return absl::OkStatus();
}

}  // namespace argosy::metrics
