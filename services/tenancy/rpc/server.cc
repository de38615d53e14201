#include "services/tenancy/rpc/server.h"

#include <utility>

#include "absl/status/status.h"
#include "base/crypto.h"
#include "base/status_macros.h"
#include "rpc/server.h"
#include "services/tenancy/rpc/access_rpc.h"
#include "services/tenancy/rpc/api_token_rpc.h"
#include "services/tenancy/rpc/membership_rpc.h"
#include "services/tenancy/rpc/tenant_rpc.h"
#include "services/tenancy/service/access_service.h"
#include "services/tenancy/service/api_token_service.h"
#include "services/tenancy/service/bootstrap.h"
#include "services/tenancy/service/collaborators.h"
#include "services/tenancy/service/key_ring.h"
#include "services/tenancy/service/membership_service.h"
#include "services/tenancy/service/tenant_service.h"
#include "services/tenancy/store/global_access.h"
#include "services/tenancy/store/queries.h"
#include "tenants/tenant_session.h"
#include "tenants/tenant_sql.h"

namespace argosy::tenancy {
namespace {

// How long start-up and bootstrap wait for the database.
constexpr absl::Duration kStartDeadline = absl::Seconds(10);

class ChassisKeys final : public KeyAudience {
 public:
  explicit ChassisKeys(rpc::AcceptedKeys& keys) : keys_(keys) {}
  absl::Status Accept(const std::vector<std::string>& jwks) override { return keys_.Replace(jwks); }

 private:
  rpc::AcceptedKeys& keys_;
};

TokenForm FormOf(const Options& options) {
  return {.environment = options.environment, .pepper = options.token_pepper};
}

}  // namespace

struct Server::Objects {
  Objects(const ServerParts& parts, const Options& options, base::SealingKey seal)
      : db(parts.pool, parts.entropy),
        global(GlobalAccess::Session(parts.pool, parts.entropy)),
        audience(parts.accepted_keys),
        keys(global, parts.ids, parts.entropy, std::move(seal), audience),
        with{.db = db,
             .global = global,
             .directory = parts.directory,
             .ids = parts.ids,
             .entropy = parts.entropy,
             .pages = parts.page_tokens},
        tenant_service(with),
        membership_service(with),
        api_token_service(with, FormOf(options)),
        access_service(with, keys, FormOf(options),
                       {.issuer = options.issuer, .audience = options.audience}),
        tenant_rpc(parts.chassis, tenant_service),
        membership_rpc(parts.chassis, membership_service),
        api_token_rpc(parts.chassis, api_token_service),
        access_rpc(parts.chassis, access_service) {}

  tenants::TenantSession db;
  tenants::GlobalSession global;
  ChassisKeys audience;
  KeyRing keys;
  Collaborators with;
  TenantService tenant_service;
  MembershipService membership_service;
  ApiTokenService api_token_service;
  AccessService access_service;
  TenantRpc tenant_rpc;
  MembershipRpc membership_rpc;
  ApiTokenRpc api_token_rpc;
  AccessRpc access_rpc;
};

absl::Status CheckOptions(const Options& options) {
  RETURN_IF_ERROR(CheckForm(FormOf(options)));
  if (options.issuer.empty() || options.audience.empty()) {
    return absl::InvalidArgumentError("issuer and audience must be set");
  }
  return base::SealingKey::FromBytes(options.signing_seal).status();
}

std::vector<std::string> Server::ServiceNames() {
  return rpc::ServiceNames<v1::TenantService, v1::MembershipService, v1::ApiTokenService,
                           v1::AccessService>();
}

absl::StatusOr<std::unique_ptr<Server>> Server::Create(const ServerParts& parts,
                                                       const Options& options) {
  RETURN_IF_ERROR(CheckOptions(options));
  RETURN_IF_ERROR(tenants::CheckTenantPredicates({kTenantQueries.begin(), kTenantQueries.end()}));
  ASSIGN_OR_RETURN(base::SealingKey seal, base::SealingKey::FromBytes(options.signing_seal));
  auto objects = std::make_unique<Objects>(parts, options, std::move(seal));
  const absl::Time now = parts.clock.Now();
  RETURN_IF_ERROR(objects->keys.Refresh(now, now + kStartDeadline));
  return std::make_unique<Server>(std::move(objects));
}

Server::Server(std::unique_ptr<Objects> objects) : objects_(std::move(objects)) {}
Server::~Server() = default;

std::vector<grpc::Service*> Server::services() {
  return {&objects_->tenant_rpc, &objects_->membership_rpc, &objects_->api_token_rpc,
          &objects_->access_rpc};
}

absl::StatusOr<std::string> BootstrapPlatform(const BootstrapParts& parts, const Options& options,
                                              const FirstOperator& first) {
  RETURN_IF_ERROR(CheckOptions(options));
  tenants::TenantSession db(parts.pool, parts.entropy);
  tenants::GlobalSession global = GlobalAccess::Session(parts.pool, parts.entropy);
  const Collaborators with{.db = db,
                           .global = global,
                           .directory = parts.directory,
                           .ids = parts.ids,
                           .entropy = parts.entropy,
                           .pages = parts.page_tokens};
  const absl::Time now = parts.clock.Now();
  return Bootstrap(with, FormOf(options),
                   {.principal = first.principal,
                    .reissue = first.reissue ? Reissue::kNewToken : Reissue::kRefuse,
                    .now = now,
                    .deadline = now + kStartDeadline});
}

}  // namespace argosy::tenancy
