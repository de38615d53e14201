#include <fstream>
#include <istream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "argosy/metrics/v1/fact_service.pb.h"
#include "argosyctl/commands/nouns.h"
#include "argosyctl/fact_sender.h"
#include "argosyctl/field_text.h"
#include "argosyctl/json_reader.h"
#include "argosyctl/output/json.h"
#include "argosyctl/output/progress.h"
#include "argosyctl/output/table.h"
#include "argosyctl/text_file.h"
#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::ctl {
namespace {

using metrics::v1::FactVerdict;

// A line of a file of facts, in full: tests read it back.
constexpr absl::string_view kFactExample =
    R"({"source": "crm", "source_event_id": "order-17", )"
    R"("occurred_at": "2026-04-21T09:30:00+08:00", "capture_mode": "CAPTURE_MODE_MANUAL", )"
    R"("attribution": {"channel": "tenants/acme/channels/google-ads", )"
    R"("member": "tenants/acme/members/li-wei", "acting_role": "BUSINESS_ROLE_SALES"}, )"
    R"("order": {"value": {"amount_minor": 1860000, "currency_code": "USD"}, )"
    R"("status": "ORDER_STATUS_CONFIRMED"}})";

struct IngestFlags {
  std::string file;
  std::vector<std::string> complete;
};

// From "crm=2026-05-01T00:00:00+08:00".
absl::StatusOr<std::vector<metrics::v1::SourceCompleteness>> CompletenessOf(
    const IngestFlags& flags) {
  std::vector<metrics::v1::SourceCompleteness> sources;
  for (const std::string& text : flags.complete) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
    sources.emplace_back().set_source(parts.first);
    RETURN_IF_ERROR(SetField(sources.back(), "complete_through", parts.second, ""));
  }
  return sources;
}

absl::StatusOr<metrics::v1::Fact> ReadFact(const std::string& file, int64_t number,
                                           const std::string& line) {
  metrics::v1::Fact fact;
  const absl::Status read = ReadJsonMessage(line, "", fact);
  if (read.ok()) return fact;
  return base::FieldInvalid(file == "-" ? "standard input" : file,
                            absl::StrCat("line ", number, ": ", read.message()));
}

void PrintCounts(Invocation& invocation, const IngestCounts& counts) {
  JsonObject json;
  json.Number("sent", counts.sent)
      .Number("accepted", counts.accepted)
      .Number("duplicate", counts.duplicate)
      .Number("conflict", counts.conflict)
      .Number("invalid", counts.invalid);
  Table table({{"SENT", Align::kRight},
               {"ACCEPTED", Align::kRight},
               {"DUPLICATE", Align::kRight},
               {"CONFLICT", Align::kRight},
               {"INVALID", Align::kRight}});
  table.Add({absl::StrCat(counts.sent), absl::StrCat(counts.accepted),
             absl::StrCat(counts.duplicate), absl::StrCat(counts.conflict),
             absl::StrCat(counts.invalid)});
  const bool as_json = invocation.flags().output == "json";
  invocation.environment().out << (as_json ? json.text() + "\n" : table.Render());
}

absl::Status Ingest(Invocation& invocation, const IngestFlags& flags) {
  std::ifstream file;
  if (flags.file != "-") {
    ASSIGN_OR_RETURN(file, OpenFile(flags.file));
  }
  std::istream& in = flags.file == "-" ? invocation.environment().in : file;
  ASSIGN_OR_RETURN(const std::string tenant, invocation.Tenant());
  ASSIGN_OR_RETURN(ClientSession * session, invocation.Session());
  std::ostream& err = invocation.environment().err;
  ASSIGN_OR_RETURN(const auto completeness, CompletenessOf(flags));
  FactSender sender(
      *session, tenant,
      invocation.flags().dry_run ? FactSender::Mode::kValidateOnly : FactSender::Mode::kStore,
      [&err](int64_t index, const FactVerdict& verdict) {
        err << "fact " << index + 1 << ": " << FieldText(verdict, "verdict") << " "
            << verdict.reason() << " " << verdict.field() << " " << verdict.description() << "\n";
      });
  Progress progress(invocation.environment(), "facts", 0);
  int64_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    ASSIGN_OR_RETURN(metrics::v1::Fact fact, ReadFact(flags.file, number, line));
    RETURN_IF_ERROR(sender.Add(std::move(fact)));
    progress.Advance(sender.counts().sent);
  }
  RETURN_IF_ERROR(sender.Finish(completeness));
  progress.Advance(sender.counts().sent);
  progress.Finish();
  PrintCounts(invocation, sender.counts());
  if (sender.counts().invalid + sender.counts().conflict > 0) {
    invocation.set_exit_code(ExitCode::kSomeRefused);
  }
  return absl::OkStatus();
}

}  // namespace

void AddFactCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line.root, "fact", "What happened, as sources reported it (事实)");
  Invocation& invocation = line.invocation;
  const auto flags = std::make_shared<IngestFlags>();
  CLI::App& ingest = line.table.AddBody(
      noun,
      {"ingest",
       "Sends facts, one JSON object a line, in batches of 1,000",
       absl::StrCat("argosyctl fact ingest --file facts.jsonl\nwhere a line is\n  ", kFactExample),
       {Offer::kDryRun}},
      [&invocation, flags] { return Ingest(invocation, *flags); });
  ingest.add_option("--file", flags->file, "The file; - is standard input")->required();
  ingest
      .add_option("--complete", flags->complete,
                  "With the last batch: a source has sent everything before an instant, like "
                  "crm=2026-05-01T00:00:00+08:00. Unsaid, a source counts as complete through the "
                  "last day it has reported on")
      ->expected(1, 20);
  line.table.Add(noun, {.verb = "history",
                        .about = "Shows every revision of one fact",
                        .example = "argosyctl fact history crm/order-17",
                        .request = &metrics::v1::GetFactHistoryRequest::default_instance(),
                        .positional = "identity",
                        .columns = {"revision", "tombstone", "payload", "occurred_at",
                                    "occurred_date", "recorded_at", "knowledge_seq",
                                    "attribution.member", "attribution.channel", "source_import"},
                        .rows = "revisions"});
  line.table.Add(noun,
                 {.verb = "list",
                  .about = "Lists the facts that hold, by day of occurrence",
                  .example = "argosyctl fact list --occurred 2026-03 --kind order",
                  .request = &metrics::v1::ListFactsRequest::default_instance(),
                  .flags = {{"--occurred", "occurred", "Which days", Need::kRequired},
                            {"--kind", "kinds", "Only these kinds"},
                            {"--member", "member", "Only credited to this member"},
                            {"--as-of", "as_of", "As known at this instant"}},
                  .columns = {"source", "source_event_id", "revision", "payload", "occurred_at",
                              "occurred_date", "attribution.member", "attribution.channel"}});
}

}  // namespace argosy::ctl
