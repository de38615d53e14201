// Whether what is sent stays on this machine: what leaves it is sent over TLS or not at all.
#ifndef ARGOSY_BASE_LOOPBACK_H_
#define ARGOSY_BASE_LOOPBACK_H_

#include "absl/strings/string_view.h"

namespace argosy::base {

// Of a host without a port: 127.0.0.1, ::1 or localhost. Any other is taken to be far.
bool IsLoopbackHost(absl::string_view host);

// Of "host:port", an IPv6 host in brackets.
bool IsLoopbackAddress(absl::string_view address);

}  // namespace argosy::base

#endif  // ARGOSY_BASE_LOOPBACK_H_
