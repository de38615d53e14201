// Brings one generated company into argosyd through the public API alone.
#ifndef ARGOSY_ARGOSYCTL_DEMONSTRATION_DEMO_RUN_H_
#define ARGOSY_ARGOSYCTL_DEMONSTRATION_DEMO_RUN_H_

#include <string>

#include "absl/status/status.h"
#include "argosyctl/client_session.h"
#include "argosyctl/demonstration/demo_state.h"
#include "demo/company.h"

namespace argosy::ctl {

// Steps that are done already, by the state, are passed over; every write has a request_id derived
// from the company, so that a step cut off is repeated and not done twice.
class DemoRun {
 public:
  DemoRun(ClientSession& session, DemoState& state, std::string operator_token)
      : session_(session), state_(state), operator_token_(std::move(operator_token)) {}

  // Opens the tenant, sends its facts, pays its last month and judges its stage. `session` is
  // signed in as the company's owner afterwards.
  absl::Status Run(const demo::Company& company);

 private:
  absl::Status Open(const demo::Company& company);
  absl::Status SendFacts(const demo::Company& company);
  absl::Status Pay(const demo::Company& company);
  absl::Status PublishPlan(const demo::Company& company);
  absl::Status Judge(const demo::Company& company);

  ClientSession& session_;
  DemoState& state_;
  std::string operator_token_;
};

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_DEMONSTRATION_DEMO_RUN_H_
