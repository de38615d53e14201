// What argosyd is told: one YAML file, some of it overridden by flags.
#ifndef ARGOSY_ARGOSYD_CONFIG_H_
#define ARGOSY_ARGOSYD_CONFIG_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/database_options.h"

namespace argosy::argosyd {

// Every service there is, in the order in which they are started.
inline constexpr absl::string_view kServiceNames[] = {"tenancy", "teams", "metrics", "incentives"};

struct Config {
  std::string environment;      // the env part of API tokens: "dev", "prod"
  std::string issuer;           // "iss" of access tokens
  std::string audience;         // "aud"
  std::string listen;           // "127.0.0.1:7400"; beyond loopback only with TLS
  uint16_t admin_port = 0;      // 0 takes a free one
  std::string certificate_pem;  // both or neither
  std::string private_key_pem;
  std::vector<std::string> services;         // which of kServiceNames this process serves
  std::map<std::string, std::string> peers;  // where the others are: "teams" -> "127.0.0.1:7500"
  absl::Duration drain_notice = absl::Seconds(10);
  absl::Duration drain_grace = absl::Seconds(30);

  std::string migrations_folder;  // with kernel/ and one folder per service

  size_t connections_max = 16;  // per service
  // One per service of `services`, with its schema, user and password.
  std::map<std::string, storage::DatabaseOptions> databases;
  storage::DatabaseOptions
      directory;  // tenancy's schema, by an account that may only SELECT tenants
  storage::DatabaseOptions migration;  // no schema, by an account that may change schemas

  std::string token_pepper;  // 32 bytes
  std::string signing_seal;  // 32 bytes
  std::string page_key;      // 32 bytes

  bool Serves(absl::string_view service) const;
};

// What flags say; an absent one leaves the file's value.
struct Overrides {
  std::optional<std::string> listen;
  std::optional<uint16_t> admin_port;
  std::vector<std::string> services;
};

// Reads `path` and the secret files it names, whose paths are relative to the file's folder.
// INVALID_ARGUMENT with every mistake at once; NOT_FOUND for a file that cannot be read.
absl::StatusOr<Config> ReadConfig(const std::string& path, const Overrides& overrides);

// The configuration in force, one "key: value" a line, secrets as "set".
std::string Describe(const Config& config);

// The schema of a service: "argosy_teams".
std::string SchemaOf(absl::string_view service);

}  // namespace argosy::argosyd

#endif  // ARGOSY_ARGOSYD_CONFIG_H_
