#include "tests/bench/target.h"

#include <chrono>

#include "absl/strings/str_cat.h"
#include "argosy/tenancy/v1/access.grpc.pb.h"

namespace argosy::bench {
namespace {

constexpr auto kCallDeadline = std::chrono::seconds(20);

}  // namespace

std::shared_ptr<grpc::Channel> NewConnection(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

absl::StatusOr<std::string> FetchAccessToken(const Target& target) {
  const auto stub = tenancy::v1::AccessService::NewStub(NewConnection(target.address));
  tenancy::v1::ExchangeTokenRequest request;
  request.set_api_token(target.api_token);
  tenancy::v1::ExchangeTokenResponse response;
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kCallDeadline);
  const grpc::Status status = stub->ExchangeToken(&context, request, &response);
  if (!status.ok()) return ToStatus(status);
  return response.access_token();
}

void Prepare(grpc::ClientContext& context, const std::string& access_token) {
  context.set_deadline(std::chrono::system_clock::now() + kCallDeadline);
  context.AddMetadata("authorization", absl::StrCat("Bearer ", access_token));
}

absl::Status ToStatus(const grpc::Status& status) {
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

}  // namespace argosy::bench
