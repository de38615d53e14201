#include "tests/bench/rpc_bench.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "argosy/bench/echo.grpc.pb.h"
#include "argosy/tenancy/v1/tenant.grpc.pb.h"
#include "base/status_macros.h"
#include "tests/bench/child_process.h"
#include "tests/bench/load.h"

namespace argosy::bench {
namespace {

constexpr int kClients = 16;
constexpr int kPairs = 5;
constexpr double kBar = 0.60;

// One connection a client, as separate clients have.
class TenantClients {
 public:
  TenantClients(const Target& target, std::string access_token)
      : access_token_(std::move(access_token)) {
    request_.set_name(target.tenant);
    for (int i = 0; i < kClients; ++i) {
      stubs_.push_back(tenancy::v1::TenantService::NewStub(NewConnection(target.address)));
    }
  }

  absl::StatusOr<int64_t> Call(int client) {
    tenancy::v1::Tenant tenant;
    RETURN_IF_ERROR(Get(client, tenant));
    return 1;
  }

  absl::Status Get(int client, tenancy::v1::Tenant& tenant) {
    grpc::ClientContext context;
    Prepare(context, access_token_);
    return ToStatus(stubs_[static_cast<size_t>(client)]->GetTenant(&context, request_, &tenant));
  }

  const tenancy::v1::GetTenantRequest& request() const { return request_; }

 private:
  std::string access_token_;
  tenancy::v1::GetTenantRequest request_;
  std::vector<std::unique_ptr<tenancy::v1::TenantService::Stub>> stubs_;
};

class EchoClients {
 public:
  EchoClients(const std::string& address, EchoRequest request, std::string access_token)
      : request_(std::move(request)), access_token_(std::move(access_token)) {
    for (int i = 0; i < kClients; ++i) stubs_.push_back(Echo::NewStub(NewConnection(address)));
  }

  absl::StatusOr<int64_t> Call(int client) {
    // The same metadata travels, so that the difference is what the server does with it.
    grpc::ClientContext context;
    Prepare(context, access_token_);
    EchoResponse response;
    const auto& stub = stubs_[static_cast<size_t>(client)];
    RETURN_IF_ERROR(ToStatus(stub->Call(&context, request_, &response)));
    return 1;
  }

 private:
  EchoRequest request_;
  std::string access_token_;
  std::vector<std::unique_ptr<Echo::Stub>> stubs_;
};

absl::StatusOr<std::string> EchoAddress(ChildProcess& server) {
  ASSIGN_OR_RETURN(const std::string line, server.ReadLine());
  absl::string_view port = line;
  if (!absl::ConsumePrefix(&port, "PORT "))
    return absl::InternalError("the echo server says no port");
  return absl::StrCat("127.0.0.1:", port);
}

}  // namespace

absl::StatusOr<Result> RunRpcBench(const Target& target, const std::string& results) {
  ASSIGN_OR_RETURN(const std::string access_token, FetchAccessToken(target));
  TenantClients ours(target, access_token);
  tenancy::v1::Tenant tenant;
  RETURN_IF_ERROR(ours.Get(0, tenant));
  EchoRequest request;
  request.set_padding(std::string(ours.request().ByteSizeLong(), 'x'));
  request.set_response_bytes(static_cast<int32_t>(tenant.ByteSizeLong()));

  ASSIGN_OR_RETURN(const auto server,
                   ChildProcess::StartSelf({"echo-server", absl::StrCat(target.public_threads)}));
  ASSIGN_OR_RETURN(const std::string address, EchoAddress(*server));
  EchoClients reference(address, request, access_token);

  const Load load{.clients = kClients, .duration = absl::Seconds(3)};
  const Comparison comparison{
      .name = "rpc",
      .ours = "GetTenant calls/s",
      .reference = "echo calls/s",
      .bar = kBar,
      .leaves_out =
          "TLS, a network, cold caches; clients share the machine's cores with the server",
      .measure_ours = [&] { return RunLoad(load, [&](int c) { return ours.Call(c); }); },
      .measure_reference = [&] { return RunLoad(load, [&](int c) { return reference.Call(c); }); }};
  ASSIGN_OR_RETURN(const Result result, Compare(comparison, kPairs));
  std::printf("%s\n", Describe(comparison, result).c_str());
  RETURN_IF_ERROR(WriteResult(results, comparison, result));
  return result;
}

}  // namespace argosy::bench
