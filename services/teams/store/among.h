// What a listing is narrowed to, so that its pages are made of nothing else.
#ifndef ARGOSY_SERVICES_TEAMS_STORE_AMONG_H_
#define ARGOSY_SERVICES_TEAMS_STORE_AMONG_H_

#include <optional>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_join.h"
#include "storage/value.h"

namespace argosy::teams {

// The ids a listing is narrowed to, none when the set is empty; absent does not narrow it.
template <typename Id>
using Among = std::optional<absl::flat_hash_set<Id>>;

// The bind of "COALESCE(FIND_IN_SET(t.id, ?), 1) > 0": one text, because the statement is the same
// for any number of ids, and an id has no comma. NULL finds NULL.
template <typename Id>
storage::Value AmongValue(const Among<Id>& among) {
  if (!among.has_value()) return storage::Null();
  return storage::Text(
      absl::StrJoin(*among, ",", [](std::string* out, const Id& id) { out->append(id.text()); }));
}

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_STORE_AMONG_H_
