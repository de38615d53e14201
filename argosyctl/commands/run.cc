#include "argosy/incentives/v1/run.pb.h"
#include "argosyctl/commands/nouns.h"

namespace argosy::ctl {

void AddRunCommands(CommandLine& line) {
  const auto* get = &incentives::v1::GetRunRequest::default_instance();
  CLI::App& noun = AddNoun(line.root, "run", "Calculations of a month's pay (激励核算)");
  line.table.Add(noun, {.verb = "calculate",
                        .about = "Calculates a month; with --dry-run a preview",
                        .example = "argosyctl run calculate 2026-03",
                        .request = &incentives::v1::CalculateRunRequest::default_instance(),
                        .positional = "period",
                        .flags = {{"--as-of", "as_of", "Facts known by this instant"},
                                  {"--kind", "kind", "regular, or correction of a locked month"}}});
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
  line.table.Add(noun, {.verb = "approve",
                        .about = "Approves a calculated run",
                        .example = "argosyctl run approve 018f3a2e-0000-7000-8000-000000000004",
                        .request = &incentives::v1::ApproveRunRequest::default_instance(),
                        .positional = "name",
                        .flags = {{"--etag", "etag", "Only if it is still in this state"}},
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
