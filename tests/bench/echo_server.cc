#include "tests/bench/echo_server.h"

#include <grpcpp/grpcpp.h>

#include <iostream>

#include "argosy/bench/echo.grpc.pb.h"

namespace argosy::bench {
namespace {

class EchoService final : public Echo::Service {
 public:
  grpc::Status Call(grpc::ServerContext* /*context*/, const EchoRequest* request,
                    EchoResponse* response) override {
    response->set_padding(std::string(static_cast<size_t>(request->response_bytes()), 'x'));
    return grpc::Status::OK;
  }
};

}  // namespace

int RunEchoServer(int threads) {
  EchoService service;
  grpc::ResourceQuota quota("echo");
  quota.SetMaxThreads(threads);
  int port = 0;
  grpc::ServerBuilder builder;
  builder.SetResourceQuota(quota);
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  std::cout << "PORT " << port << std::endl;
  while (std::cin.get() != std::char_traits<char>::eof()) {
  }
  server->Shutdown(std::chrono::system_clock::now());
  return 0;
}

}  // namespace argosy::bench
