#include "argosyctl/output/statement_view.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "argosyctl/field_text.h"
#include "argosyctl/output/table.h"
#include "argosyctl/resource_name.h"

namespace argosy::ctl {
namespace {

using incentives::v1::Credit;
using incentives::v1::Slice;

std::string SliceText(const Slice& slice) {
  const bool rerated = slice.kind() == Slice::KIND_RERATE;
  return absl::StrFormat("%s%s x %.4g %% (tier %d)", rerated ? "re-rate of the total before: " : "",
                         FieldText(slice, "base"), static_cast<double>(slice.rate_ppm()) / 1e4,
                         slice.tier());
}

void AppendCredit(const Credit& credit, const absl::TimeZone& zone, std::string& text) {
  absl::StrAppend(&text, "  ", FieldText(credit, "event_time", zone), "  stands at ",
                  FieldText(credit, "standing"), "  share ", credit.share_numerator(), "/",
                  credit.share_denominator(), "  credited ", FieldText(credit, "credited"),
                  "  earned ", FieldText(credit, "earned"), "\n");
  absl::StrAppend(&text, "    total ", FieldText(credit, "total_before"), " -> ",
                  FieldText(credit, "total_after"), "\n");
  for (const Slice& slice : credit.slices()) {
    absl::StrAppend(&text, "    = ", SliceText(slice), "\n");
  }
  for (const incentives::v1::FactRef& fact : credit.facts()) {
    absl::StrAppend(&text, "    fact ", fact.source(), "/", fact.source_event_id(), "\n");
  }
}

}  // namespace

std::string StatementTable(const std::vector<incentives::v1::Statement>& statements) {
  Table table({{.header = "STATEMENT"},
               {.header = "PAYEE"},
               {.header = "PERIOD"},
               {.header = "EARNED", .align = Align::kRight},
               {.header = "RECOVERED", .align = Align::kRight},
               {.header = "PAYABLE", .align = Align::kRight}});
  for (const incentives::v1::Statement& statement : statements) {
    for (const incentives::v1::StatementTotal& total : statement.totals()) {
      table.Add({ShortName(statement.name()), ShortName(statement.member()), statement.period(),
                 FieldText(total, "earned"), FieldText(total, "recovered"),
                 FieldText(total, "payable")});
    }
  }
  return table.Render();
}

std::string ExplanationText(const incentives::v1::StatementLine& line,
                            const std::vector<Credit>& credits, const absl::TimeZone& zone) {
  std::string text = absl::StrCat(
      line.component_id(), " of ", line.origin_period(), ": ", FieldText(line, "amount"),
      " = earned ", FieldText(line, "earned_total"), " on ", FieldText(line, "base_total"),
      " less posted before ", FieldText(line, "posted_before"), "\n  plan version ",
      ShortName(line.plan_version()), " (content ", line.content_hash().substr(0, 12), ")\n");
  for (const Credit& credit : credits) AppendCredit(credit, zone, text);
  return text;
}

}  // namespace argosy::ctl
