// The server: serve (default), migrate, bootstrap, check-config.
#include <signal.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "argosyd/bootstrap.h"
#include "argosyd/config.h"
#include "argosyd/process.h"
#include "argosyd/schemas.h"
#include "base/clock.h"
#include "base/log.h"

namespace argosy::argosyd {
namespace {

constexpr int kExitFailed = 1;
constexpr int kExitConfig = 2;

struct Invocation {
  std::string config_path;
  Overrides overrides;
  tenancy::FirstOperator first;
};

// The signals that end the server; blocked in every thread, so that one place waits for them.
sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

int Fail(const absl::Status& status, int code) {
  std::cerr << "argosyd: " << status.message() << "\n";
  return code;
}

int Serve(const Config& config, const base::Clock& clock) {
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const auto log = base::Log::ToStandardError(clock);
  std::cout << Describe(config) << std::flush;
  const auto process = Process::Start(config, clock, *log);
  if (!process.ok()) return Fail(process.status(), kExitFailed);
  std::cout << "serving on port " << (*process)->port() << ", admin on port "
            << (*process)->admin_port() << std::endl;
  int signal = 0;
  sigwait(&signals, &signal);
  // Ctrl-C is a person who waits, and no balancer watches a terminal.
  const absl::Duration notice = signal == SIGINT ? absl::ZeroDuration() : config.drain_notice;
  (*process)->Stop({.notice = notice, .grace = config.drain_grace});
  return 0;
}

int Migrate(const Config& config) {
  const auto applied = MigrateSchemas(config);
  if (!applied.ok()) return Fail(applied.status(), kExitFailed);
  for (const std::string& migration : *applied) std::cout << "applied " << migration << "\n";
  std::cout << applied->size() << " migrations applied\n";
  return 0;
}

int Bootstrap(const Config& config, const base::Clock& clock, const tenancy::FirstOperator& first) {
  const auto token = RunBootstrap(config, clock, first);
  if (!token.ok()) return Fail(token.status(), kExitFailed);
  std::cout << *token << "\n";
  return 0;
}

int Run(int argc, char** argv) {
  CLI::App app(
      "argosyd serves tenancy, teams, metrics and incentives.\n"
      "Example: argosyd --config argosyd.yaml serve");
  Invocation invocation;
  invocation.first.principal = "operator";
  app.add_option("--config", invocation.config_path, "the YAML file")->required();
  app.add_option("--listen", invocation.overrides.listen, "overrides listen: 127.0.0.1:7400");
  app.add_option("--admin-port", invocation.overrides.admin_port, "overrides admin_port");
  app.add_option("--services", invocation.overrides.services, "overrides services: tenancy,teams")
      ->delimiter(',');
  app.require_subcommand(0, 1);
  app.add_subcommand("serve", "serve until SIGTERM or SIGINT (the default)");
  const auto* migrate = app.add_subcommand("migrate", "apply the migrations the schemas lack");
  auto* bootstrap =
      app.add_subcommand("bootstrap", "make the platform's operator and print its API token, once");
  bootstrap->add_option("--principal", invocation.first.principal, "account name of the operator");
  bootstrap->add_flag("--new-token", invocation.first.reissue,
                      "give the operator of an existing platform one more token");
  const auto* check = app.add_subcommand("check-config", "read the configuration and print it");
  CLI11_PARSE(app, argc, argv);

  const auto config = ReadConfig(invocation.config_path, invocation.overrides);
  if (!config.ok()) return Fail(config.status(), kExitConfig);
  const base::SystemClock clock;
  if (migrate->parsed()) return Migrate(*config);
  if (bootstrap->parsed()) return Bootstrap(*config, clock, invocation.first);
  if (check->parsed()) {
    std::cout << Describe(*config);
    return 0;
  }
  return Serve(*config, clock);
}

}  // namespace
}  // namespace argosy::argosyd

int main(int argc, char** argv) {
  try {
    return argosy::argosyd::Run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "argosyd: %s\n", error.what());
    return 1;
  }
}
