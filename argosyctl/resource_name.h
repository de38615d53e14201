// Resource names as people type them: "li-wei" where the contract wants
// "tenants/acme/members/li-wei".
#ifndef ARGOSY_ARGOSYCTL_RESOURCE_NAME_H_
#define ARGOSY_ARGOSYCTL_RESOURCE_NAME_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace argosy::ctl {

// `text` as a full name of `type` ("argosy.dev/Member") in `tenant` ("tenants/acme"). A text that
// begins with "tenants/" is taken as it is; a name of two parts is typed "plan/version".
// INVALID_ARGUMENT / FIELD_INVALID when the number of parts is another one, when the type is not
// known, or when no tenant is known and one is needed.
absl::StatusOr<std::string> ExpandName(absl::string_view type, absl::string_view text,
                                       absl::string_view tenant);

// The other way round: what is left of `name` without its tenant and the names of its collections;
// a text that is no resource name stays as it is.
std::string ShortName(absl::string_view name);

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_RESOURCE_NAME_H_
