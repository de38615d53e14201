// Whether a file is UTF-8, checked as it streams by.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_CSV_ENCODING_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_CSV_ENCODING_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace argosy::metrics {

// The length of the UTF-8 byte order mark `file` begins with: 3, or 0 without one.
// INVALID_ARGUMENT / CSV_ENCODING for a UTF-16 or UTF-32 mark. `file` must hold the first 4 bytes
// of the file, or all of it.
absl::StatusOr<size_t> ByteOrderMark(absl::string_view file);

// Takes the bytes of a file in order, cut anywhere. Well-formed UTF-8 is table 3-7 of the Unicode
// Standard; NUL is refused too, since no text file has one.
class Utf8Check {
 public:
  // `byte_offset` is where in the file the first byte fed stands.
  explicit Utf8Check(int64_t byte_offset) : byte_offset_(byte_offset) {}

  // INVALID_ARGUMENT / CSV_ENCODING naming the offset of the first byte that cannot stand there.
  absl::Status Feed(absl::string_view bytes);
  // CSV_ENCODING when a character is unfinished.
  absl::Status Finish() const;

 private:
  absl::Status Begin(unsigned char byte);

  int64_t byte_offset_;
  int missing_ = 0;           // continuation bytes still to come
  unsigned char low_ = 0x80;  // bounds of the next continuation byte
  unsigned char high_ = 0xBF;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_CSV_ENCODING_H_
