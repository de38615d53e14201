// argosy.incentives.v1.LedgerService on the wire: one statement per RPC.
#ifndef ARGOSY_SERVICES_INCENTIVES_RPC_LEDGER_RPC_H_
#define ARGOSY_SERVICES_INCENTIVES_RPC_LEDGER_RPC_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "argosy/incentives/v1/ledger.grpc.pb.h"
#include "rpc/chassis.h"
#include "services/incentives/service/ledger_service.h"

namespace argosy::incentives {

// Thread-safe; both references outlive it.
class LedgerRpc final : public v1::LedgerService::Service {
 public:
  LedgerRpc(rpc::Chassis& chassis, LedgerService& service) : chassis_(chassis), service_(service) {}

  grpc::Status ListLedgerEntries(grpc::ServerContext* call,
                                 const v1::ListLedgerEntriesRequest* request,
                                 v1::ListLedgerEntriesResponse* response) override;
  grpc::Status GetBalances(grpc::ServerContext* call, const v1::GetBalancesRequest* request,
                           v1::GetBalancesResponse* response) override;
  grpc::Status VerifyLedger(grpc::ServerContext* call, const v1::VerifyLedgerRequest* request,
                            v1::VerifyLedgerResponse* response) override;

 private:
  rpc::Chassis& chassis_;
  LedgerService& service_;
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_RPC_LEDGER_RPC_H_
