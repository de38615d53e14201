// JSON as argosyctl prints it: field names as in the contracts, two spaces of indentation for data,
// one line for errors.
#ifndef ARGOSY_ARGOSYCTL_OUTPUT_JSON_H_
#define ARGOSY_ARGOSYCTL_OUTPUT_JSON_H_

#include <google/protobuf/message.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace argosy::ctl {

// `text` as a JSON string with its quotes.
std::string JsonQuote(absl::string_view text);

// The message with every field that is set and every scalar of it, so that a script finds a zero.
std::string MessageJson(const google::protobuf::Message& message);

// A JSON array of the messages; "[]" when there is none.
std::string MessagesJson(const std::vector<const google::protobuf::Message*>& messages);

// An object written on one line, members in the order they were added.
class JsonObject {
 public:
  JsonObject& Text(const std::string& key, absl::string_view value);
  JsonObject& Number(const std::string& key, int64_t value);
  JsonObject& Object(const std::string& key, const JsonObject& value);
  // Adds `value` to the array `key`, which stands where its first element was added.
  JsonObject& Append(const std::string& key, const JsonObject& value);

  std::string text() const;

 private:
  JsonObject& Raw(const std::string& key, std::string value);

  std::vector<std::pair<std::string, std::string>> members_;
  std::map<std::string, std::vector<std::string>> arrays_;
};

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_OUTPUT_JSON_H_
