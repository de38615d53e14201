#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "argosy/metrics/v1/query_service.pb.h"
#include "argosyctl/commands/nouns.h"
#include "argosyctl/field_text.h"
#include "argosyctl/output/json.h"
#include "argosyctl/output/metric_view.h"
#include "base/status_macros.h"

namespace argosy::ctl {
namespace {

using metrics::v1::Funnel;
using metrics::v1::QueryFunnelRequest;
using metrics::v1::QueryMetricsRequest;
using metrics::v1::QueryMetricsResponse;

struct ScopeFlags {
  std::string period;
  std::string as_of;
  std::string cut;
  std::string mode;
  std::string basis;
  std::vector<std::string> channels;
  std::vector<std::string> metrics;
  std::vector<std::string> by;
};

void AddScopeFlags(CLI::App& verb, ScopeFlags& flags) {
  verb.add_option("--period", flags.period,
                  "2026-03, 2026-Q1, 2026, or 2026-01-01..2026-02-01 without its last day")
      ->required();
  verb.add_option("--as-of", flags.as_of, "As known at this instant (RFC 3339)");
  verb.add_option("--cut", flags.cut, "Judge maturity at this instant (default as-of)");
  verb.add_option("--mode", flags.mode, "cohort (default) or activity");
  verb.add_option("--basis", flags.basis, "media (default) or loaded cost");
  verb.add_option("--channel", flags.channels, "Only these channels")->delimiter(',');
}

// Sets the fields of the request's `scope` that flags name.
absl::Status FillScope(const ScopeFlags& flags, const std::string& tenant,
                       google::protobuf::Message& request) {
  const std::pair<const char*, const std::string*> fields[] = {{"scope.period", &flags.period},
                                                               {"scope.as_of", &flags.as_of},
                                                               {"scope.cut", &flags.cut},
                                                               {"scope.mode", &flags.mode},
                                                               {"scope.cost_basis", &flags.basis}};
  for (const auto& [path, text] : fields) {
    if (!text->empty()) RETURN_IF_ERROR(SetField(request, path, *text, tenant));
  }
  for (const std::string& channel : flags.channels) {
    RETURN_IF_ERROR(SetField(request, "scope.channels", channel, tenant));
  }
  return absl::OkStatus();
}

absl::Status Query(Invocation& invocation, const ScopeFlags& flags) {
  ASSIGN_OR_RETURN(const std::string tenant, invocation.Tenant());
  QueryMetricsRequest request;
  RETURN_IF_ERROR(FillScope(flags, tenant, request));
  for (const std::string& metric : flags.metrics) request.add_metrics(metric);
  for (const std::string& dimension : flags.by) {
    RETURN_IF_ERROR(SetField(request, "dimensions", dimension, tenant));
  }
  RETURN_IF_ERROR(invocation.Complete(request));
  ASSIGN_OR_RETURN(ClientSession * session, invocation.Session());
  ASSIGN_OR_RETURN(const auto response, session->Call<QueryMetricsResponse>(request));
  if (invocation.flags().output == "table") {
    invocation.environment().out << MetricTable({response.rows().begin(), response.rows().end()});
    invocation.environment().err << "as of " << FieldText(response, "as_of") << ", zone "
                                 << response.reporting_time_zone() << "\n";
  } else {
    invocation.environment().out << MessageJson(response);
  }
  return absl::OkStatus();
}

absl::Status ShowFunnel(Invocation& invocation, const ScopeFlags& flags) {
  ASSIGN_OR_RETURN(const std::string tenant, invocation.Tenant());
  QueryFunnelRequest request;
  RETURN_IF_ERROR(FillScope(flags, tenant, request));
  RETURN_IF_ERROR(invocation.Complete(request));
  ASSIGN_OR_RETURN(ClientSession * session, invocation.Session());
  ASSIGN_OR_RETURN(const auto funnel, session->Call<Funnel>(request));
  invocation.environment().out << (invocation.flags().output == "table" ? FunnelTable(funnel)
                                                                        : MessageJson(funnel));
  return absl::OkStatus();
}

std::string ExplainView(const std::vector<const google::protobuf::Message*>& replies,
                        const absl::TimeZone& /*zone*/) {
  std::vector<const metrics::v1::MetricExplanation*> pages;
  pages.reserve(replies.size());
  for (const google::protobuf::Message* reply : replies) {
    pages.push_back(static_cast<const metrics::v1::MetricExplanation*>(reply));
  }
  return ExplanationTable(pages);
}

}  // namespace

void AddMetricCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line.root, "metric", "Figures computed from facts (指标)");
  Invocation& invocation = line.invocation;
  line.table.Add(noun, {.verb = "list",
                        .about = "Lists the catalogue of metrics",
                        .example = "argosyctl metric list",
                        .request = &metrics::v1::ListMetricDefinitionsRequest::default_instance(),
                        .columns = {"metric_id", "display_name", "display_name_zh", "unit",
                                    "direction", "numerator", "denominator", "window_days"}});
  const auto flags = std::make_shared<ScopeFlags>();
  CLI::App& query = line.table.AddBody(
      noun,
      {"query", "Shows values with interval and status",
       "argosyctl metric query --metric inquiry_cost,inquiry_count --by channel --period 2026-03"},
      [&invocation, flags] { return Query(invocation, *flags); });
  query.add_option("--metric", flags->metrics, "Ids of the catalogue")->delimiter(',')->required();
  query
      .add_option("--by", flags->by,
                  "day, week, month, quarter, channel, campaign, role, member, team")
      ->delimiter(',');
  AddScopeFlags(query, *flags);
  CLI::App& funnel =
      line.table.AddBody(noun,
                         {"funnel", "Shows how many get from each step to the next",
                          "argosyctl metric funnel --period 2026-Q1"},
                         [&invocation, flags] { return ShowFunnel(invocation, *flags); });
  AddScopeFlags(funnel, *flags);
  line.table.Add(
      noun, {.verb = "explain",
             .about = "Lists the facts behind one figure, and those left out with the reason",
             .example =
                 "argosyctl metric explain inquiry_cost --period 2026-03 --cell channel=google-ads",
             .request = &metrics::v1::ExplainMetricRequest::default_instance(),
             .positional = "metric",
             .flags = {{"--period", "scope.period", "Which days", Need::kRequired},
                       {"--cell", "cell", "Where the figure stands, like channel=google-ads"},
                       {"--as-of", "scope.as_of", "As known at this instant"},
                       {"--cut", "scope.cut", "Judge maturity at this instant"},
                       {"--mode", "scope.mode", "cohort or activity"},
                       {"--basis", "scope.cost_basis", "media or loaded"}},
             .columns = {"part", "identity", "revision", "contribution", "reason"},
             .view = ExplainView});
}

}  // namespace argosy::ctl
