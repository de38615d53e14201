// Where in a request something stands: "facts[3].order.inquiry".
#ifndef ARGOSY_RPC_FIELD_PATH_H_
#define ARGOSY_RPC_FIELD_PATH_H_

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace argosy::rpc {

// A chain on the stack, spelled out only for a refusal. What it refers to outlives it.
struct FieldPath {
  const FieldPath* above = nullptr;
  absl::string_view name;
  int64_t index = -1;                // of an item
  const std::string* key = nullptr;  // of a map's entry, shown up to 64 bytes
};

// As deep as the message: at most the 100 levels that protobuf parses.
inline std::string Spell(const FieldPath& path) {
  std::string text = path.above == nullptr ? "" : Spell(*path.above);
  if (!path.name.empty()) absl::StrAppend(&text, text.empty() ? "" : ".", path.name);
  if (path.index >= 0) absl::StrAppend(&text, "[", path.index, "]");
  if (path.key != nullptr) {
    absl::StrAppend(&text, "[\"", absl::string_view(*path.key).substr(0, 64), "\"]");
  }
  return text;
}

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_FIELD_PATH_H_
