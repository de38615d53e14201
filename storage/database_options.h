// Where a database is and how it is reached.
#ifndef ARGOSY_STORAGE_DATABASE_OPTIONS_H_
#define ARGOSY_STORAGE_DATABASE_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace argosy::storage {

enum class Tls {
  kOff,
  // A connection whose cipher is empty is refused after connecting: the connector itself falls
  // back to plain text without a word.
  kRequired,
};

// Either `socket_path` or `host` is set.
struct DatabaseOptions {
  std::string socket_path;
  std::string host;
  uint16_t port = 3306;
  Tls tls = Tls::kOff;
  std::string tls_ca_path;  // PEM bundle the server's certificate must chain to
  std::string user;
  std::string password;
  std::string schema;  // may be empty: no default schema

  // How long to wait for the server to accept. Long enough for a failover, short against the
  // default deadline of 5 s.
  absl::Duration connect_timeout = absl::Seconds(3);
  // A statement that says nothing for so long is given up and its connection discarded. Above the
  // longest deadline (30 s), so that the server's own statement limit speaks first.
  absl::Duration read_timeout = absl::Seconds(40);
};

}  // namespace argosy::storage

#endif  // ARGOSY_STORAGE_DATABASE_OPTIONS_H_
