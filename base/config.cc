#include "base/config.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace argosy::base {

// Our copy of the tree: YAML::Node throws from nearly every call.
struct ConfigNode {
  enum class Kind { kScalar, kList, kMapping };

  Kind kind = Kind::kScalar;
  int line = 0;
  std::string key;   // within the mapping above
  std::string text;  // of a scalar
  std::vector<std::unique_ptr<ConfigNode>> children;
  bool asked = false;
  bool secret = false;
};

namespace {

std::unique_ptr<ConfigNode> Copy(const YAML::Node& yaml, std::string key) {
  auto node = std::make_unique<ConfigNode>();
  node->key = std::move(key);
  node->line = yaml.Mark().line + 1;
  if (yaml.IsMap()) {
    node->kind = ConfigNode::Kind::kMapping;
    for (const auto& entry : yaml) {
      node->children.push_back(Copy(entry.second, entry.first.as<std::string>()));
      node->children.back()->line = entry.first.Mark().line + 1;
    }
  } else if (yaml.IsSequence()) {
    node->kind = ConfigNode::Kind::kList;
    for (const auto& item : yaml) node->children.push_back(Copy(item, ""));
  } else if (yaml.IsScalar()) {
    node->text = yaml.as<std::string>();
  }
  return node;
}

absl::Status Unreadable(absl::string_view file, int line, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat(file, ":", line, ": ", why));
}

std::string Join(absl::string_view path, absl::string_view key) {
  return path.empty() ? std::string(key) : absl::StrCat(path, ".", key);
}

void DescribeInto(const ConfigNode& node, const std::string& path, std::string& out) {
  for (const auto& child : node.children) {
    if (!child->asked) continue;
    const std::string name = Join(path, child->key);
    if (child->kind == ConfigNode::Kind::kMapping) {
      DescribeInto(*child, name, out);
    } else if (child->kind == ConfigNode::Kind::kList) {
      std::vector<absl::string_view> items;
      for (const auto& item : child->children) items.push_back(item->text);
      absl::StrAppend(&out, name, ": ", absl::StrJoin(items, ", "), "\n");
    } else {
      absl::StrAppend(&out, name, ": ", child->secret ? "set" : child->text, "\n");
    }
  }
}

}  // namespace

ConfigSection::ConfigSection(ConfigReader& reader, ConfigNode* node, std::string path)
    : reader_(reader), node_(node), path_(std::move(path)) {}

std::string ConfigSection::PathOf(absl::string_view key) const { return Join(path_, key); }

ConfigNode* ConfigSection::Find(absl::string_view key) {
  if (node_ == nullptr) return nullptr;
  ConfigNode* found = nullptr;
  for (const auto& child : node_->children) {
    if (child->key != key) continue;
    if (found != nullptr) reader_.Mistake(child->line, PathOf(key), "stands there twice");
    found = child.get();
    found->asked = true;
  }
  return found;
}

const std::string* ConfigSection::Scalar(absl::string_view key) {
  ConfigNode* const node = Find(key);
  if (node == nullptr) return nullptr;
  if (node->kind == ConfigNode::Kind::kScalar) return &node->text;
  reader_.Mistake(node->line, PathOf(key), "must be a single value");
  return nullptr;
}

std::string ConfigSection::Text(absl::string_view key, absl::string_view fallback) {
  const std::string* const text = Scalar(key);
  return text == nullptr ? std::string(fallback) : *text;
}

std::string ConfigSection::Required(absl::string_view key) {
  std::string text = Text(key, "");
  if (text.empty()) {
    reader_.Mistake(node_ == nullptr ? 0 : node_->line, PathOf(key), "is required");
  }
  return text;
}

std::string ConfigSection::Secret(absl::string_view key) {
  std::string text = Text(key, "");
  if (ConfigNode* const node = Find(key)) node->secret = true;
  return text;
}

