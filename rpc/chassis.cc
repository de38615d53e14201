#include "rpc/chassis.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/fault.h"
#include "base/ids.h"
#include "base/status_macros.h"
#include "google/protobuf/descriptor.h"
#include "rpc/access_log.h"
#include "rpc/authenticate.h"
#include "rpc/authorize.h"
#include "rpc/client_call.h"
#include "rpc/context_builder.h"
#include "rpc/denials.h"
#include "rpc/drain.h"
#include "rpc/errors.h"
#include "rpc/limits.h"
#include "rpc/metrics.h"
#include "rpc/rule.h"
#include "rpc/stable_bytes.h"
#include "rpc/status_mapping.h"
#include "rpc/trace.h"
#include "tenants/plan_limits.h"

namespace argosy::rpc {
namespace {

using google::protobuf::Message;

// The value of one header, or "". It points into the context.
absl::string_view Header(const grpc::ServerContext& call, const char* name) {
  const auto found = call.client_metadata().find(name);
  if (found == call.client_metadata().end()) return "";
  return {found->second.data(), found->second.length()};
}

std::vector<CallMetrics::Name> NamesOf(const MethodTable& table) {
  std::vector<CallMetrics::Name> names;
  for (const auto& method : table.methods()) names.push_back({method->service, method->name});
  return names;
}

// Long enough for one append, short enough that a busy chain does not hold up the answer.
constexpr absl::Duration kRecordingPatience = absl::Seconds(1);
// What an audit entry keeps of a resource's name, which in a denied call may be anything.
constexpr size_t kRecordedResourceMax = 512;

// The exception barrier: what `run` returns, or INTERNAL with the text of what it threw.
absl::Status Guarded(absl::FunctionRef<absl::Status()> run) {
  try {
    return run();
  } catch (const std::exception& error) {
    return base::Internal(absl::StrCat("exception: ", error.what()));
  } catch (...) {
    return base::Internal("an exception of unknown type");
  }
}

// Of the request with its request_id, whose letters are `text`, written as the log keeps it: the
// same request has the same hash whatever the case of its id.
std::string PayloadHash(const Message& request, const google::protobuf::FieldDescriptor* request_id,
                        const std::string& text) {
  std::string lower = absl::AsciiStrToLower(text);
  if (lower == text) return base::Sha256(StableBytes(request));
  const std::unique_ptr<Message> same(request.New());
  same->CopyFrom(request);
  same->GetReflection()->SetString(same.get(), request_id, std::move(lower));
  return base::Sha256(StableBytes(*same));
}

// One call on its way through the chain.
struct CallState {
  grpc::ServerContext& context;
  const Message& request;
  const Method* method;
  std::string call_id;
  Trace trace;
  absl::Time start;
  absl::Time deadline;
  bool inner = false;
  absl::string_view authorization;
  std::string peer;
  std::optional<Caller> caller;
  std::optional<Grant> grant;
  std::string resource;
  Ticket admission;
  Ticket peer_share;
  Ticket public_share;
  Ticket tenant_share;
  Ticket principal_share;
};

}  // namespace

struct Chassis::Core {
  Core(const ChassisParts& the_parts, MethodTable the_table)
      : parts(the_parts),
        table(std::move(the_table)),
        metrics(NamesOf(table)),
        ids(parts.entropy),
        inner_mark(absl::BytesToHexString(parts.entropy.Bytes(16))),
        authenticator(parts.keys, parts.options.issuer, parts.options.audience),
        per_peer(parts.options.per_peer_max),
        per_tenant(parts.options.per_tenant_max),
        per_principal(parts.options.per_principal_max) {}

  CallState Begin(grpc::ServerContext& call, const Message& request);
  absl::Status Answer(CallState& state, Body body);
  absl::Status SetDeadline(CallState& state) const;
  absl::Status Admit(CallState& state);
  absl::Status IdentifyAndAuthorize(CallState& state);
  absl::Status TakePublicShare(CallState& state);
  absl::Status TakeShares(CallState& state);
  absl::Status Handle(CallState& state, Body body);
  absl::StatusOr<tenants::RequestFields> Fields(const CallState& state) const;
  void NoteDenial(const CallState& state, const absl::Status& status);
  absl::Status RecordDenial(const CallState& state, const absl::Status& status);
  grpc::Status Finish(const CallState& state, const absl::Status& status);

