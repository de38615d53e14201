#include "rpc/client_call.h"

#include <string>

#include "absl/time/time.h"
#include "base/fault.h"

namespace argosy::rpc {
namespace {

thread_local const OngoingCall* ongoing_call = nullptr;

}  // namespace

OngoingCallScope::OngoingCallScope(const OngoingCall& call) : outer_(ongoing_call) {
  ongoing_call = &call;
}

OngoingCallScope::~OngoingCallScope() { ongoing_call = outer_; }

absl::Status PrepareInnerCall(const tenants::RequestContext& ctx, grpc::ClientContext& call) {
  if (ongoing_call == nullptr || ongoing_call->call_id != ctx.call_id()) {
    return base::Internal("an inner call was made outside the call it belongs to");
  }
  if (!ongoing_call->authorization.empty()) {
    call.AddMetadata("authorization", std::string(ongoing_call->authorization));
  }
  call.AddMetadata("traceparent", ongoing_call->trace.Traceparent());
  call.AddMetadata(kInnerMarkHeader, std::string(ongoing_call->inner_mark));
  call.set_deadline(absl::ToChronoTime(ongoing_call->deadline));
  return absl::OkStatus();
}

}  // namespace argosy::rpc
