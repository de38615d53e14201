#include "argosy/tenancy/v1/membership.pb.h"
#include "argosyctl/commands/nouns.h"

namespace argosy::ctl {

void AddMembershipCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line.root, "membership", "Accounts and what they may do (成员资格)");
  line.table.Add(
      noun, {.verb = "create",
             .about = "Gives an account a role in the tenant",
             .example = "argosyctl membership create mei@acme.cn --role member --member li-mei",
             .request = &tenancy::v1::CreateMembershipRequest::default_instance(),
             .positional = "membership.principal",
             .flags = {{"--role", "membership.access_role", "owner or member", Need::kRequired},
                       {"--member", "membership.member", "Whose own figures the account sees"}}});
  line.table.Add(noun, {.verb = "get",
                        .about = "Shows one membership",
                        .example = "argosyctl membership get 018f3a2e-0000-7000-8000-000000000001",
                        .request = &tenancy::v1::GetMembershipRequest::default_instance(),
                        .positional = "name"});
  line.table.Add(noun, {.verb = "list",
                        .about = "Lists memberships",
                        .example = "argosyctl membership list -o json",
                        .request = &tenancy::v1::ListMembershipsRequest::default_instance(),
                        .columns = {"name", "principal", "access_role", "member", "create_time"}});
  line.table.Add(noun,
                 {.verb = "delete",
                  .about = "Ends a membership and its API tokens",
                  .example = "argosyctl membership delete 018f3a2e-0000-7000-8000-000000000001",
                  .request = &tenancy::v1::DeleteMembershipRequest::default_instance(),
                  .positional = "name",
                  .flags = {{"--etag", "etag", "Only if it is still in this state"}}});
}

}  // namespace argosy::ctl
