// One call: its tenant context, its ids and its instant.
#ifndef ARGOSY_TENANTS_REQUEST_CONTEXT_H_
#define ARGOSY_TENANTS_REQUEST_CONTEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/ids.h"
#include "tenants/tenant_context.h"

namespace argosy::tenants {

enum class Effect : uint8_t {
  kApply,
  // validate_only: everything is done and then undone.
  kValidateOnly,
};

// From the bytes of a reply the bytes to store: those with every secret field blanked.
using ReplyBlanker = absl::AnyInvocable<std::string(absl::string_view) const>;

// What a RequestContext is made of besides the tenant context.
struct RequestFields {
  std::string call_id;       // the server's id of this call, <= 64 printable ASCII characters
  std::string trace_id;      // "" without a trace
  std::string method;        // "argosy.metrics.v1.MetricService/PutTarget", <= 160 characters
  std::string resource;      // the resource authorised: "tenants/acme/teams/east"
  base::Uuid request_id;     // the client's idempotency key; nil on reads and ingest
  std::string payload_hash;  // SHA-256 of the request, 32 bytes; empty where request_id is nil
  Effect effect = Effect::kApply;
  absl::Time now;  // the one instant of this call
  // The deadline of a call without a tenant (a PUBLIC method).
  absl::Time deadline = absl::InfiniteFuture();
  // Null when the reply has no secret field.
  ReplyBlanker blank_secrets;
};

// Immutable but for its claim counter; used by one thread.
class RequestContext {
 public:
  RequestContext(ContextKey /*key*/, RequestFields fields, std::optional<TenantContext> tenant)
      : fields_(std::move(fields)), tenant_(std::move(tenant)) {}
  RequestContext(RequestContext&&) = default;
  RequestContext& operator=(RequestContext&&) = default;
  RequestContext(const RequestContext&) = delete;
  RequestContext& operator=(const RequestContext&) = delete;

  // False for a PUBLIC method alone.
  bool has_tenant() const { return tenant_.has_value(); }
  // Only when has_tenant(); aborts otherwise, because a rule that says TENANT or PLATFORM has made
  // sure of it.
  const TenantContext& tenant() const;

  const std::string& call_id() const { return fields_.call_id; }
  const std::string& trace_id() const { return fields_.trace_id; }
  const std::string& method() const { return fields_.method; }
  const std::string& resource() const { return fields_.resource; }
  const base::Uuid& request_id() const { return fields_.request_id; }
  const std::string& payload_hash() const { return fields_.payload_hash; }
  bool validate_only() const { return fields_.effect == Effect::kValidateOnly; }
  absl::Time now() const { return fields_.now; }
  absl::Time deadline() const {
    return tenant_.has_value() ? tenant_->deadline() : fields_.deadline;
  }
  // The bytes of `reply` as they may be stored.
  std::string StorableReply(std::string reply) const;

  // How many times this call claimed its request_id (a replay and a dry run count). The chassis
  // answers INTERNAL when a mutating method returns OK without exactly one.
  int claims() const { return claims_; }
  void CountClaim() const { ++claims_; }

 private:
  RequestFields fields_;
  std::optional<TenantContext> tenant_;
  mutable int claims_ = 0;
};

}  // namespace argosy::tenants

#endif  // ARGOSY_TENANTS_REQUEST_CONTEXT_H_
