// argosy_bench: the benchmarks of a served argosyd. `./dev bench` prepares what it needs.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "rpc/chassis_parts.h"
#include "tests/bench/echo_server.h"
#include "tests/bench/ingest_bench.h"
#include "tests/bench/onboard.h"
#include "tests/bench/rpc_bench.h"

namespace argosy::bench {
namespace {

using Benchmark = absl::StatusOr<Result> (*)(const Target&, const std::string&);
struct Named {
  std::string name;
  Benchmark run;
};

const std::vector<Named>& AllBenchmarks() {
  static const std::vector<Named> kAll = {{"rpc", &RunRpcBench}, {"ingest", &RunIngestBench}};
  return kAll;
}

int Run(const std::string& operator_token_file, const std::string& results,
        const std::vector<std::string>& names, Target target) {
  std::string operator_token;
  std::ifstream(operator_token_file) >> operator_token;
  if (const absl::Status opened = OpenTenant(operator_token, target); !opened.ok()) {
    std::cerr << "argosy_bench: " << opened << "\n";
    return 1;
  }
  int missed = 0;
  for (const Named& benchmark : AllBenchmarks()) {
    if (!names.empty() && std::find(names.begin(), names.end(), benchmark.name) == names.end())
      continue;
    const absl::StatusOr<Result> result = benchmark.run(target, results);
    if (!result.ok()) {
      std::cerr << "argosy_bench: " << benchmark.name << ": " << result.status() << "\n";
      return 1;
    }
    missed += result->met ? 0 : 1;
  }
  return missed == 0 ? 0 : 3;
}

}  // namespace
}  // namespace argosy::bench

int main(int argc, char** argv) {
  CLI::App app("Benchmarks as ratios of two things measured in turn. Exit 3: a bar was missed.");
  argosy::bench::Target target;
  std::string operator_token_file;
  std::string results = "bench-results";
  std::vector<std::string> names;
  int threads = 1;
  target.public_threads = argosy::rpc::kPublicThreads;
  app.add_option("--address", target.address, "the served argosyd");
  app.add_option("--operator-token-file", operator_token_file, "the platform operator's API token");
  app.add_option("--database-socket", target.database_socket, "its database, for the bare inserts");
  app.add_option("--results", results, "folder of the result files");
  app.add_option("names", names, "which benchmarks; none is all")
      ->check(CLI::IsMember({"rpc", "ingest"}));
  auto* echo = app.add_subcommand("echo-server", "the reference of rpc");
  echo->add_option("threads", threads)->required();
  CLI11_PARSE(app, argc, argv);
  if (echo->parsed()) return argosy::bench::RunEchoServer(threads);
  return argosy::bench::Run(operator_token_file, results, names, target);
}
