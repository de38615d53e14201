// The chassis: the one chain every call passes before a handler sees it.
//
//   grpc::Status MetricRpc::PutTarget(grpc::ServerContext* call, const v1::PutTargetRequest*
//   request,
//                                     v1::Target* response) {
//     return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
//       return service_.PutTarget(ctx, *request);
//     });
//   }
//
// Outer to inner: exception barrier and masking > call id, trace, access log, metrics > deadline >
// admission and per-peer limit > rule > authenticate (unless PUBLIC) > tenant walk > authorise >
// tenant and principal limits > validate > request_id > handler > claim check.
//
// A denied call is written into the audit chain of the caller's own tenant, as often as DenialLimit
// says, before it is answered.
//
// The context of a SCOPE_TENANT method is confined to the tenant its resource is in; that of a
// SCOPE_PLATFORM method to the platform's own tenant; that of a SCOPE_PUBLIC method has none.
#ifndef ARGOSY_RPC_CHASSIS_H_
#define ARGOSY_RPC_CHASSIS_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "rpc/chassis_parts.h"
#include "tenants/request_context.h"

namespace prometheus {
class Collectable;
}

namespace argosy::rpc {

class Drain;

// Thread-safe. One object serves every service of a process.
class Chassis {
 public:
  // Reads the rules of every method of `service_names` (full names of proto services, linked into
  // the program). INTERNAL, naming the method, when one has no rule or a bad one, streams, shares
  // its request type with another, or its request has a validation rule outside the subset.
  static absl::StatusOr<std::unique_ptr<Chassis>> Create(
      const ChassisParts& parts, const std::vector<std::string>& service_names);
  ~Chassis();

  // Runs `handler`, an absl::StatusOr<Response>(const tenants::RequestContext&), behind the chain.
  template <typename Request, typename Response, typename Handler>
  grpc::Status Unary(grpc::ServerContext& call, const Request& request, Response& response,
                     Handler handler) {
    return Run(call, request, [&](const tenants::RequestContext& context) -> absl::Status {
      absl::StatusOr<Response> reply = handler(context);
      if (!reply.ok()) return std::move(reply).status();
      response = *std::move(reply);
      return absl::OkStatus();
    });
  }

  // Counts calls in flight and turns new ones away once draining has begun.
  Drain& drain();
  // Counts of calls, for the admin port.
  const prometheus::Collectable& metrics() const;

 private:
  struct Core;

 public:
  // For Create: nobody else can name a Core.
  explicit Chassis(std::unique_ptr<Core> core);

 private:
  using Body = absl::FunctionRef<absl::Status(const tenants::RequestContext&)>;

  grpc::Status Run(grpc::ServerContext& call, const google::protobuf::Message& request, Body body);

  std::unique_ptr<Core> core_;
};

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_CHASSIS_H_
