#include "services/incentives/rpc/server.h"

#include <utility>

#include "base/status_macros.h"
#include "services/incentives/rpc/grpc_order_source.h"
#include "services/incentives/rpc/grpc_people_source.h"
#include "services/incentives/rpc/ledger_rpc.h"
#include "services/incentives/rpc/plan_rpc.h"
#include "services/incentives/rpc/run_rpc.h"
#include "services/incentives/rpc/statement_rpc.h"
#include "services/incentives/service/collaborators.h"
#include "services/incentives/store/queries.h"
#include "tenants/tenant_session.h"
#include "tenants/tenant_sql.h"

namespace argosy::incentives {

struct Server::Objects {
  explicit Objects(const ServerParts& parts)
      : db(parts.pool, parts.entropy),
        orders(parts.channels),
        people(parts.channels),
        with{.db = db,
             .ids = parts.ids,
             .pages = parts.page_tokens,
             .orders = orders,
             .people = people},
        plan_service(with),
        run_service(with),
        statement_service(with),
        ledger_service(with),
        plan_rpc(parts.chassis, plan_service),
        run_rpc(parts.chassis, run_service),
        statement_rpc(parts.chassis, statement_service),
        ledger_rpc(parts.chassis, ledger_service) {}

  tenants::TenantSession db;
  GrpcOrderSource orders;
  GrpcPeopleSource people;
  Collaborators with;
  PlanService plan_service;
  RunService run_service;
  StatementService statement_service;
  LedgerService ledger_service;
  PlanRpc plan_rpc;
  RunRpc run_rpc;
  StatementRpc statement_rpc;
  LedgerRpc ledger_rpc;
};

std::vector<std::string> Server::ServiceNames() {
  return {v1::PlanService::service_full_name(), v1::RunService::service_full_name(),
          v1::StatementService::service_full_name(), v1::LedgerService::service_full_name()};
}

absl::StatusOr<std::unique_ptr<Server>> Server::Create(const ServerParts& parts) {
  RETURN_IF_ERROR(tenants::CheckTenantPredicates({kQueries.begin(), kQueries.end()}));
  return std::make_unique<Server>(std::make_unique<Objects>(parts));
}

Server::Server(std::unique_ptr<Objects> objects) : objects_(std::move(objects)) {}
Server::~Server() = default;

std::vector<grpc::Service*> Server::services() {
  return {&objects_->plan_rpc, &objects_->run_rpc, &objects_->statement_rpc, &objects_->ledger_rpc};
}

}  // namespace argosy::incentives
