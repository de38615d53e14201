// Inner calls: one service calling another while it answers a call of its own.
//
//   absl::StatusOr<std::vector<Member>> GrpcMemberSource::Roster(const tenants::RequestContext&
//   ctx) {
//     ASSIGN_OR_RETURN(const auto channel, channels_.ChannelTo("teams"));
//     const auto stub = teams::v1::PeopleService::NewStub(channel);
//     ASSIGN_OR_RETURN(const teams::v1::Roster roster, rpc::InnerCall<teams::v1::Roster>(
//         ctx, [&](grpc::ClientContext& call, teams::v1::Roster& reply) {
//           return stub->GetRoster(&call, request, &reply);
//         }));
//
// The caller's access token, traceparent and remaining time go along, so the callee authorises the
// same actor again. Never within a transaction.
#ifndef ARGOSY_RPC_CLIENT_CALL_H_
#define ARGOSY_RPC_CLIENT_CALL_H_

#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/status_macros.h"
#include "rpc/status_mapping.h"
#include "rpc/trace.h"
#include "tenants/request_context.h"

namespace argosy::rpc {

// The metadata by which the internal server knows a call of its own process.
inline constexpr char kInnerMarkHeader[] = "x-argosy-inner";

// What of the call being answered goes along. It stays in rpc/: handlers never see the token.
struct OngoingCall {
  absl::string_view call_id;
  absl::string_view authorization;  // "Bearer ..." as received; "" when PUBLIC
  const Trace& trace;
  absl::string_view inner_mark;  // of this process
  absl::Time deadline;
};

// Makes `call` the one this thread is answering, for its own lifetime. The chassis has one around
// every handler; a handler runs on one thread.
class OngoingCallScope {
 public:
  explicit OngoingCallScope(const OngoingCall& call);
  ~OngoingCallScope();
  OngoingCallScope(const OngoingCallScope&) = delete;
  OngoingCallScope& operator=(const OngoingCallScope&) = delete;

 private:
  const OngoingCall* outer_;
};

// Puts what goes along into `call`. INTERNAL when this thread is not answering the call of `ctx`.
absl::Status PrepareInnerCall(const tenants::RequestContext& ctx, grpc::ClientContext& call);

// Runs `send`, a grpc::Status(grpc::ClientContext&, Reply&). A refusal keeps its code and fault.
template <typename Reply, typename Send>
absl::StatusOr<Reply> InnerCall(const tenants::RequestContext& ctx, Send send) {
  grpc::ClientContext call;
  RETURN_IF_ERROR(PrepareInnerCall(ctx, call));
  Reply reply;
  RETURN_IF_ERROR(FromGrpcStatus(send(call, reply)));
  return reply;
}

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_CLIENT_CALL_H_
