#include "argosyctl/yaml_reader.h"

#include <yaml-cpp/yaml.h>

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "argosyctl/json_reader.h"
#include "argosyctl/output/json.h"
#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::ctl {
namespace {

absl::Status Malformed(absl::string_view path, int line, absl::string_view why) {
  return base::FieldInvalid(path, absl::StrCat("line ", line, ": ", why));
}

int LineOf(const YAML::Node& node) { return node.Mark().line + 1; }

absl::StatusOr<YAML::Node> Load(const NamedText& yaml) {
  try {
    return YAML::Load(std::string(yaml.text));
  } catch (const YAML::Exception& e) {
    return Malformed(yaml.path, e.mark.line + 1, absl::StrCat("not YAML: ", e.msg));
  }
}

// The line of what stands below `node` at `steps` from the one at `next` on, keys and places in
// lists; that of the nearest thing above it when it is not there.
int LineAt(const YAML::Node& node, const std::vector<std::string>& steps, size_t next) {
  if (next == steps.size()) return LineOf(node);
  size_t place = 0;
  if (node.IsSequence() && absl::SimpleAtoi(steps[next], &place) && place < node.size()) {
    return LineAt(node[place], steps, next + 1);
  }
  if (!node.IsMap()) return LineOf(node);
  for (const auto& entry : node) {
    if (entry.first.Scalar() != steps[next]) continue;
    return next + 1 == steps.size() ? LineOf(entry.first) : LineAt(entry.second, steps, next + 1);
  }
  return LineOf(node);
}

// "(facts[0].order) zork: ..." as facts, 0, order and zork.
std::vector<std::string> StepsOf(absl::string_view why) {
  const absl::string_view where = why.substr(0, why.find(':'));
  return absl::StrSplit(where, absl::ByAnyChar("().[] "), absl::SkipEmpty());
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

absl::StatusOr<YamlSections> ReadSections(const NamedText& yaml) {
  ASSIGN_OR_RETURN(const YAML::Node root, Load(yaml));
  YamlSections sections;
  if (root.IsNull()) return sections;
  if (!root.IsMap()) return Malformed(yaml.path, LineOf(root), "must hold sections");
  for (const auto& section : root) {
    if (!section.second.IsMap()) {
      return Malformed(yaml.path, LineOf(section.first), "every section must hold keys");
    }
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

absl::StatusOr<std::string> YamlToJson(const NamedText& yaml) {
  ASSIGN_OR_RETURN(const YAML::Node root, Load(yaml));
  return ToJson(root);
}

absl::Status YamlRefused(const NamedText& yaml, absl::string_view why) {
  ASSIGN_OR_RETURN(const YAML::Node root, Load(yaml));
  return Malformed(yaml.path, LineAt(root, StepsOf(why), 0), why);
}

absl::Status ReadYamlMessage(const NamedText& yaml, google::protobuf::Message& message) {
  ASSIGN_OR_RETURN(const std::string json, YamlToJson(yaml));
  const absl::Status read = ReadJsonMessage(json, "", message);
  return read.ok() ? read : YamlRefused(yaml, read.message());
}

}  // namespace argosy::ctl
