// argosy.metrics.v1.ImportService on the wire: one statement per RPC.
#ifndef ARGOSY_SERVICES_METRICS_RPC_IMPORT_RPC_H_
#define ARGOSY_SERVICES_METRICS_RPC_IMPORT_RPC_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "argosy/metrics/v1/import_service.grpc.pb.h"
#include "rpc/chassis.h"
#include "services/metrics/service/import_service.h"

namespace argosy::metrics {

// Thread-safe; both references outlive it.
class ImportRpc final : public v1::ImportService::Service {
 public:
  ImportRpc(rpc::Chassis& chassis, ImportService& service) : chassis_(chassis), service_(service) {}

  grpc::Status CreateImport(grpc::ServerContext* call, const v1::CreateImportRequest* request,
                            v1::Import* response) override;
  grpc::Status UploadImportPart(grpc::ServerContext* call,
                                const v1::UploadImportPartRequest* request,
                                v1::UploadImportPartResponse* response) override;
  grpc::Status ValidateImport(grpc::ServerContext* call, const v1::ValidateImportRequest* request,
                              v1::ValidateImportResponse* response) override;
  grpc::Status CommitImport(grpc::ServerContext* call, const v1::CommitImportRequest* request,
                            v1::CommitImportResponse* response) override;
  grpc::Status UndoImport(grpc::ServerContext* call, const v1::UndoImportRequest* request,
                          v1::UndoImportResponse* response) override;
  grpc::Status GetImport(grpc::ServerContext* call, const v1::GetImportRequest* request,
                         v1::Import* response) override;
  grpc::Status ListImports(grpc::ServerContext* call, const v1::ListImportsRequest* request,
                           v1::ListImportsResponse* response) override;
  grpc::Status ListImportErrors(grpc::ServerContext* call,
                                const v1::ListImportErrorsRequest* request,
                                v1::ListImportErrorsResponse* response) override;

 private:
  rpc::Chassis& chassis_;
  ImportService& service_;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_RPC_IMPORT_RPC_H_
