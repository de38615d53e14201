#include "argosyctl/demonstration/demo_report.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "argosy/incentives/v1/statement.pb.h"
#include "argosy/teams/v1/people_service.pb.h"
#include "argosy/teams/v1/stage_service.pb.h"
#include "argosy/tenancy/v1/tenant.pb.h"
#include "argosyctl/field_text.h"
#include "argosyctl/output/metric_view.h"
#include "argosyctl/output/stage_view.h"
#include "argosyctl/output/statement_view.h"
#include "argosyctl/output/table.h"
#include "argosyctl/resource_name.h"
#include "base/status_macros.h"
#include "demo/season.h"

namespace argosy::ctl {
namespace {

namespace metrics_v1 = metrics::v1;
namespace incentives_v1 = incentives::v1;

// The last quarter whose inquiries have all had their 90 days at the close, and the last of all.
constexpr char kMatureQuarter[] = "2025-Q1";
constexpr char kLastQuarter[] = "2025-Q2";
// Enough to show what a statement is; the rest is counted.
constexpr size_t kStatementsShown = 10;
// Credits shown under the explained line.
constexpr int kCreditsShown = 20;
constexpr int kMembersMax = 1'000;

}  // namespace

std::string ScorecardTable(const std::vector<std::string>& metrics,
                           const std::vector<metrics_v1::MetricRow>& rows,
                           const std::vector<std::pair<std::string, std::string>>& names) {
  std::vector<Column> columns = {{.header = "MEMBER"}, {.header = "NAME"}};
  for (const std::string& metric : metrics) {
    columns.push_back({.header = metric, .align = Align::kRight});
  }
  std::map<std::string, std::map<std::string, std::string>> cells;
  for (const metrics_v1::MetricRow& row : rows) {
    if (row.dimensions_size() != 1) continue;
    std::string text = MetricValueText(row);
    if (const std::string interval = MetricIntervalText(row); !interval.empty()) {
      absl::StrAppend(&text, " (", interval, ")");
    }
    cells[row.dimensions(0).value()][row.metric_id()] = std::move(text);
  }
  Table table(std::move(columns));
  const auto add = [&](const std::string& member, const std::string& name) {
    const auto found = cells.find(member);
    if (found == cells.end()) return;
    std::vector<std::string> line = {member.empty() ? "(none)" : ShortName(member), name};
    for (const std::string& metric : metrics) line.push_back(found->second[metric]);
    table.Add(std::move(line));
  };
  for (const auto& [member, name] : names) add(member, name);
  add("", "");
  return table.Render();
}

absl::Status DemoReport::Print(const std::string& tenant_id) {
  tenant_id_ = tenant_id;
  tenant_ = absl::StrCat("tenants/", tenant_id);
  RETURN_IF_ERROR(PrintHead());
  RETURN_IF_ERROR(PrintFunnel());
  RETURN_IF_ERROR(PrintChannelCosts());
  RETURN_IF_ERROR(PrintScorecard());
  RETURN_IF_ERROR(PrintStage());
  return PrintStatements();
}

absl::StatusOr<metrics_v1::QueryScope> DemoReport::Scope(const std::string& period) {
  metrics_v1::QueryScope scope;
  RETURN_IF_ERROR(SetField(scope, "period", period, ""));
  RETURN_IF_ERROR(SetField(scope, "as_of", state_.Get(tenant_id_, "as_of"), ""));
  scope.mutable_cut()->set_seconds(
      absl::ToUnixSeconds(absl::FromCivil(demo::CloseDay(), demo::CompanyZone())));
  return scope;
}

absl::Status DemoReport::PrintHead() {
  tenancy::v1::GetTenantRequest request;
  request.set_name(tenant_);
  ASSIGN_OR_RETURN(const auto tenant, session_.Call<tenancy::v1::Tenant>(request));
  out_ << "\n==== " << tenant.display_name() << "  (" << tenant_id_
       << ", synthetic data / 合成数据)\n"
       << "facts as of " << state_.Get(tenant_id_, "as_of") << "\n";
  return absl::OkStatus();
}

absl::Status DemoReport::PrintFunnel() {
  metrics_v1::QueryFunnelRequest request;
  request.set_parent(tenant_);
  ASSIGN_OR_RETURN(*request.mutable_scope(), Scope(kMatureQuarter));
  ASSIGN_OR_RETURN(const auto funnel, session_.Call<metrics_v1::Funnel>(request));
  out_ << "\n-- Funnel " << kMatureQuarter << " 漏斗\n"
       << "The last quarter whose inquiries have all had their 90 days to order. A share is of "
          "what COUNTED says: "
          "visits on channels and days with clicks, orders and payments of graded inquiries.\n"
       << FunnelTable(funnel);
  return absl::OkStatus();
}

absl::Status DemoReport::PrintChannelCosts() {
  metrics_v1::QueryMetricsRequest request;
  request.set_parent(tenant_);
  request.add_metrics("inquiry_cost");
  request.add_metrics("effective_inquiry_cost");
  request.add_dimensions(metrics_v1::DIMENSION_CHANNEL);
  ASSIGN_OR_RETURN(*request.mutable_scope(), Scope(kLastQuarter));
  ASSIGN_OR_RETURN(const auto response, session_.Call<metrics_v1::QueryMetricsResponse>(request));
  out_ << "\n-- Inquiry cost per channel " << kLastQuarter << " 询盘成本\n"
       << "The latest quarter: a cost need not wait for orders.\n"
       << MetricTable({response.rows().begin(), response.rows().end()});
  return absl::OkStatus();
}

absl::Status DemoReport::PrintScorecard() {
  const std::vector<std::string> metrics = {"inquiry_count", "effective_inquiry_count",
                                            "order_count", "revenue", "effective_order_rate"};
  metrics_v1::QueryMetricsRequest request;
  request.set_parent(tenant_);
  for (const std::string& metric : metrics) request.add_metrics(metric);
  request.add_dimensions(metrics_v1::DIMENSION_MEMBER);
  ASSIGN_OR_RETURN(*request.mutable_scope(), Scope(kMatureQuarter));
  ASSIGN_OR_RETURN(const auto response, session_.Call<metrics_v1::QueryMetricsResponse>(request));
  teams::v1::ListMembersRequest list;
  list.set_parent(tenant_);
  list.set_page_size(kMembersMax);
  ASSIGN_OR_RETURN(const auto people, session_.Call<teams::v1::ListMembersResponse>(list));
  std::vector<std::pair<std::string, std::string>> names;
  for (const auto& member : people.members())
    names.emplace_back(member.name(), member.display_name());
  out_
      << "\n-- Scorecard per member " << kMatureQuarter << " 个人成绩\n"
      << "order_count and revenue are of orders dated in the quarter, whenever their inquiry came; "
         "effective_order_rate is of the quarter's inquiries, ordered within 90 days.\n"
      << ScorecardTable(metrics, {response.rows().begin(), response.rows().end()}, names);
  return absl::OkStatus();
}

absl::Status DemoReport::PrintStage() {
  teams::v1::GetStageEvaluationRequest request;
  request.set_name(state_.Get(tenant_id_, "evaluation"));
  ASSIGN_OR_RETURN(const auto evaluation, session_.Call<teams::v1::StageEvaluation>(request));
  out_ << "\n-- Stage verdict 阶段结论\n"
       << "May the company spend and hire more? Judged at the close of the data, at the gate from "
          "validate to replicate: this release judges no other, whatever stage a company is in.\n"
       << StageText(evaluation);
  return absl::OkStatus();
}

absl::Status DemoReport::PrintStatements() {
  incentives_v1::ListStatementsRequest list;
  list.set_parent(tenant_);
  list.set_run(state_.Get(tenant_id_, "run"));
  list.set_page_size(200);
  ASSIGN_OR_RETURN(const auto response, session_.Call<incentives_v1::ListStatementsResponse>(list));
  std::vector<incentives_v1::Statement> statements(response.statements().begin(),
                                                   response.statements().end());
  const auto payable = [](const incentives_v1::Statement& statement) {
    return statement.totals().empty() ? 0 : statement.totals(0).payable().amount_minor();
  };
  std::stable_sort(statements.begin(), statements.end(), [&](const auto& a, const auto& b) {
    return payable(a) != payable(b) ? payable(a) > payable(b) : a.member() < b.member();
  });
  if (statements.empty()) {
    out_ << "\n-- Commission statements of June 2025 提成结算单\nnobody earned anything\n";
    return absl::OkStatus();
  }
  const std::string best = statements.front().name();
  const size_t count = statements.size();
  statements.resize(std::min(count, kStatementsShown));
  out_ << "\n-- Commission statements of June 2025 提成结算单\n"
       << "The last month of the data, the one to be paid.\n"
       << StatementTable(statements);
  if (count > kStatementsShown) out_ << "and " << count - kStatementsShown << " more\n";
  return ExplainOneLine(best);
}

absl::Status DemoReport::ExplainOneLine(const std::string& statement) {
  incentives_v1::GetStatementRequest get;
  get.set_name(statement);
  ASSIGN_OR_RETURN(const auto whole, session_.Call<incentives_v1::Statement>(get));
  if (whole.lines().empty()) return absl::OkStatus();
  incentives_v1::ExplainLineRequest request;
  request.set_name(whole.lines(0).name());
  request.set_page_size(kCreditsShown);
  ASSIGN_OR_RETURN(const auto explained,
                   session_.Call<incentives_v1::ExplainLineResponse>(request));
  out_ << "\n-- Why " << ShortName(whole.member()) << " earns it 明细依据\n"
       << ExplanationText(explained.line(),
                          {explained.credits().begin(), explained.credits().end()},
                          demo::CompanyZone());
  return absl::OkStatus();
}

}  // namespace argosy::ctl
