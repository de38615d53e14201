#include "argosyctl/client_session.h"

#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/impl/codegen/client_unary_call.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/codegen/rpc_method.h>
#include <grpcpp/security/credentials.h>

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "argosy/common/v1/method_rule.pb.h"
#include "argosy/tenancy/v1/access.pb.h"
#include "argosyctl/call_status.h"
#include "argosyctl/text_file.h"
#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::ctl {
namespace {

using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

// An access token is exchanged anew this long before it ends.
constexpr absl::Duration kTokenMargin = absl::Seconds(30);
constexpr absl::Duration kFirstWait = absl::Milliseconds(200);
constexpr absl::Duration kWaitMax = absl::Seconds(2);

absl::Status CredentialMissing() {
  base::Fault fault;
  fault.reason = "CREDENTIAL_MISSING";
  return base::MakeFault(absl::StatusCode::kUnauthenticated,
                         "no API token: set ARGOSY_TOKEN or run 'argosyctl config set token'",
                         std::move(fault));
}

bool IsLocal(const std::string& address) {
  for (const char* prefix :
       {"unix:", "localhost:", "127.0.0.1:", "[::1]:", "ipv4:127.", "dns:localhost:"}) {
    if (absl::StartsWith(address, prefix)) return true;
  }
  return false;
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> CredentialsOf(
    const SessionOptions& options) {
  if (options.tls_ca.empty() && IsLocal(options.address)) return grpc::InsecureChannelCredentials();
  grpc::SslCredentialsOptions tls;
  if (!options.tls_ca.empty()) {
    ASSIGN_OR_RETURN(tls.pem_root_certs, ReadFile(options.tls_ca));
  }
  return grpc::SslCredentials(tls);
}

bool IsPublic(const MethodDescriptor& method) {
  return method.options().GetExtension(common::v1::rule).scope() == common::v1::SCOPE_PUBLIC;
}

std::string PathOf(const MethodDescriptor& method) {
  return absl::StrCat("/", method.service()->full_name(), "/", method.name());
}

}  // namespace

absl::StatusOr<std::unique_ptr<ClientSession>> ClientSession::Open(const SessionOptions& options,
                                                                   const Environment& environment) {
  ASSIGN_OR_RETURN(const auto credentials, CredentialsOf(options));
  grpc::ChannelArguments arguments;
  // Calls are repeated here, with one policy for all of them.
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  return std::make_unique<ClientSession>(
      options, environment, grpc::CreateCustomChannel(options.address, credentials, arguments));
}

const MethodDescriptor* ClientSession::MethodOf(const google::protobuf::Descriptor* request) {
  const google::protobuf::FileDescriptor* file = request->file();
  for (int s = 0; s < file->service_count(); ++s) {
    for (int m = 0; m < file->service(s)->method_count(); ++m) {
      const MethodDescriptor* method = file->service(s)->method(m);
      if (method->input_type() == request) return method;
    }
  }
  return nullptr;
}

void ClientSession::SignInWith(std::string api_token) {
  options_.api_token = std::move(api_token);
  acting_tenant_.clear();
  access_tokens_.clear();
}

absl::Status ClientSession::Call(const Message& request, Message& reply) {
  const MethodDescriptor* method = MethodOf(request.GetDescriptor());
  if (method == nullptr) {
    return base::Internal(absl::StrCat(request.GetTypeName(), " is no request of a method"));
  }
  absl::Duration wait = kFirstWait;
  bool renewed = false;
  for (int attempt = 1;; ++attempt) {
    const bool held = !access_tokens_.empty();
    absl::Status status = Attempt(*method, request, reply);
    // The access token runs out, and ends before that when anybody's access to the tenant changes.
    if (IsUnauthenticated(status) && !renewed && held && !IsPublic(*method)) {
      renewed = true;
      access_tokens_.clear();
      continue;
    }
    if (!absl::IsUnavailable(status) || attempt == kAttemptsMax) return status;
    const auto fault = base::FindFault(status);
    const absl::Duration asked = fault.has_value()
                                     ? fault->retry_after.value_or(absl::ZeroDuration())
                                     : absl::ZeroDuration();
    environment_.wait(std::min(std::max(wait, asked), kWaitMax));
    wait *= 2;
  }
}

absl::Status ClientSession::Attempt(const MethodDescriptor& method, const Message& request,
                                    Message& reply) {
  grpc::ClientContext context;
  const absl::Time begin = environment_.clock.Now();
  context.set_deadline(absl::ToChronoTime(begin + options_.timeout));
  if (!IsPublic(method)) {
    ASSIGN_OR_RETURN(const AccessToken* token, FindAccessToken());
    context.AddMetadata("authorization", absl::StrCat("Bearer ", token->text));
  }
  const std::string path = PathOf(method);
  const grpc::internal::RpcMethod rpc(path.c_str(), grpc::internal::RpcMethod::NORMAL_RPC);
  reply.Clear();
  const grpc::Status wire = grpc::internal::BlockingUnaryCall<Message, Message>(
      channel_.get(), rpc, &context, request, &reply);
  absl::Status status = FromGrpc(wire);
  if (options_.verbosity == Verbosity::kCalls) {
    environment_.err << path << " " << absl::StatusCodeToString(status.code()) << " "
                     << absl::FormatDuration(environment_.clock.Now() - begin) << " "
                     << base::ReasonOf(status) << " " << CallIdOf(status) << "\n";
  }
  return status;
}

absl::StatusOr<const ClientSession::AccessToken*> ClientSession::FindAccessToken() {
  const auto held = access_tokens_.find(acting_tenant_);
  if (held != access_tokens_.end() &&
      environment_.clock.Now() + kTokenMargin < held->second.expires) {
    return &held->second;
  }
  if (options_.api_token.empty()) return CredentialMissing();
  tenancy::v1::ExchangeTokenRequest request;
  request.set_api_token(options_.api_token);
  request.set_tenant(acting_tenant_);
  tenancy::v1::ExchangeTokenResponse response;
  RETURN_IF_ERROR(Attempt(*MethodOf(request.GetDescriptor()), request, response));
  AccessToken& token = access_tokens_[acting_tenant_];
  token = {.text = response.access_token(),
           .tenant = response.tenant(),
           .expires = absl::FromUnixSeconds(response.expire_time().seconds())};
  return &token;
}

absl::StatusOr<std::string> ClientSession::Tenant() {
  if (!acting_tenant_.empty()) return acting_tenant_;
  absl::Duration wait = kFirstWait;
  for (int attempt = 1;; ++attempt) {
    absl::StatusOr<const AccessToken*> token = FindAccessToken();
    if (token.ok()) return (*token)->tenant;
    if (!absl::IsUnavailable(token.status()) || attempt == kAttemptsMax) return token.status();
    environment_.wait(wait);
    wait = std::min(wait * 2, kWaitMax);
  }
}

}  // namespace argosy::ctl
