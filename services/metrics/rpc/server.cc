#include "services/metrics/rpc/server.h"

#include <utility>

#include "base/status_macros.h"
#include "services/metrics/rpc/channel_rpc.h"
#include "services/metrics/rpc/fact_rpc.h"
#include "services/metrics/rpc/grpc_people_source.h"
#include "services/metrics/rpc/import_rpc.h"
#include "services/metrics/rpc/query_rpc.h"
#include "services/metrics/service/channel_service.h"
#include "services/metrics/service/collaborators.h"
#include "services/metrics/service/fact_service.h"
#include "services/metrics/service/import_service.h"
#include "services/metrics/service/query_service.h"
#include "services/metrics/store/import_queries.h"
#include "services/metrics/store/queries.h"
#include "tenants/tenant_session.h"
#include "tenants/tenant_sql.h"

namespace argosy::metrics {

struct Server::Objects {
  explicit Objects(const ServerParts& parts)
      : db(parts.pool, parts.entropy),
        people(parts.channels),
        with{.db = db,
             .clock = parts.clock,
             .ids = parts.ids,
             .pages = parts.page_tokens,
             .people = people},
        channel_service(with),
        fact_service(with),
        import_service(with),
        query_service(with),
        channel_rpc(parts.chassis, channel_service),
        fact_rpc(parts.chassis, fact_service),
        import_rpc(parts.chassis, import_service),
        query_rpc(parts.chassis, query_service) {}

  tenants::TenantSession db;
  GrpcPeopleSource people;
  Collaborators with;
  ChannelService channel_service;
  FactService fact_service;
  ImportService import_service;
  QueryService query_service;
  ChannelRpc channel_rpc;
  FactRpc fact_rpc;
  ImportRpc import_rpc;
  QueryRpc query_rpc;
};

std::vector<std::string> Server::ServiceNames() {
  return {v1::ChannelService::service_full_name(), v1::FactService::service_full_name(),
          v1::ImportService::service_full_name(), v1::QueryService::service_full_name()};
}

absl::StatusOr<std::unique_ptr<Server>> Server::Create(const ServerParts& parts) {
  RETURN_IF_ERROR(tenants::CheckTenantPredicates({kFactQueries.begin(), kFactQueries.end()}));
  RETURN_IF_ERROR(tenants::CheckTenantPredicates({kImportQueries.begin(), kImportQueries.end()}));
  return std::make_unique<Server>(std::make_unique<Objects>(parts));
}

Server::Server(std::unique_ptr<Objects> objects) : objects_(std::move(objects)) {}
Server::~Server() = default;

std::vector<grpc::Service*> Server::services() {
  return {&objects_->channel_rpc, &objects_->fact_rpc, &objects_->import_rpc, &objects_->query_rpc};
}

}  // namespace argosy::metrics
