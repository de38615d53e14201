// What a demonstration remembers between two starts.
#ifndef ARGOSY_ARGOSYCTL_DEMONSTRATION_DEMO_STATE_H_
#define ARGOSY_ARGOSYCTL_DEMONSTRATION_DEMO_STATE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "argosyctl/yaml_reader.h"

namespace argosy::ctl {

// The file demo.yaml of a directory, mode 0600 because it holds the owners' tokens. A section for
// each company: token, sent (facts the server has answered for), as_of, run, evaluation.
class DemoState {
 public:
  static absl::StatusOr<DemoState> Load(const std::string& directory);

  // "" when it is not kept yet.
  std::string Get(const std::string& company, const std::string& key) const;
  // Written to the file before it returns.
  absl::Status Set(const std::string& company, const std::string& key, const std::string& value);

 private:
  DemoState(std::string path, YamlSections sections)
      : path_(std::move(path)), sections_(std::move(sections)) {}

  std::string path_;
  YamlSections sections_;
};

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_DEMONSTRATION_DEMO_STATE_H_
