#include "base/loopback.h"

#include "absl/strings/strip.h"

namespace argosy::base {

bool IsLoopbackHost(absl::string_view host) {
  return host == "127.0.0.1" || host == "::1" || host == "localhost";
}

bool IsLoopbackAddress(absl::string_view address) {
  const size_t colon = address.rfind(':');
  if (colon == absl::string_view::npos) return false;
  absl::string_view host = address.substr(0, colon);
  const bool is_bracketed = absl::ConsumePrefix(&host, "[") && absl::ConsumeSuffix(&host, "]");
  return IsLoopbackHost(host) && is_bracketed == (host == "::1");
}

}  // namespace argosy::base
