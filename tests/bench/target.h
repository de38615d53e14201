// The served argosyd a benchmark measures, and how to speak to it.
#ifndef ARGOSY_TESTS_BENCH_TARGET_H_
#define ARGOSY_TESTS_BENCH_TARGET_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace argosy::bench {

struct Target {
  std::string address;    // "127.0.0.1:7070"
  std::string tenant;     // "tenants/bench"
  std::string api_token;  // of an owner of it
  std::string database_socket;
  std::string database_user = "root";
  int public_threads = 0;  // of the server: the reference gets as many
};

// A connection of its own: gRPC would otherwise share one among all channels to an address.
std::shared_ptr<grpc::Channel> NewConnection(const std::string& address);

// An access token for `target`, good for the length of a benchmark.
absl::StatusOr<std::string> FetchAccessToken(const Target& target);

// A context with the token and a deadline.
void Prepare(grpc::ClientContext& context, const std::string& access_token);

absl::Status ToStatus(const grpc::Status& status);

}  // namespace argosy::bench

#endif  // ARGOSY_TESTS_BENCH_TARGET_H_
