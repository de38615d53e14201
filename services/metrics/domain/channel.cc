#include "services/metrics/domain/channel.h"

#include "absl/strings/str_cat.h"
#include "services/metrics/domain/errors.h"

namespace argosy::metrics {

std::string EtagOf(int64_t version) { return absl::StrCat("\"v", version, "\""); }

absl::Status CheckEtag(absl::string_view etag, int64_t version, absl::string_view name) {
  if (etag.empty() || etag == EtagOf(version)) return absl::OkStatus();
  return NounChanged(name);
}

}  // namespace argosy::metrics
