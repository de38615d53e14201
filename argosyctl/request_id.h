// Idempotency keys of calls.
#ifndef ARGOSY_ARGOSYCTL_REQUEST_ID_H_
#define ARGOSY_ARGOSYCTL_REQUEST_ID_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/random.h"

namespace argosy::ctl {

// A new UUIDv4.
std::string NewRequestId(base::EntropySource& entropy);

// The UUID that stands for `parts` and for no other list of parts: SHA-256 over their canonical
// bytes, in the layout of UUIDv8 (RFC 9562). The same step of the same work always has the same id,
// so that doing it again after a crash is a repetition and not a second effect.
std::string DerivedRequestId(const std::vector<std::string>& parts);

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_REQUEST_ID_H_
