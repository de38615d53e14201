#include "services/teams/rpc/server.h"

#include <utility>

#include "base/status_macros.h"
#include "services/teams/rpc/grpc_metric_source.h"
#include "services/teams/rpc/people_rpc.h"
#include "services/teams/rpc/stage_rpc.h"
#include "services/teams/service/collaborators.h"
#include "services/teams/service/people_service.h"
#include "services/teams/service/stage_service.h"
#include "services/teams/store/queries.h"
#include "tenants/tenant_session.h"
#include "tenants/tenant_sql.h"

namespace argosy::teams {

struct Server::Objects {
  explicit Objects(const ServerParts& parts)
      : db(parts.pool, parts.entropy),
        with{.db = db, .ids = parts.ids, .pages = parts.page_tokens},
        metric_source(parts.channels),
        people_service(with),
        stage_service(with, metric_source),
        people_rpc(parts.chassis, people_service),
        stage_rpc(parts.chassis, stage_service) {}

  tenants::TenantSession db;
  Collaborators with;
  GrpcMetricSource metric_source;
  PeopleService people_service;
  StageService stage_service;
  PeopleRpc people_rpc;
  StageRpc stage_rpc;
};

std::vector<std::string> Server::ServiceNames() {
  return {v1::PeopleService::service_full_name(), v1::StageService::service_full_name()};
}

absl::StatusOr<std::unique_ptr<Server>> Server::Create(const ServerParts& parts) {
  RETURN_IF_ERROR(tenants::CheckTenantPredicates({kTenantQueries.begin(), kTenantQueries.end()}));
  return std::make_unique<Server>(std::make_unique<Objects>(parts));
}

Server::Server(std::unique_ptr<Objects> objects) : objects_(std::move(objects)) {}
Server::~Server() = default;

std::vector<grpc::Service*> Server::services() {
  return {&objects_->people_rpc, &objects_->stage_rpc};
}

}  // namespace argosy::teams
