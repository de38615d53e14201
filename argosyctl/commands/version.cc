#include "argosyctl/commands/nouns.h"
#include "argosyctl/output/json.h"

namespace argosy::ctl {

void AddVersionCommand(CommandLine& line) {
  Invocation& invocation = line.invocation;
  line.table.AddBody(line.root,
                     {.verb = "version",
                      .about = "Shows the version of argosyctl",
                      .example = "argosyctl version -o json"},
                     [&invocation] {
                       if (invocation.flags().output == "json") {
                         JsonObject version;
                         version.Text("version", ARGOSY_VERSION);
                         invocation.environment().out << version.text() << "\n";
                       } else {
                         invocation.environment().out << ARGOSY_VERSION << "\n";
                       }
                       return absl::OkStatus();
                     });
}

}  // namespace argosy::ctl
