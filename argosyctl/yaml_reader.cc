#include "argosyctl/yaml_reader.h"

#include <google/protobuf/util/json_util.h>
#include <yaml-cpp/yaml.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "argosyctl/output/json.h"
#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::ctl {
namespace {

absl::Status Malformed(absl::string_view why) {
  return base::FieldInvalid("file", absl::StrCat("not the YAML that is expected: ", why));
}

absl::StatusOr<YAML::Node> Load(absl::string_view text) {
  try {
    return YAML::Load(std::string(text));
  } catch (const YAML::Exception& e) {
    return Malformed(absl::StrCat("line ", e.mark.line + 1, ": ", e.msg));
  }
}

std::string ToJson(const YAML::Node& node) {
  if (node.IsNull()) return "null";
  if (node.IsSequence()) {
    std::vector<std::string> items;
    for (const YAML::Node& item : node) items.push_back(ToJson(item));
    return absl::StrCat("[", absl::StrJoin(items, ","), "]");
  }
  if (node.IsMap()) {
    std::vector<std::string> items;
    for (const auto& entry : node) {
      items.push_back(absl::StrCat(JsonQuote(entry.first.Scalar()), ":", ToJson(entry.second)));
    }
    return absl::StrCat("{", absl::StrJoin(items, ","), "}");
  }
  const std::string& scalar = node.Scalar();
  // A plain scalar has the tag "?", a quoted one "!".
  if (node.Tag() == "?" && (scalar == "true" || scalar == "false")) return scalar;
  return JsonQuote(scalar);
}

}  // namespace

absl::StatusOr<YamlSections> ReadSections(absl::string_view text) {
  ASSIGN_OR_RETURN(const YAML::Node root, Load(text));
  YamlSections sections;
  if (root.IsNull()) return sections;
  if (!root.IsMap()) return Malformed("must hold sections");
  for (const auto& section : root) {
    if (!section.second.IsMap()) return Malformed("every section must hold keys");
    auto& keys = sections[section.first.Scalar()];
    for (const auto& entry : section.second) keys[entry.first.Scalar()] = entry.second.Scalar();
  }
  return sections;
}

std::string WriteSections(const YamlSections& sections) {
  YAML::Emitter out;
  out << YAML::BeginMap;
  for (const auto& [section, keys] : sections) {
    out << YAML::Key << section << YAML::Value << YAML::BeginMap;
    for (const auto& [key, value] : keys) {
      out << YAML::Key << key << YAML::Value << YAML::DoubleQuoted << value;
    }
    out << YAML::EndMap;
  }
  out << YAML::EndMap;
  return absl::StrCat(out.c_str(), "\n");
}

absl::StatusOr<std::string> YamlToJson(absl::string_view text) {
  ASSIGN_OR_RETURN(const YAML::Node root, Load(text));
  return ToJson(root);
}

absl::Status ReadYamlMessage(absl::string_view text, google::protobuf::Message& message) {
  ASSIGN_OR_RETURN(const std::string json, YamlToJson(text));
  const auto status = google::protobuf::util::JsonStringToMessage(json, &message);
  if (!status.ok()) return Malformed(status.ToString());
  return absl::OkStatus();
}

}  // namespace argosy::ctl
