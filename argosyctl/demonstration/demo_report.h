// What the demonstration prints of one company.
#ifndef ARGOSY_ARGOSYCTL_DEMONSTRATION_DEMO_REPORT_H_
#define ARGOSY_ARGOSYCTL_DEMONSTRATION_DEMO_REPORT_H_

#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "argosy/metrics/v1/query_service.pb.h"
#include "argosyctl/client_session.h"
#include "argosyctl/demonstration/demo_state.h"

namespace argosy::ctl {

// Only reads, always as known at the state's as_of and judged at the close of the data, so that
// every report of the same state is the same text. The session is signed in as the company's owner.
class DemoReport {
 public:
  DemoReport(ClientSession& session, const DemoState& state, std::ostream& out)
      : session_(session), state_(state), out_(out) {}

  // Funnel, cost per channel, scorecard per member, stage verdict, last month's statements, and the
  // explanation of one line.
  absl::Status Print(const std::string& tenant_id);

 private:
  absl::StatusOr<metrics::v1::QueryScope> Scope(const std::string& period);
  absl::Status PrintHead();
  absl::Status PrintFunnel();
  absl::Status PrintChannelCosts();
  absl::Status PrintScorecard();
  absl::Status PrintStage();
  absl::Status PrintStatements();
  absl::Status ExplainOneLine(const std::string& statement);

  ClientSession& session_;
  const DemoState& state_;
  std::ostream& out_;
  std::string tenant_id_;
  std::string tenant_;
};

// A line a member and a column a metric, from rows cut by member; `names` gives display names by
// resource name. Rows without a member stand last.
std::string ScorecardTable(const std::vector<std::string>& metrics,
                           const std::vector<metrics::v1::MetricRow>& rows,
                           const std::vector<std::pair<std::string, std::string>>& names);

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_DEMONSTRATION_DEMO_REPORT_H_
