// Whole small files.
#ifndef ARGOSY_ARGOSYCTL_TEXT_FILE_H_
#define ARGOSY_ARGOSYCTL_TEXT_FILE_H_

#include <fstream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace argosy::ctl {

// A text and the file it was read from, for what is said of it. Views into what the caller holds.
struct NamedText {
  absl::string_view path;
  absl::string_view text;
};

// The file, open for reading. NOT_FOUND when it does not exist, INVALID_ARGUMENT / FIELD_INVALID
// when it cannot be read.
absl::StatusOr<std::ifstream> OpenFile(const std::string& path);

// The bytes of the file. NOT_FOUND when it does not exist, INVALID_ARGUMENT / FIELD_INVALID when it
// cannot be read.
absl::StatusOr<std::string> ReadFile(const std::string& path);

enum class FileAccess { kOwnerOnly, kEverybodyReads };

// Replaces the file in one step, its directory made when missing: a reader sees the old bytes or
// the new ones. The mode is 0600 or 0644 from the first byte on.
absl::Status WriteFile(const std::string& path, const std::string& bytes, FileAccess access);

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_TEXT_FILE_H_
