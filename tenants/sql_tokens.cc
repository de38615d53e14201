#include "tenants/sql_tokens.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace argosy::tenants {
namespace {

constexpr absl::string_view kTenantName = ":tenant";

bool IsWordChar(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$';
}

size_t WordEnd(absl::string_view sql, size_t begin) {
  while (begin < sql.size() && IsWordChar(sql[begin])) ++begin;
  return begin;
}

// The position after the quoted text that begins at `begin`; npos when it does not end.
size_t QuotedEnd(absl::string_view sql, size_t begin) {
  const char quote = sql[begin];
  for (size_t i = begin + 1; i < sql.size(); ++i) {
    if (sql[i] == '\\' && quote != '`') {
      ++i;
    } else if (sql[i] == quote) {
      if (i + 1 < sql.size() && sql[i + 1] == quote) {
        ++i;
      } else {
        return i + 1;
      }
    }
  }
  return absl::string_view::npos;
}

// "--" begins a comment only before white space: "1 --1" is an addition.
bool IsDashComment(absl::string_view sql) {
  return absl::StartsWith(sql, "--") &&
         (sql.size() == 2 || absl::ascii_isspace(static_cast<unsigned char>(sql[2])));
}

// What looks like a comment and is run by the server: /*! ... */ and MariaDB's /*M! ... */.
bool IsExecutableComment(absl::string_view sql) {
  return absl::StartsWith(sql, "/*!") || absl::StartsWith(sql, "/*M!");
}

// The position after the white space and comments at `begin`.
size_t SkipBlank(absl::string_view sql, size_t begin) {
  while (begin < sql.size()) {
    const absl::string_view rest = sql.substr(begin);
    size_t end = absl::string_view::npos;
    if (absl::ascii_isspace(static_cast<unsigned char>(rest[0]))) {
      ++begin;
      continue;
    }
    if (IsDashComment(rest) || rest[0] == '#') {
      end = sql.find('\n', begin);
    } else if (absl::StartsWith(rest, "/*") && !IsExecutableComment(rest)) {
      end = sql.find("*/", begin + 2);
      if (end != absl::string_view::npos) ++end;
    } else {
      return begin;
    }
    begin = end == absl::string_view::npos ? sql.size() : end + 1;
  }
  return begin;
}

SqlToken Make(absl::string_view sql, SqlTokenKind kind, size_t begin, size_t end) {
  end = std::min(end, sql.size());
  return SqlToken{.kind = kind,
                  .text = std::string(sql.substr(begin, end - begin)),
                  .begin = begin,
                  .length = end - begin};
}

SqlToken Quoted(absl::string_view sql, size_t begin) {
  const size_t end = QuotedEnd(sql, begin);
  if (end == absl::string_view::npos) return Make(sql, SqlTokenKind::kUnknown, begin, end);
  SqlToken token = Make(sql, SqlTokenKind::kLiteral, begin, end);
  if (sql[begin] == '`') {
    token.kind = SqlTokenKind::kWord;
    token.text = absl::AsciiStrToLower(sql.substr(begin + 1, end - begin - 2));
  }
  return token;
}

SqlToken Next(absl::string_view sql, size_t begin) {
  const char c = sql[begin];
  if (IsExecutableComment(sql.substr(begin))) {
    return Make(sql, SqlTokenKind::kUnknown, begin, begin + 3);
  }
  if (c == '\'' || c == '"' || c == '`') return Quoted(sql, begin);
  if (c == '?') return Make(sql, SqlTokenKind::kPlaceholder, begin, begin + 1);
  if (c == ':') {
    SqlToken token = Make(sql, SqlTokenKind::kUnknown, begin, WordEnd(sql, begin + 1));
    if (token.text == kTenantName) token.kind = SqlTokenKind::kTenant;
    return token;
  }
  if (IsWordChar(c)) {
    const bool number = absl::ascii_isdigit(static_cast<unsigned char>(c));
    SqlToken token = Make(sql, number ? SqlTokenKind::kLiteral : SqlTokenKind::kWord, begin,
                          WordEnd(sql, begin));
    absl::AsciiStrToLower(&token.text);
    return token;
  }
  const bool pipes = absl::StartsWith(sql.substr(begin), "||");
  return Make(sql, SqlTokenKind::kSymbol, begin, begin + (pipes ? 2 : 1));
}

}  // namespace

std::vector<SqlToken> TokenizeSql(absl::string_view sql) {
  std::vector<SqlToken> tokens;
  for (size_t at = SkipBlank(sql, 0); at < sql.size(); at = SkipBlank(sql, at)) {
    SqlToken token = Next(sql, at);
    at += token.length;
    tokens.push_back(std::move(token));
  }
  return tokens;
}

}  // namespace argosy::tenants
