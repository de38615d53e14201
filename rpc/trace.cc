#include "rpc/trace.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace argosy::rpc {
namespace {

constexpr size_t kHeaderLength = 55;  // "00-" 32 "-" 16 "-" 2

bool IsLowerHex(absl::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool IsAllZero(absl::string_view text) {
  return text.find_first_not_of('0') == absl::string_view::npos;
}

bool IsValid(absl::string_view header) {
  if (header.size() < kHeaderLength || header[2] != '-' || header[35] != '-' || header[52] != '-') {
    return false;
  }
  const absl::string_view version = header.substr(0, 2);
  if (!IsLowerHex(version) || version == "ff") return false;
  if (version == "00" ? header.size() != kHeaderLength
                      : header.size() > kHeaderLength && header[kHeaderLength] != '-') {
    return false;
  }
  const absl::string_view trace = header.substr(3, 32);
  const absl::string_view span = header.substr(36, 16);
  return IsLowerHex(trace) && IsLowerHex(span) && IsLowerHex(header.substr(53, 2)) &&
         !IsAllZero(trace) && !IsAllZero(span);
}

}  // namespace

std::string Trace::Traceparent() const {
  return absl::StrCat("00-", trace_id, "-", span_id, "-", flags);
}

Trace ContinueTrace(absl::string_view traceparent, base::EntropySource& entropy) {
  if (IsValid(traceparent)) {
    return Trace{.trace_id = std::string(traceparent.substr(3, 32)),
                 .span_id = absl::BytesToHexString(entropy.Bytes(8)),
                 .parent_span_id = std::string(traceparent.substr(36, 16)),
                 .flags = std::string(traceparent.substr(53, 2))};
  }
  const std::string ids = absl::BytesToHexString(entropy.Bytes(24));
  return Trace{.trace_id = ids.substr(0, 32), .span_id = ids.substr(32), .flags = "00"};
}

}  // namespace argosy::rpc
