#include "services/metrics/rpc/import_rpc.h"

#include "tenants/request_context.h"

namespace argosy::metrics {

grpc::Status ImportRpc::CreateImport(grpc::ServerContext* call,
                                     const v1::CreateImportRequest* request, v1::Import* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.CreateImport(ctx, *request);
  });
}

grpc::Status ImportRpc::UploadImportPart(grpc::ServerContext* call,
                                         const v1::UploadImportPartRequest* request,
                                         v1::UploadImportPartResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.UploadImportPart(ctx, *request);
  });
}

grpc::Status ImportRpc::ValidateImport(grpc::ServerContext* call,
                                       const v1::ValidateImportRequest* request,
                                       v1::ValidateImportResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ValidateImport(ctx, *request);
  });
}

grpc::Status ImportRpc::CommitImport(grpc::ServerContext* call,
                                     const v1::CommitImportRequest* request,
                                     v1::CommitImportResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.CommitImport(ctx, *request);
  });
}

grpc::Status ImportRpc::UndoImport(grpc::ServerContext* call, const v1::UndoImportRequest* request,
                                   v1::UndoImportResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.UndoImport(ctx, *request);
  });
}

grpc::Status ImportRpc::GetImport(grpc::ServerContext* call, const v1::GetImportRequest* request,
                                  v1::Import* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.GetImport(ctx, *request);
  });
}

grpc::Status ImportRpc::ListImports(grpc::ServerContext* call,
                                    const v1::ListImportsRequest* request,
                                    v1::ListImportsResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListImports(ctx, *request);
  });
}

grpc::Status ImportRpc::ListImportErrors(grpc::ServerContext* call,
                                         const v1::ListImportErrorsRequest* request,
                                         v1::ListImportErrorsResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListImportErrors(ctx, *request);
  });
}

}  // namespace argosy::metrics
