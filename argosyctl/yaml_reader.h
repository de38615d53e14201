// YAML files as plain values. The only place of argosyctl where yaml-cpp's exceptions end.
#ifndef ARGOSY_ARGOSYCTL_YAML_READER_H_
#define ARGOSY_ARGOSYCTL_YAML_READER_H_

#include <google/protobuf/message.h>

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "argosyctl/text_file.h"

namespace argosy::ctl {

// A file of two levels: section, key, value. All three are text.
using YamlSections = std::map<std::string, std::map<std::string, std::string>>;

// Whatever is refused here is INVALID_ARGUMENT / FIELD_INVALID that names the file and the line.

// Refuses what is not YAML of that shape. An empty text has no sections.
absl::StatusOr<YamlSections> ReadSections(const NamedText& yaml);

std::string WriteSections(const YamlSections& sections);

// The YAML document as JSON: an unquoted true or false is a boolean, every other scalar a string,
// which protobuf's reader also takes for numbers and enums.
absl::StatusOr<std::string> YamlToJson(const NamedText& yaml);

// The refusal of well-formed `yaml` for `why`: what ReadJsonMessage says of it as JSON.
absl::Status YamlRefused(const NamedText& yaml, absl::string_view why);

// Reads the YAML document into `message`, field for field. Refuses YAML that is malformed, an
// unknown field and a value of the wrong type.
absl::Status ReadYamlMessage(const NamedText& yaml, google::protobuf::Message& message);

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_YAML_READER_H_
