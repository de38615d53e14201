// rpc: an authenticated, permission-checked, tenant-guarded Get against a bare echo.
#ifndef ARGOSY_TESTS_BENCH_RPC_BENCH_H_
#define ARGOSY_TESTS_BENCH_RPC_BENCH_H_

#include "absl/status/statusor.h"
#include "tests/bench/comparison.h"
#include "tests/bench/target.h"

namespace argosy::bench {

absl::StatusOr<Result> RunRpcBench(const Target& target, const std::string& results);

}  // namespace argosy::bench

#endif  // ARGOSY_TESTS_BENCH_RPC_BENCH_H_
