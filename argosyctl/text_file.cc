#include "argosyctl/text_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <sstream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::ctl {
namespace {

absl::Status FileFailed(const std::string& path, const std::string& why) {
  return base::FieldInvalid(path, why);
}

bool WriteAll(int file, const std::string& bytes) {
  size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t written = ::write(file, bytes.data() + done, bytes.size() - done);
    if (written < 0) return false;
    done += static_cast<size_t>(written);
  }
  return ::fsync(file) == 0;
}

}  // namespace

absl::StatusOr<std::ifstream> OpenFile(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    return absl::NotFoundError(absl::StrCat("there is no file '", path, "'"));
  }
  if (std::filesystem::is_directory(path, error)) return FileFailed(path, "is a folder");
  std::ifstream file(path, std::ios::binary);
  if (!file) return FileFailed(path, "cannot be read");
  return file;
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  ASSIGN_OR_RETURN(const std::ifstream file, OpenFile(path));
  std::ostringstream bytes;
  bytes << file.rdbuf();
  if (!file) return FileFailed(path, "cannot be read");
  return bytes.str();
}

absl::Status WriteFile(const std::string& path, const std::string& bytes, FileAccess access) {
  const std::filesystem::path target(path);
  std::error_code error;
  if (target.has_parent_path()) std::filesystem::create_directories(target.parent_path(), error);
  if (error) return FileFailed(path, error.message());
  const std::string temporary = absl::StrCat(path, ".new");
  ::unlink(temporary.c_str());
  const mode_t mode = access == FileAccess::kOwnerOnly ? 0600 : 0644;
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL, mode);
  if (file < 0) return FileFailed(path, std::strerror(errno));
  const bool written = WriteAll(file, bytes);
  ::close(file);
  if (!written || ::rename(temporary.c_str(), path.c_str()) != 0) {
    return FileFailed(path, std::strerror(errno));
  }
  return absl::OkStatus();
}

}  // namespace argosy::ctl
