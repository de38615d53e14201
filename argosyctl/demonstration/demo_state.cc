#include "argosyctl/demonstration/demo_state.h"

#include <utility>

#include "argosyctl/text_file.h"
#include "base/status_macros.h"

namespace argosy::ctl {

absl::StatusOr<DemoState> DemoState::Load(const std::string& directory) {
  std::string path = directory + "/demo.yaml";
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (absl::IsNotFound(text.status())) return DemoState(std::move(path), {});
  RETURN_IF_ERROR(text.status());
  ASSIGN_OR_RETURN(YamlSections sections, ReadSections({path, *text}));
  return DemoState(std::move(path), std::move(sections));
}

std::string DemoState::Get(const std::string& company, const std::string& key) const {
  const auto section = sections_.find(company);
  if (section == sections_.end()) return "";
  const auto value = section->second.find(key);
  return value == section->second.end() ? "" : value->second;
}

absl::Status DemoState::Set(const std::string& company, const std::string& key,
                            const std::string& value) {
  sections_[company][key] = value;
  return WriteFile(path_, WriteSections(sections_), FileAccess::kOwnerOnly);
}

}  // namespace argosy::ctl
