#include "argosyctl/json_reader.h"

#include <google/protobuf/util/json_util.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace argosy::ctl {

absl::Status ReadJsonMessage(absl::string_view json, absl::string_view place,
                             google::protobuf::Message& message) {
  const auto status =
      google::protobuf::util::JsonStringToMessage({json.data(), json.size()}, &message);
  if (status.ok()) return absl::OkStatus();
  // Of a malformed text the reader shows the line and, below it, where it stopped.
  std::string why = absl::StrReplaceAll(std::string(status.message()),
                                        {{"\n", " "}, {"type.googleapis.com/", ""}});
  absl::RemoveExtraAsciiWhitespace(&why);
  why = std::string(absl::StripSuffix(why, " ^"));
  if (place.empty()) return absl::InvalidArgumentError(absl::StripPrefix(why, ": "));
  if (absl::StartsWith(why, "(")) {
    return absl::InvalidArgumentError(absl::StrCat("(", place, ".", why.substr(1)));
  }
  const bool about_key = !absl::StartsWith(why, ":");
  return absl::InvalidArgumentError(absl::StrCat("(", place, ")", about_key ? " " : "", why));
}

}  // namespace argosy::ctl
