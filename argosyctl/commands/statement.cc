#include <string>
#include <vector>

#include "argosy/incentives/v1/statement.pb.h"
#include "argosyctl/commands/nouns.h"
#include "argosyctl/output/statement_view.h"

namespace argosy::ctl {

namespace {

using google::protobuf::Message;

std::string ListView(const std::vector<const Message*>& pages, const absl::TimeZone& /*zone*/) {
  std::vector<incentives::v1::Statement> statements;
  for (const Message* page : pages) {
    const auto& list =
        static_cast<const incentives::v1::ListStatementsResponse&>(*page).statements();
    statements.insert(statements.end(), list.begin(), list.end());
  }
  return StatementTable(statements);
}

std::string ExplainView(const std::vector<const Message*>& pages, const absl::TimeZone& zone) {
  std::vector<incentives::v1::Credit> credits;
  incentives::v1::StatementLine line;
  for (const Message* page : pages) {
    const auto& part = static_cast<const incentives::v1::ExplainLineResponse&>(*page);
    line = part.line();
    credits.insert(credits.end(), part.credits().begin(), part.credits().end());
  }
  return ExplanationText(line, credits, zone);
}

}  // namespace

void AddStatementCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line.root, "statement", "What each person gets and why (提成结算单)");
  line.table.Add(noun, {.verb = "list",
                        .about = "Lists statements, newest first",
                        .example = "argosyctl statement list --member li-wei",
                        .request = &incentives::v1::ListStatementsRequest::default_instance(),
                        .flags = {{"--run", "run", "Only of this run"},
                                  {"--member", "member", "Only of this member"}},
                        .view = ListView});
  line.table.Add(noun, {.verb = "get",
                        .about = "Shows one statement with its lines",
                        .example = "argosyctl statement get 018f3a2e-0000-7000-8000-000000000006",
                        .request = &incentives::v1::GetStatementRequest::default_instance(),
                        .positional = "name",
                        .columns = {"name", "component_id", "origin_period", "base_total",
                                    "earned_total", "posted_before", "amount", "credit_count"},
                        .rows = "lines"});
  line.table.Add(noun,
                 {.verb = "explain",
                  .about = "Lists the credits behind a line, each with slices and facts",
                  .example = "argosyctl statement explain 018f3a2e-0000-7000-8000-000000000006/1",
                  .request = &incentives::v1::ExplainLineRequest::default_instance(),
                  .positional = "name",
                  .view = ExplainView});
}

}  // namespace argosy::ctl
