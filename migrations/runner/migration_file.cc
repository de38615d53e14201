#include "migrations/runner/migration_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "base/crypto.h"
#include "base/status_macros.h"
#include "migrations/runner/errors.h"

namespace argosy::migrations {
namespace {

constexpr absl::string_view kUp = "-- migrate:up\n";
constexpr absl::string_view kDown = "-- migrate:down\n";

// `text` without its closing semicolon. A semicolon elsewhere is refused even inside a string: two
// statements in one file cannot be undone together.
absl::StatusOr<std::string> OneStatement(absl::string_view name, absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (!absl::ConsumeSuffix(&text, ";")) {
    return FileMalformed(name, "a part does not end with a semicolon");
  }
  text = absl::StripTrailingAsciiWhitespace(text);
  if (text.empty()) return FileMalformed(name, "a part has no statement");
  if (absl::StrContains(text, ';')) return FileMalformed(name, "a part has two statements");
  return std::string(text);
}

// `content` from its first line that is neither blank nor a comment; a migrate line is no comment.
absl::string_view SkipLeadingComments(absl::string_view content) {
  while (!absl::StartsWith(content, kUp)) {
    const size_t end = content.find('\n');
    const absl::string_view line = content.substr(0, end);
    const bool comment = absl::StartsWith(line, "--") && !absl::StartsWith(line, "-- migrate:");
    const bool blank = absl::StripAsciiWhitespace(line).empty();
    if (end == absl::string_view::npos || !(comment || blank)) break;
    content.remove_prefix(end + 1);
  }
  return content;
}

absl::StatusOr<std::vector<std::string>> SqlFiles(const std::string& folder) {
  std::error_code error;
  std::filesystem::directory_iterator entry(folder, error);
  if (error) return FileUnreadable(folder);
  std::vector<std::string> paths;
  for (; entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    if (entry->path().extension() == ".sql" && entry->path().filename() != "schema.sql") {
      paths.push_back(entry->path().string());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string content((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file.good() && !file.eof()) return FileUnreadable(path);
  return content;
}

}  // namespace

absl::StatusOr<Migration> ParseMigration(absl::string_view name, absl::string_view content) {
  Migration migration;
  migration.name = std::string(name);
  const size_t underscore = name.find('_');
  migration.version = std::string(name.substr(0, underscore));
  const bool digits = migration.version.size() == 4 &&
                      std::all_of(migration.version.begin(), migration.version.end(),
                                  [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || underscore == absl::string_view::npos || !absl::EndsWith(name, ".sql")) {
    return FileMalformed(name, "the name is not NNNN_verb_noun.sql");
  }
  const absl::string_view parts = SkipLeadingComments(content);
  const size_t down = parts.find(kDown);
  if (!absl::StartsWith(parts, kUp) || down == absl::string_view::npos) {
    return FileMalformed(name, "needs '-- migrate:up' first and '-- migrate:down' after it");
  }
  ASSIGN_OR_RETURN(migration.up, OneStatement(name, parts.substr(kUp.size(), down - kUp.size())));
  ASSIGN_OR_RETURN(migration.down, OneStatement(name, parts.substr(down + kDown.size())));
  migration.content_sha256 = absl::BytesToHexString(base::Sha256(content));
  return migration;
}

absl::StatusOr<std::vector<Migration>> LoadMigrations(const std::vector<std::string>& folders) {
  std::vector<Migration> migrations;
  for (const std::string& folder : folders) {
    ASSIGN_OR_RETURN(const std::vector<std::string> paths, SqlFiles(folder));
    for (const std::string& path : paths) {
      ASSIGN_OR_RETURN(const std::string content, ReadFile(path));
      ASSIGN_OR_RETURN(Migration migration,
                       ParseMigration(std::filesystem::path(path).filename().string(), content));
      if (!migrations.empty() && migrations.back().version >= migration.version) {
        return FileMalformed(path, "its version does not rise");
      }
      migrations.push_back(std::move(migration));
    }
  }
  return migrations;
}

}  // namespace argosy::migrations
