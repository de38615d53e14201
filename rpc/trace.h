// W3C Trace Context: which trace a call is part of.
#ifndef ARGOSY_RPC_TRACE_H_
#define ARGOSY_RPC_TRACE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "base/random.h"

namespace argosy::rpc {

// Lower-case hex, never all zeros.
struct Trace {
  std::string trace_id;        // 32 characters
  std::string span_id;         // 16 characters: this call
  std::string parent_span_id;  // 16 characters, or "" when this call begins the trace
  std::string flags;           // 2 characters

  // The header that makes this call the parent of another: "00-{trace}-{span}-{flags}".
  std::string Traceparent() const;
};

// The trace of a call with the header `traceparent`: the caller's with a span of its own, or a new
// one when there is no header or it is malformed (W3C Trace Context, section 3.2: version 00 and
// any later version that begins like it).
Trace ContinueTrace(absl::string_view traceparent, base::EntropySource& entropy);

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_TRACE_H_
