// Cuts SQL into tokens, as far as the tenant predicate needs it. Private to tenants/.
#ifndef ARGOSY_TENANTS_SQL_TOKENS_H_
#define ARGOSY_TENANTS_SQL_TOKENS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace argosy::tenants {

enum class SqlTokenKind : uint8_t {
  kWord,         // a keyword, or an identifier without its backquotes
  kTenant,       // :tenant
  kPlaceholder,  // ?
  kLiteral,      // a string or a number
  kSymbol,       // one character of punctuation; "||" is one symbol
  kUnknown,      // another named placeholder, or a string that does not end
};

struct SqlToken {
  SqlTokenKind kind;
  std::string text;  // a word in lower case
  size_t begin;      // where it stands in the SQL
  size_t length;
};

// The tokens of `sql` without its comments.
std::vector<SqlToken> TokenizeSql(absl::string_view sql);

}  // namespace argosy::tenants

#endif  // ARGOSY_TENANTS_SQL_TOKENS_H_