  const ChassisParts parts;
  const MethodTable table;
  CallMetrics metrics;
  base::IdSource ids;
  // Known to this process alone: it tells its own inner calls from everybody else's.
  const std::string inner_mark;
  Authenticator authenticator;
  Drain drain;
  std::atomic<int> admitted{0};
  std::atomic<int> anonymous{0};
  KeyedLimit per_peer;
  KeyedLimit per_tenant;
  KeyedLimit per_principal;
  DenialLimit denial_limit;
};

CallState Chassis::Core::Begin(grpc::ServerContext& call, const Message& request) {
  const absl::Time start = parts.clock.Now();
  const Method* const method = table.Find(request.GetDescriptor());
  if (method != nullptr) metrics.Started(method->index);
  return CallState{.context = call,
                   .request = request,
                   .method = method,
                   .call_id = ids.NewUuid(start).ToString(),
                   .trace = ContinueTrace(Header(call, "traceparent"), parts.entropy),
                   .start = start,
                   .deadline = start + tenants::kDeadlineDefault,
                   .inner = base::ConstantTimeEquals(Header(call, kInnerMarkHeader), inner_mark),
                   .authorization = Header(call, "authorization"),
                   .peer = call.peer()};
}

absl::Status Chassis::Core::SetDeadline(CallState& state) const {
  const auto asked = state.context.deadline();
  if (asked == std::chrono::system_clock::time_point::max()) {
    return state.inner ? DeadlineMissing() : absl::OkStatus();
  }
  state.deadline = std::min(absl::FromChrono(asked), state.start + tenants::kDeadlineMax);
  return state.start < state.deadline ? absl::OkStatus() : DeadlineCapped();
}

// An inner call was admitted with the outer call it belongs to, and runs on threads of its own.
absl::Status Chassis::Core::Admit(CallState& state) {
  if (state.inner) return absl::OkStatus();
  if (drain.draining()) return Draining();
  state.admission = Ticket::Take(admitted, parts.options.admitted_max);
  if (!state.admission.granted()) return ConcurrencyLimited("system", "");
  const absl::string_view peer = PeerAddress(state.peer);
  if (!absl::StartsWith(peer, "ipv")) return absl::OkStatus();
  state.peer_share = per_peer.Take(peer);
  return state.peer_share.granted() ? absl::OkStatus() : ConcurrencyLimited("peer", "");
}

absl::Status Chassis::Core::IdentifyAndAuthorize(CallState& state) {
  const Method& method = *state.method;
  const bool is_public = method.scope == common::v1::SCOPE_PUBLIC;
  if (!is_public) {
    ASSIGN_OR_RETURN(state.caller, authenticator.Authenticate(state.authorization, state.start));
  }
  state.resource = method.ResourceOf(state.request);
  ASSIGN_OR_RETURN(std::string tenant_id, table.walk().TenantOf(state.request));
  if (is_public) return TakePublicShare(state);
  const Asked asked{
      .method = method, .resource = state.resource, .tenant_id = std::move(tenant_id)};
  ASSIGN_OR_RETURN(state.grant, Authorize(*state.caller, asked, parts.tenants, state.deadline));
  return TakeShares(state);
}

absl::Status Chassis::Core::TakePublicShare(CallState& state) {
  if (state.inner) return absl::OkStatus();
  state.public_share = Ticket::Take(anonymous, parts.options.public_max);
  return state.public_share.granted() ? absl::OkStatus() : ConcurrencyLimited("public", "");
}

// An inner call has those of the outer call it belongs to.
absl::Status Chassis::Core::TakeShares(CallState& state) {
  if (state.inner) return absl::OkStatus();
  const std::string tenant = absl::StrCat("tenants/", state.grant->tenant.id.text());
  state.tenant_share = per_tenant.Take(tenant);
  if (!state.tenant_share.granted()) return ConcurrencyLimited("tenant", tenant);
  const base::AccessClaims& claims = state.caller->claims;
  const std::string principal =
      absl::StrCat("tenants/", claims.tenant_id.text(), "/", claims.actor);
  state.principal_share = per_principal.Take(principal);
  return state.principal_share.granted() ? absl::OkStatus()
                                         : ConcurrencyLimited("principal", principal);
}

absl::StatusOr<tenants::RequestFields> Chassis::Core::Fields(const CallState& state) const {
  const Method& method = *state.method;
  tenants::RequestFields fields{.call_id = state.call_id,
                                .trace_id = state.trace.trace_id,
                                .method = method.full_name,
                                .resource = state.resource,
                                .now = state.start,
                                .deadline = state.deadline};
  const auto& reflection = *state.request.GetReflection();
  if (method.validate_only != nullptr && reflection.GetBool(state.request, method.validate_only)) {
    fields.effect = tenants::Effect::kValidateOnly;
  }
  if (method.claims()) {
    const std::string text = reflection.GetString(state.request, method.request_id);
    const auto request_id = base::Uuid::Parse(absl::AsciiStrToLower(text));
    if (!request_id.ok()) return base::FieldInvalid("request_id", "must be a UUID");
    if (request_id->is_nil()) return base::FieldInvalid("request_id", "must not be all zeros");
    fields.request_id = *request_id;
    fields.payload_hash = PayloadHash(state.request, method.request_id, text);
    if (method.response_has_secret) {
      fields.blank_secrets = [type = method.response](absl::string_view bytes) {
        return BlankSecrets(*type, bytes);
      };
    }
  }
  return fields;
}

absl::Status Chassis::Core::Handle(CallState& state, Body body) {
  RETURN_IF_ERROR(table.validator().Check(state.request));
  ASSIGN_OR_RETURN(tenants::RequestFields fields, Fields(state));
  // Nobody waits for the answer any more.
  if (state.context.IsCancelled()) return absl::CancelledError("the client has gone");
  const tenants::RequestContext context =
      state.grant ? ContextBuilder::ForTenant(std::move(fields), *state.caller, *state.grant)
                  : ContextBuilder::ForPublic(std::move(fields));
  const OngoingCall ongoing{.call_id = state.call_id,
                            .authorization = state.authorization,
                            .trace = state.trace,
                            .inner_mark = inner_mark,
                            .deadline = state.deadline};
  const OngoingCallScope scope(ongoing);
  RETURN_IF_ERROR(body(context));
  const int claims_due = state.method->claims() ? 1 : 0;
  if (context.claims() == claims_due) return absl::OkStatus();
  return base::Internal(absl::StrCat(state.method->full_name, " claimed its request_id ",
                                     context.claims(), " times instead of ", claims_due));
}

absl::Status Chassis::Core::Answer(CallState& state, Body body) {
  RETURN_IF_ERROR(SetDeadline(state));
  RETURN_IF_ERROR(Admit(state));
  if (state.method == nullptr) {
    return base::Internal(absl::StrCat("no rule for request type ", state.request.GetTypeName()));
  }
  RETURN_IF_ERROR(IdentifyAndAuthorize(state));
  return Handle(state, body);
}

absl::Status Chassis::Core::RecordDenial(const CallState& state, const absl::Status& status) {
  const base::AccessClaims& claims = state.caller->claims;
  const absl::Time deadline = std::min(state.deadline, parts.clock.Now() + kRecordingPatience);
  ASSIGN_OR_RETURN(std::optional<tenants::TenantEntry> own,
                   parts.tenants.FindById(claims.tenant_id, deadline));
  // A tenant that is gone, or another one of its name, has no chain for this caller.
  if (!own || own->uid != claims.tenant_uid) return absl::OkStatus();
  const std::string& method = state.method->full_name;
  if (!denial_limit.Take(own->id.text(), absl::StrCat(claims.actor, " ", method), state.start)) {
    metrics.DenialUnrecorded();
    return absl::OkStatus();
  }
  tenants::RequestFields fields{.call_id = state.call_id,
                                .trace_id = state.trace.trace_id,
                                .method = method,
                                .now = state.start,
                                .deadline = deadline};
  fields.resource = absl::CHexEscape(state.resource.substr(0, kRecordedResourceMax))
                        .substr(0, kRecordedResourceMax);
  const tenants::RequestContext context = ContextBuilder::ForTenant(
      std::move(fields), *state.caller, Grant{.tenant = *std::move(own), .permissions = {}});
  return parts.denials.Record(state.method->service, context, base::ReasonOf(status));
}

// The answer is the denial whatever becomes of its record.
void Chassis::Core::NoteDenial(const CallState& state, const absl::Status& status) {
  if (!state.caller || !IsDenial(status)) return;
  const absl::Status recorded = Guarded([&] { return RecordDenial(state, status); });
  if (recorded.ok()) return;
  metrics.DenialUnrecorded();
  parts.log.Write(base::LogLevel::kError, "a denied call could not be recorded",
                  {{"call_id", state.call_id},
                   {"method", state.method->full_name},
                   {"status", recorded.ToString(absl::StatusToStringMode::kWithNoExtraData)}});
}

grpc::Status Chassis::Core::Finish(const CallState& state, const absl::Status& status) {
  const absl::string_view domain =
      state.method == nullptr ? absl::string_view("argosy") : state.method->domain;
  grpc::Status answer =
      ToGrpcStatus(status, ErrorOrigin{.domain = domain, .call_id = state.call_id});
  if (answer.error_code() == grpc::StatusCode::UNAVAILABLE) {
    const auto fault = base::FindFault(status);
    if (fault && fault->retry_after) {
      // gRFC A6: how long the client's channel waits before it tries again by itself.
      state.context.AddTrailingMetadata(
          "grpc-retry-pushback-ms", absl::StrCat(absl::ToInt64Milliseconds(*fault->retry_after)));
    }
  }
  const absl::Duration took = parts.clock.Now() - state.start;
  if (state.method != nullptr) metrics.Handled(state.method->index, answer.error_code(), took);
  const std::string type = state.method == nullptr ? state.request.GetTypeName() : "";
  LogAccess(parts.log,
            AccessRecord{.call_id = state.call_id,
                         .trace = state.trace,
                         .method = state.method == nullptr ? type : state.method->full_name,
                         .tenant = state.caller ? state.caller->claims.tenant_id.text() : "",
                         .actor = state.caller ? state.caller->claims.actor : "",
                         .peer = state.peer,
                         .took = took,
                         .request_bytes = static_cast<int64_t>(state.request.ByteSizeLong())},
            status, answer.error_code());
  return answer;
}

Chassis::Chassis(std::unique_ptr<Core> core) : core_(std::move(core)) {}
Chassis::~Chassis() = default;

absl::StatusOr<std::unique_ptr<Chassis>> Chassis::Create(
    const ChassisParts& parts, const std::vector<std::string>& service_names) {
  RETURN_IF_ERROR(Authenticator::CheckOptions(parts.options.issuer, parts.options.audience));
  std::vector<const google::protobuf::ServiceDescriptor*> services;
  for (const std::string& name : service_names) {
    services.push_back(google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name));
    if (services.back() == nullptr) {
      return base::Internal(absl::StrCat("service ", name, " is not part of this program"));
    }
  }
  ASSIGN_OR_RETURN(MethodTable table, MethodTable::Build(services));
  return std::make_unique<Chassis>(std::make_unique<Core>(parts, std::move(table)));
}

Drain& Chassis::drain() { return core_->drain; }
const prometheus::Collectable& Chassis::metrics() const { return core_->metrics; }

grpc::Status Chassis::Run(grpc::ServerContext& call, const Message& request, Body body) {
  const Drain::Visit visit(core_->drain);
  CallState state = core_->Begin(call, request);
  const absl::Status status = Guarded([&] { return core_->Answer(state, body); });
  core_->NoteDenial(state, status);
  return core_->Finish(state, status);
}

}  // namespace argosy::rpc
