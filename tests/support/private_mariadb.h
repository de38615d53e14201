// A MariaDB server of one test's own: to kill, to restart, to reach over TCP.
#ifndef ARGOSY_TESTS_SUPPORT_PRIVATE_MARIADB_H_
#define ARGOSY_TESTS_SUPPORT_PRIVATE_MARIADB_H_

#include <memory>
#include <string>
#include <vector>

#include "storage/database_options.h"

namespace argosy::testing {

// Runs a server in a temporary folder, which goes when it dies. Aborts when the server cannot
// start.
class PrivateMariadb {
 public:
  // `arguments` are added to the server's command line.
  static std::unique_ptr<PrivateMariadb> Start(std::vector<std::string> arguments);
  ~PrivateMariadb();
  PrivateMariadb(const PrivateMariadb&) = delete;
  PrivateMariadb& operator=(const PrivateMariadb&) = delete;

  // As root over the unix socket.
  storage::DatabaseOptions options() const;
  const std::string& folder() const { return folder_; }
  // kill -9, as a crash does.
  void Kill();
  // Starts it again on the same data, after Kill.
  void Restart();

 private:
  PrivateMariadb(std::string folder, std::vector<std::string> arguments);

  std::string folder_;
  std::vector<std::string> arguments_;
};

}  // namespace argosy::testing

#endif  // ARGOSY_TESTS_SUPPORT_PRIVATE_MARIADB_H_
