#include <ostream>
#include <string>

#include "argosy/incentives/v1/run.pb.h"
#include "argosyctl/commands/nouns.h"
#include "argosyctl/field_text.h"
#include "argosyctl/request_id.h"
#include "base/status_macros.h"

namespace argosy::ctl {
namespace {

using google::protobuf::Message;
using incentives::v1::Run;

// An empty run is mostly a plan that no role has, or sellers misspelt.
absl::Status SayNobodyIsPaid(Invocation& invocation, const Message& reply) {
  if (static_cast<const Run&>(reply).payee_count() == 0) {
    invocation.environment().err << "this run pays nobody: excluded_facts says why\n";
  }
  return absl::OkStatus();
}

std::string TotalsText(const Run& run) {
  return run.totals().empty() ? "nothing" : FieldText(run, "totals");
}

// Facts may arrive between calculation and approval, and nothing in the run tells.
absl::Status SayFactsHaveChanged(Invocation& invocation, const Run& run) {
  incentives::v1::CalculateRunRequest request;
  request.set_period(run.period());
  request.set_kind(run.kind());
  request.set_validate_only(true);
  // Not the approval's own id, which --request-id may give.
  request.set_request_id(NewRequestId(invocation.environment().entropy));
  RETURN_IF_ERROR(invocation.Complete(request));
  ASSIGN_OR_RETURN(ClientSession * session, invocation.Session());
  Run now;
  std::ostream& err = invocation.environment().err;
  if (const absl::Status previewed = session->Call(request, now); !previewed.ok()) {
    err << "whether the facts have changed since this run was calculated is not known: "
        << previewed.message() << "\n";
  } else if (now.digest() != run.digest()) {
    err << "the facts have changed since this run was calculated: as of now it would post "
        << TotalsText(now) << " instead of " << TotalsText(run) << "; argosyctl run calculate "
        << run.period() << " makes a new one\n";
  }
  return absl::OkStatus();
}

absl::Status RemarkOnApproval(Invocation& invocation, const Message& reply) {
  RETURN_IF_ERROR(SayNobodyIsPaid(invocation, reply));
  return SayFactsHaveChanged(invocation, static_cast<const Run&>(reply));
}

}  // namespace

void AddRunCommands(CommandLine& line) {
  const auto* get = &incentives::v1::GetRunRequest::default_instance();
  CLI::App& noun = AddNoun(line.root, "run", "Calculations of a month's pay (激励核算)");
  line.table.Add(noun, {.verb = "calculate",
                        .about = "Calculates a month; with --dry-run a preview",
                        .example = "argosyctl run calculate 2026-03",
                        .request = &incentives::v1::CalculateRunRequest::default_instance(),
                        .positional = "period",
                        .flags = {{"--as-of", "as_of", "Facts known by this instant"},
                                  {"--kind", "kind", "regular, or correction of a locked month"}},
                        .remark = SayNobodyIsPaid});
  line.table.Add(noun, {.verb = "get",
                        .about = "Shows one run",
                        .example = "argosyctl run get 018f3a2e-0000-7000-8000-000000000004",
                        .request = get,
                        .positional = "name"});
  line.table.Add(
      noun, {.verb = "list",
             .about = "Lists runs, newest first",
             .example = "argosyctl run list",
             .request = &incentives::v1::ListRunsRequest::default_instance(),
             .columns = {"name", "period", "kind", "state", "payee_count", "totals", "as_of"}});
  line.table.Add(noun, {.verb = "lines",
                        .about = "Lists what a run gives whom, before it is locked too",
                        .example = "argosyctl run lines 018f3a2e-0000-7000-8000-000000000004",
                        .request = &incentives::v1::ListRunLinesRequest::default_instance(),
                        .positional = "parent",
                        .columns = {"member", "component_id", "origin_period", "base_total",
                                    "earned_total", "posted_before", "amount", "credit_count"}});
  line.table.Add(noun,
                 {.verb = "approve",
                  .about = "Approves a calculated run; says when the facts have changed since",
                  .example = "argosyctl run approve 018f3a2e-0000-7000-8000-000000000004",
                  .request = &incentives::v1::ApproveRunRequest::default_instance(),
                  .positional = "name",
                  .flags = {{"--etag", "etag", "Only if it is still in this state"}},
                  .remark = RemarkOnApproval,
                  .etag_source = get});
  line.table.Add(noun, {.verb = "lock",
                        .about = "Posts an approved run and freezes its statements",
                        .example = "argosyctl run lock 018f3a2e-0000-7000-8000-000000000004",
                        .request = &incentives::v1::LockRunRequest::default_instance(),
                        .positional = "name",
                        .flags = {{"--etag", "etag", "Only if it is still in this state"}},
                        .etag_source = get});
  line.table.Add(noun, {.verb = "replay",
                        .about = "Calculates a run again from its inputs and compares",
                        .example = "argosyctl run replay 018f3a2e-0000-7000-8000-000000000004",
                        .request = &incentives::v1::ReplayRunRequest::default_instance(),
                        .positional = "name"});
}

}  // namespace argosy::ctl
