#include "argosyctl/output/json.h"

#include <google/protobuf/util/json_util.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace argosy::ctl {

std::string JsonQuote(absl::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          absl::StrAppendFormat(&out, "\\u%04x", c);
        } else {
          out += c;
        }
    }
  }
  return out + "\"";
}

std::string MessageJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.always_print_primitive_fields = true;
  options.preserve_proto_field_names = true;
  std::string text;
  if (!google::protobuf::util::MessageToJsonString(message, &text, options).ok()) {
    // Only a malformed Any or Timestamp has no JSON form, and then its text form still informs.
    return JsonQuote(message.ShortDebugString()) + "\n";
  }
  return text;
}

std::string MessagesJson(const std::vector<const google::protobuf::Message*>& messages) {
  if (messages.empty()) return "[]\n";
  std::vector<std::string> items;
  for (const google::protobuf::Message* message : messages) {
    const std::string text = MessageJson(*message);
    items.push_back(absl::StrCat(
        "  ", absl::StrReplaceAll(absl::StripTrailingAsciiWhitespace(text), {{"\n", "\n  "}})));
  }
  return absl::StrCat("[\n", absl::StrJoin(items, ",\n"), "\n]\n");
}

JsonObject& JsonObject::Raw(const std::string& key, std::string value) {
  members_.emplace_back(key, std::move(value));
  return *this;
}

JsonObject& JsonObject::Text(const std::string& key, absl::string_view value) {
  return Raw(key, JsonQuote(value));
}

JsonObject& JsonObject::Number(const std::string& key, int64_t value) {
  return Raw(key, absl::StrCat(value));
}

JsonObject& JsonObject::Object(const std::string& key, const JsonObject& value) {
  return Raw(key, value.text());
}

JsonObject& JsonObject::Append(const std::string& key, const JsonObject& value) {
  std::vector<std::string>& items = arrays_[key];
  if (items.empty()) Raw(key, "");
  items.push_back(value.text());
  return *this;
}

std::string JsonObject::text() const {
  return absl::StrCat(
      "{",
      absl::StrJoin(members_, ", ",
                    [&](std::string* out, const std::pair<std::string, std::string>& member) {
                      const auto array = arrays_.find(member.first);
                      const std::string value =
                          array == arrays_.end()
                              ? member.second
                              : absl::StrCat("[", absl::StrJoin(array->second, ", "), "]");
                      absl::StrAppend(out, JsonQuote(member.first), ": ", value);
                    }),
      "}");
}

}  // namespace argosy::ctl
