// The chassis: the one chain every call passes before a handler sees it.
//
//   grpc::Status MetricRpc::PutTarget(grpc::ServerContext* call, const v1::PutTargetRequest* request,
//                                     v1::Target* response) {
//     return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
//       return service_.PutTarget(ctx, *request);
//     });
//   }
//
// The handler's parameter says which scope it serves, and must agree with the method's rule:
//   const tenants::RequestContext&   SCOPE_TENANT
//   const tenants::PlatformContext&  SCOPE_PLATFORM
//   const tenants::PublicContext&    SCOPE_PUBLIC
// It returns absl::StatusOr<Response>.
//
// Outer to inner: exception barrier and masking > call id, trace, access log, metrics > deadline >
// admission and per-peer limit > rule > authenticate > tenant walk > authorise > tenant limit >
// validate > request_id > handler > claim check.
#ifndef ARGOSY_RPC_CHASSIS_H_
#define ARGOSY_RPC_CHASSIS_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <type_traits>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace argosy::tenants {
class RequestContext;
class PlatformContext;
class PublicContext;
}  // namespace argosy::tenants

namespace argosy::rpc {

class ChassisCore;

// Thread-safe. One object serves every service of a process.
class Chassis {
 public:
  explicit Chassis(ChassisCore& core) : core_(core) {}

  template <typename Request, typename Response, typename Handler>
  grpc::Status Unary(grpc::ServerContext& call, const Request& request, Response& response,
                     Handler handler) {
    const auto answer = [&](const auto& context) -> absl::Status {
      absl::StatusOr<Response> reply = handler(context);
      if (!reply.ok()) return std::move(reply).status();
      response = *std::move(reply);
      return absl::OkStatus();
    };
    if constexpr (std::is_invocable_v<Handler, const tenants::RequestContext&>) {
      return RunTenant({call, request, response}, answer);
    } else if constexpr (std::is_invocable_v<Handler, const tenants::PlatformContext&>) {
      return RunPlatform({call, request, response}, answer);
    } else {
      static_assert(std::is_invocable_v<Handler, const tenants::PublicContext&>,
                    "a handler takes a RequestContext, a PlatformContext or a PublicContext");
      return RunPublic({call, request, response}, answer);
    }
  }

 private:
  struct Call {
    grpc::ServerContext& context;
    const google::protobuf::Message& request;
    google::protobuf::Message& response;
  };
  template <typename Context>
  using Body = absl::FunctionRef<absl::Status(const Context&)>;

  grpc::Status RunTenant(const Call& call, Body<tenants::RequestContext> body);
  grpc::Status RunPlatform(const Call& call, Body<tenants::PlatformContext> body);
  grpc::Status RunPublic(const Call& call, Body<tenants::PublicContext> body);

  ChassisCore& core_;
};

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_CHASSIS_H_
