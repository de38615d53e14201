#include "argosy/tenancy/v1/api_token.pb.h"
#include "argosyctl/commands/nouns.h"

namespace argosy::ctl {

void AddTokenCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line.root, "token", "API tokens (API 令牌)");
  line.table.Add(
      noun,
      {.verb = "create",
       .about = "Makes a token; its value is shown this once",
       .example =
           "argosyctl token create --membership 018f3a2e-0000-7000-8000-000000000001 --ttl 30d",
       .request = &tenancy::v1::CreateApiTokenRequest::default_instance(),
       .flags = {
           {"--membership", "api_token.membership", "Whose rights it carries", Need::kRequired},
           {"--display-name", "api_token.display_name", "For people to read"},
           {"--ttl", "api_token.ttl", "How long it holds, like 30d (90d)"}}});
  line.table.Add(noun,
                 {.verb = "list",
                  .about = "Lists tokens without their values",
                  .example = "argosyctl token list",
                  .request = &tenancy::v1::ListApiTokensRequest::default_instance(),
                  .columns = {"name", "display_name", "membership", "expire_time", "revoke_time"}});
  line.table.Add(noun, {.verb = "revoke",
                        .about = "Ends a token",
                        .example = "argosyctl token revoke 018f3a2e-0000-7000-8000-000000000002",
                        .request = &tenancy::v1::RevokeApiTokenRequest::default_instance(),
                        .positional = "name"});
}

}  // namespace argosy::ctl
