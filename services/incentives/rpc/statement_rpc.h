// argosy.incentives.v1.StatementService on the wire: one statement per RPC.
#ifndef ARGOSY_SERVICES_INCENTIVES_RPC_STATEMENT_RPC_H_
#define ARGOSY_SERVICES_INCENTIVES_RPC_STATEMENT_RPC_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "argosy/incentives/v1/statement.grpc.pb.h"
#include "rpc/chassis.h"
#include "services/incentives/service/statement_service.h"

namespace argosy::incentives {

// Thread-safe; both references outlive it.
class StatementRpc final : public v1::StatementService::Service {
 public:
  StatementRpc(rpc::Chassis& chassis, StatementService& service)
      : chassis_(chassis), service_(service) {}

  grpc::Status ListStatements(grpc::ServerContext* call, const v1::ListStatementsRequest* request,
                              v1::ListStatementsResponse* response) override;
  grpc::Status GetStatement(grpc::ServerContext* call, const v1::GetStatementRequest* request,
                            v1::Statement* response) override;
  grpc::Status ExplainLine(grpc::ServerContext* call, const v1::ExplainLineRequest* request,
                           v1::ExplainLineResponse* response) override;

 private:
  rpc::Chassis& chassis_;
  StatementService& service_;
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_RPC_STATEMENT_RPC_H_
