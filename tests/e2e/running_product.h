// A whole argosyd in the test's own process, on a database of its own.
#ifndef ARGOSY_TESTS_E2E_RUNNING_PRODUCT_H_
#define ARGOSY_TESTS_E2E_RUNNING_PRODUCT_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <atomic>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "argosy/tenancy/v1/access.grpc.pb.h"
#include "argosy/tenancy/v1/api_token.grpc.pb.h"
#include "argosy/tenancy/v1/membership.grpc.pb.h"
#include "argosy/tenancy/v1/tenant.grpc.pb.h"
#include "argosyd/config.h"
#include "argosyd/process.h"
#include "base/clock.h"
#include "base/log.h"
#include "tests/support/test_database.h"

namespace argosy::testing {

// The machine's clock, moved on by as much as the test says.
class ShiftedClock final : public base::Clock {
 public:
  absl::Time Now() const override {
    return base::SystemClock().Now() + absl::Microseconds(shift_us_.load());
  }
  void Advance(absl::Duration by) { shift_us_ += absl::ToInt64Microseconds(by); }

 private:
  std::atomic<int64_t> shift_us_{0};
};

// A company that has been opened, activated and given an owner's API token.
struct OnboardedTenant {
  std::string id;         // "acme-1"
  std::string name;       // "tenants/acme-1"
  std::string owner;      // the name of the owner's membership
  std::string api_token;  // the owner's
};

// Serves `services` until it dies. Made once per test suite: start-up takes a second.
class RunningProduct {
 public:
  // Aborts with the reason when it cannot start: no test can run then.
  static std::unique_ptr<RunningProduct> Start(const std::vector<std::string>& services);
  ~RunningProduct();
  RunningProduct(const RunningProduct&) = delete;
  RunningProduct& operator=(const RunningProduct&) = delete;

  const argosyd::Config& config() const { return config_; }
  argosyd::Process& process() { return *process_; }
  ShiftedClock& clock() { return clock_; }
  TestDatabase& database(const std::string& service) { return *databases_.at(service); }
  std::shared_ptr<grpc::Channel> channel() { return process_->PublicChannel(); }
  // What the process logged so far.
  std::string log_text() const { return log_stream_.str(); }
  // The API token that bootstrap printed.
  const std::string& operator_token() const { return operator_token_; }

  // Stops and starts the process on the same databases.
  void Restart();

  // The access token that `api_token` is exchanged for; `tenant` as ExchangeTokenRequest has it.
  absl::StatusOr<std::string> Exchange(const std::string& api_token, const std::string& tenant);
  // The same for the token's own tenant; aborts when it is refused.
  std::string AccessOf(const std::string& api_token);
  // A company of an id nobody had, through the public API alone.
  OnboardedTenant Onboard();
  // The API token of a new membership of `tenant` with the role member.
  std::string MemberToken(const OnboardedTenant& tenant);

 private:
  RunningProduct();
  void Launch();
  // The value, or the end of the test program with the reason and the process' log.
  template <typename T>
  T ValueOrDie(absl::string_view what, absl::StatusOr<T> value) const;
  // Grants a membership and makes a token of it, by the access token `access`.
  OnboardedTenant Grant(OnboardedTenant tenant, const std::string& access,
                        common::v1::AccessRole role);

  ShiftedClock clock_;
  std::stringstream log_stream_;
  std::unique_ptr<base::Log> log_;
  std::map<std::string, std::unique_ptr<TestDatabase>> databases_;
  argosyd::Config config_;
  std::unique_ptr<argosyd::Process> process_;
  std::string operator_token_;
  int onboarded_ = 0;
  int granted_ = 0;
};

// Sends `request` by `method` of `stub` with `access_token` ("" for none):
//   Call(*stub, &TenantService::Stub::GetTenant, token, request)
// The reply, or the refusal with its fault.
absl::Status ToStatus(const grpc::Status& status);
void Authorize(grpc::ClientContext& call, const std::string& access_token);

template <typename Stub, typename Request, typename Reply>
absl::StatusOr<Reply> Call(Stub& stub,
                           grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                        Reply*),
                           const std::string& access_token, const Request& request) {
  grpc::ClientContext call;
  Authorize(call, access_token);
  Reply reply;
  absl::Status status = ToStatus((stub.*method)(&call, request, &reply));
  if (!status.ok()) return status;
  return reply;
}

}  // namespace argosy::testing

#endif  // ARGOSY_TESTS_E2E_RUNNING_PRODUCT_H_
