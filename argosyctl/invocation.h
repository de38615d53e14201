// One run of argosyctl: the flags every command has, and what they give access to.
#ifndef ARGOSY_ARGOSYCTL_INVOCATION_H_
#define ARGOSY_ARGOSYCTL_INVOCATION_H_

#include <google/protobuf/message.h>

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "argosyctl/client_session.h"
#include "argosyctl/environment.h"
#include "argosyctl/exit_code.h"
#include "argosyctl/output/printer.h"
#include "argosyctl/profile.h"

namespace argosy::ctl {

// Filled by the command line's parser.
struct GlobalFlags {
  std::string output = "table";
  std::string profile;
  std::string request_id;
  std::string address;
  std::string tenant;
  std::string timeout;
  std::string tls_ca;
  bool dry_run = false;
  bool verbose = false;
};

class Invocation {
 public:
  explicit Invocation(const Environment& environment) : environment_(environment) {}

  GlobalFlags& flags() { return flags_; }
  const GlobalFlags& flags() const { return flags_; }
  const Environment& environment() const { return environment_; }

  OutputFormat format() const;
  // A table's instants are in the zone of the tenant's reports, so that a day reads as it was
  // written; in UTC where no server was asked or it does not tell.
  Printer printer();
  std::string ProfileName() const;
  absl::StatusOr<ProfileStore> Profiles() const;
  // This command makes the profile `name`, which therefore need not be there yet.
  void set_profile_made(std::string name) { profile_made_ = std::move(name); }
  // Flags, environment and the profile's file together. NOT_FOUND when the profile that --profile
  // or ARGOSY_PROFILE names is not there.
  absl::StatusOr<std::map<std::string, Setting>> Settings() const;

  // The connection, made when first asked for.
  absl::StatusOr<ClientSession*> Session();
  // "tenants/acme": --tenant or the profile's, else that of the API token.
  absl::StatusOr<std::string> Tenant();

  // Gives `request` what every request of its kind carries: the tenant as `parent` when that is
  // still empty, a request_id (--request-id or a new one), and validate_only for --dry-run, which
  // only a verb gets that offers it.
  absl::Status Complete(google::protobuf::Message& request);

  // What the process shall end with when everything else went well.
  void set_exit_code(ExitCode code) { exit_code_ = code; }
  ExitCode exit_code() const { return exit_code_; }

 private:
  const Environment& environment_;
  GlobalFlags flags_;
  std::string profile_made_;
  absl::TimeZone FindZone();

  std::unique_ptr<ClientSession> session_;
  ExitCode exit_code_ = ExitCode::kOk;
};

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_INVOCATION_H_