int64_t ConfigSection::Int(absl::string_view key, int64_t fallback, IntBounds bounds) {
  const std::string* const text = Scalar(key);
  if (text == nullptr) return fallback;
  int64_t value = 0;
  if (absl::SimpleAtoi(*text, &value) && value >= bounds.least && value <= bounds.most) {
    return value;
  }
  reader_.Mistake(Find(key)->line, PathOf(key),
                  absl::StrCat("must be a whole number from ", bounds.least, " to ", bounds.most));
  return fallback;
}

std::vector<std::string> ConfigSection::Texts(absl::string_view key) {
  ConfigNode* const node = Find(key);
  if (node == nullptr) return {};
  if (node->kind == ConfigNode::Kind::kScalar) return {node->text};
  std::vector<std::string> texts;
  for (const auto& child : node->children) {
    if (node->kind != ConfigNode::Kind::kList || child->kind != ConfigNode::Kind::kScalar) {
      reader_.Mistake(node->line, PathOf(key), "must be a list of single values");
      return {};
    }
    texts.push_back(child->text);
  }
  return texts;
}

bool ConfigSection::Flag(absl::string_view key, bool fallback) {
  const std::string* const text = Scalar(key);
  if (text == nullptr) return fallback;
  if (*text != "true" && *text != "false") {
    reader_.Mistake(Find(key)->line, PathOf(key), "must be true or false");
  }
  return *text == "true";
}

ConfigSection ConfigSection::Section(absl::string_view key) {
  ConfigNode* node = Find(key);
  if (node != nullptr && node->kind != ConfigNode::Kind::kMapping) {
    reader_.Mistake(node->line, PathOf(key), "must be a section with keys of its own");
    node = nullptr;
  }
  return ConfigSection(reader_, node, PathOf(key));
}

ConfigReader::ConfigReader(std::unique_ptr<ConfigNode> root, std::string file)
    : root_(std::move(root)), file_(std::move(file)) {}
ConfigReader::ConfigReader(ConfigReader&&) noexcept = default;
ConfigReader::~ConfigReader() = default;

absl::StatusOr<ConfigReader> ConfigReader::Parse(absl::string_view text, absl::string_view file) {
  if (text.size() > kBytesMax) return Unreadable(file, 1, "is larger than 1 MiB");
  try {
    const YAML::Node yaml = YAML::Load(std::string(text));
    if (!yaml.IsMap() && !yaml.IsNull()) {
      return Unreadable(file, 1, "must be a mapping of keys to values");
    }
    return ConfigReader(Copy(yaml, ""), std::string(file));
  } catch (const YAML::Exception& error) {
    return Unreadable(file, error.mark.line + 1, error.msg);
  }
}

ConfigSection ConfigReader::root() { return ConfigSection(*this, root_.get(), ""); }

void ConfigReader::Mistake(int line, absl::string_view key, absl::string_view what) {
  std::string mistake = absl::StrCat(file_, ":", line, ": ", key, ": ", what);
  if (std::find(mistakes_.begin(), mistakes_.end(), mistake) == mistakes_.end()) {
    mistakes_.push_back(std::move(mistake));
  }
}

absl::Status ConfigReader::Finish() {
  struct Place {
    const ConfigNode* node;
    std::string path;
  };
  std::vector<Place> open = {{root_.get(), ""}};
  while (!open.empty()) {
    const Place place = open.back();
    open.pop_back();
    if (place.node->kind != ConfigNode::Kind::kMapping) continue;
    for (const auto& child : place.node->children) {
      const std::string path = Join(place.path, child->key);
      if (!child->asked) {
        Mistake(child->line, path, "unknown key");
      } else {
        open.push_back({child.get(), path});
      }
    }
  }
  if (mistakes_.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrJoin(mistakes_, "\n"));
}

std::string ConfigReader::Describe() const {
  std::string out;
  DescribeInto(*root_, "", out);
  return out;
}

}  // namespace argosy::base
