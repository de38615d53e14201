// What of a command line argosyctl does not know, said with the nearest word that it does.
#ifndef ARGOSY_ARGOSYCTL_UNKNOWN_WORD_H_
#define ARGOSY_ARGOSYCTL_UNKNOWN_WORD_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace argosy::ctl {

// The one of `words` that `text` most likely means: at most two letters to insert, delete, replace
// or swap with the next, and fewer than it has; the first of equally near ones. "" for none.
std::string NearestWord(absl::string_view text, const std::vector<std::string>& words);

// Which noun, verb, flag or argument of the line that `root` has parsed is none of its, for people;
// "" when every word is known.
std::string UnknownWordText(const CLI::App& root);

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_UNKNOWN_WORD_H_
