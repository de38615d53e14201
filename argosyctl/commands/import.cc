#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "argosy/metrics/v1/import_service.pb.h"
#include "argosyctl/commands/nouns.h"
#include "argosyctl/import_run.h"
#include "argosyctl/output/table.h"
#include "argosyctl/preset.h"
#include "argosyctl/resource_name.h"
#include "argosyctl/text_file.h"
#include "argosyctl/yaml_reader.h"
#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::ctl {
namespace {

using metrics::v1::Import;
using metrics::v1::ImportCounts;

// Findings that a run shows by itself; the whole list is a file or a command away.
constexpr int32_t kErrorsShown = 5;

struct ImportFlags {
  std::string preset;
  std::string data;
  std::string mapping;
  std::string file;
  std::string errors;
  std::string name;
  bool revise = false;
};

absl::StatusOr<ImportFile> ReadImportFile(const ImportFlags& flags, std::string tenant) {
  ImportFile file{.tenant = std::move(tenant)};
  std::string path = flags.file;
  if (!flags.preset.empty()) {
    ASSIGN_OR_RETURN(Preset preset, ReadPreset(flags.preset, flags.data));
    file.preset = preset.id;
    file.mapping = std::move(preset.mapping);
    if (path.empty()) path = preset.data_file;
  } else {
    ASSIGN_OR_RETURN(const std::string text, ReadFile(flags.mapping));
    RETURN_IF_ERROR(ReadYamlMessage({flags.mapping, text}, file.mapping));
  }
  ASSIGN_OR_RETURN(file.content, ReadFile(path));
  file.file_name = std::filesystem::path(path).filename().string();
  if (flags.revise) file.policy = metrics::v1::CONFLICT_POLICY_REVISE;
  return file;
}

void AddCounts(const char* step, const ImportCounts& counts, Table& table) {
  table.Add({step, absl::StrCat(counts.new_rows()), absl::StrCat(counts.duplicate_rows()),
             absl::StrCat(counts.conflict_rows()), absl::StrCat(counts.revised_rows()),
             absl::StrCat(counts.invalid_rows()), absl::StrCat(counts.reported_rows()),
             absl::StrCat(counts.skipped_rows()), absl::StrCat(counts.noted_rows()),
             absl::StrCat(counts.recorded_facts())});
}

void PrintImport(Invocation& invocation, const Import& import) {
  if (invocation.flags().output != "table") {
    invocation.printer().Show(import);
    return;
  }
  Table table({{.header = "ROWS"},
               {"NEW", Align::kRight},
               {"DUPLICATE", Align::kRight},
               {"CONFLICT", Align::kRight},
               {"REVISED", Align::kRight},
               {"INVALID", Align::kRight},
               {"REPORTED", Align::kRight},
               {"SKIPPED", Align::kRight},
               {"NOTED", Align::kRight},
               {"FACTS", Align::kRight}});
  AddCounts("validated", import.validated(), table);
  if (import.has_committed()) AddCounts("committed", import.committed(), table);
  std::ostream& out = invocation.environment().out;
  out << "import " << ShortName(import.name()) << "  " << import.file_name() << "  "
      << metrics::v1::ImportState_Name(import.state()) << "\n"
      << table.Render();
  const bool undone = import.state() == metrics::v1::IMPORT_STATE_UNDOING ||
                      import.state() == metrics::v1::IMPORT_STATE_UNDONE;
  if (undone) {
    out << "undone: " << import.undone().retracted_facts() << " facts retracted, "
        << import.undone().restored_facts() << " restored, " << import.undone().kept_facts()
        << " kept\n";
  }
}

absl::Status WriteErrors(ImportRun& run, const ImportFlags& flags, const Import& import) {
  if (flags.errors.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::string csv, run.ErrorsCsv(import.name()));
  return WriteFile(flags.errors, csv, FileAccess::kEverybodyReads);
}

// Says on standard error what was found in the first rows, and where the rest is.
absl::Status SayErrors(Invocation& invocation, ImportRun& run, const ImportFlags& flags,
                       const Import& import) {
  ASSIGN_OR_RETURN(const auto page, run.FirstErrors(import.name(), kErrorsShown));
  std::ostream& err = invocation.environment().err;
  for (const metrics::v1::ImportError& error : page.errors()) {
    err << "line " << error.line() << ": ";
    if (!error.column().empty()) err << error.column() << " \"" << error.value() << "\": ";
    err << error.reason() << ", " << error.message() << "\n";
  }
  err << "every finding: "
      << (flags.errors.empty() ? absl::StrCat("argosyctl import errors ", ShortName(import.name()))
                               : flags.errors)
      << "\n";
  return absl::OkStatus();
}

absl::Status Prepare(Invocation& invocation, const ImportFlags& flags) {
  ASSIGN_OR_RETURN(const std::string tenant, invocation.Tenant());
  ASSIGN_OR_RETURN(const Preset preset, ReadPreset(flags.preset, flags.data));
  ASSIGN_OR_RETURN(ClientSession * session, invocation.Session());
  return PreparePreset(*session, tenant, preset);
}

absl::Status RunImport(Invocation& invocation, const ImportFlags& flags) {
  if (flags.preset.empty() && flags.mapping.empty()) {
    return UsageRefused("--preset",
                        "is missing: give either --preset with --data or --mapping with --file");
  }
  ASSIGN_OR_RETURN(const std::string tenant, invocation.Tenant());
  ASSIGN_OR_RETURN(const ImportFile file, ReadImportFile(flags, tenant));
  ASSIGN_OR_RETURN(ClientSession * session, invocation.Session());
  ImportRun run(*session);
  const bool dry = invocation.flags().dry_run;
  ASSIGN_OR_RETURN(Import import,
                   run.Open(file, dry ? ImportPurpose::kCheck : ImportPurpose::kRecord));
  RETURN_IF_ERROR(run.Upload(import, file.content));
  const bool validated = import.state() != metrics::v1::IMPORT_STATE_CREATED &&
                         import.state() != metrics::v1::IMPORT_STATE_UPLOADING;
  if (!validated || dry) {
    ASSIGN_OR_RETURN(import, run.Validate(import.name()));
  }
  if (!dry) {
    ASSIGN_OR_RETURN(import, run.Commit(import.name()));
  }
  RETURN_IF_ERROR(WriteErrors(run, flags, import));
  PrintImport(invocation, import);
  const ImportCounts& counts = dry ? import.validated() : import.committed();
  const int64_t refused = counts.invalid_rows() + counts.conflict_rows();
  if (refused > 0) invocation.set_exit_code(ExitCode::kSomeRefused);
  if (refused + counts.reported_rows() + counts.noted_rows() == 0) return absl::OkStatus();
  RETURN_IF_ERROR(SayErrors(invocation, run, flags, import));
  if (counts.conflict_rows() > 0) {
    invocation.environment().err << "with --revise, rows that were edited go in as revisions\n";
  }
  return absl::OkStatus();
}

absl::Status Undo(Invocation& invocation, const ImportFlags& flags) {
  ASSIGN_OR_RETURN(const std::string tenant, invocation.Tenant());
  ASSIGN_OR_RETURN(const std::string name, ExpandName("argosy.dev/Import", flags.name, tenant));
  ASSIGN_OR_RETURN(ClientSession * session, invocation.Session());
  ImportRun run(*session);
  ASSIGN_OR_RETURN(const Import import, run.Undo(name));
  RETURN_IF_ERROR(WriteErrors(run, flags, import));
  PrintImport(invocation, import);
  return absl::OkStatus();
}

void AddSteps(CommandLine& line, CLI::App& noun) {
  Invocation& invocation = line.invocation;
  const auto flags = std::make_shared<ImportFlags>();
  CLI::App& prepare = line.table.AddBody(
      noun,
      {"prepare", "Makes the people, channel and campaigns that a preset names",
       "argosyctl import prepare --preset presets/facebook-ads --data data/facebook-ads"},
      [&invocation, flags] { return Prepare(invocation, *flags); });
  prepare.add_option("--preset", flags->preset, "The preset's folder")->required();
  prepare.add_option("--data", flags->data, "The folder of the files")->required();
  CLI::App& run = line.table.AddBody(
      noun,
      {"run",
       "Sends a CSV file, checks every row, then records the facts; goes on where it stopped. With "
       "--dry-run it ends after the check: the file stays on the server, ready to be recorded",
       "argosyctl import run --preset presets/facebook-ads --data data/facebook-ads --errors "
       "errors.csv\n"
       "  argosyctl import run --mapping mapping.yaml --file orders.csv --dry-run",
       {Offer::kDryRun, Offer::kNames}},
      [&invocation, flags] { return RunImport(invocation, *flags); });
  CLI::Option* preset = run.add_option("--preset", flags->preset, "The preset's folder");
  CLI::Option* data = run.add_option("--data", flags->data, "The folder of the preset's files");
  CLI::Option* mapping =
      run.add_option("--mapping", flags->mapping, "A mapping of one's own, YAML");
  CLI::Option* file =
      run.add_option("--file", flags->file, "The CSV file, when it is not the preset's");
  preset->needs(data)->excludes(mapping);
  mapping->needs(file);
  run.add_option("--errors", flags->errors, "Write what was found in the rows to this CSV file");
  run.add_flag("--revise", flags->revise, "Send edited rows as revisions, not as conflicts");
  CLI::App& undo = line.table.AddBody(noun,
                                      {"undo",
                                       "Takes back what an import recorded, as a whole",
                                       "argosyctl import undo 018f3a2e-0000-7000-8000-000000000008",
                                       {Offer::kNames}},
                                      [&invocation, flags] { return Undo(invocation, *flags); });
  undo.add_option("import", flags->name, "The import")->required();
  undo.add_option("--errors", flags->errors, "Write what was kept to this CSV file");
}

}  // namespace

void AddImportCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line.root, "import", "Files that become facts (导入)");
  AddSteps(line, noun);
  line.table.Add(noun, {.verb = "get",
                        .about = "Shows one import with its mapping",
                        .example = "argosyctl import get 018f3a2e-0000-7000-8000-000000000008",
                        .request = &metrics::v1::GetImportRequest::default_instance(),
                        .positional = "name"});
  line.table.Add(noun,
                 {.verb = "list",
                  .about = "Lists imports, newest first",
                  .example = "argosyctl import list",
                  .request = &metrics::v1::ListImportsRequest::default_instance(),
                  .columns = {"name", "file_name", "preset", "state", "row_count", "create_time"}});
  line.table.Add(noun, {.verb = "errors",
                        .about = "Lists what was found in an import's rows",
                        .example = "argosyctl import errors 018f3a2e-0000-7000-8000-000000000008",
                        .request = &metrics::v1::ListImportErrorsRequest::default_instance(),
                        .positional = "parent",
                        .columns = {"line", "column", "value", "reason", "kind", "message"},
                        .left_out = "errors_left_out"});
}

}  // namespace argosy::ctl
