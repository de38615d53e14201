#include "argosy/incentives/v1/ledger.pb.h"
#include "argosyctl/commands/nouns.h"

namespace argosy::ctl {

void AddLedgerCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line.root, "ledger", "The double-entry ledger of pay (台账)");
  line.table.Add(noun, {.verb = "list",
                        .about = "Lists entries by number",
                        .example = "argosyctl ledger list --member li-wei",
                        .request = &incentives::v1::ListLedgerEntriesRequest::default_instance(),
                        .flags = {{"--member", "member", "Only of this member"}},
                        .columns = {"name", "kind", "debit.bucket", "debit.member", "credit.bucket",
                                    "credit.member", "amount", "posting_period", "origin_period"}});
  line.table.Add(noun,
                 {.verb = "balances",
                  .about = "Shows balances by account",
                  .example = "argosyctl ledger balances",
                  .request = &incentives::v1::GetBalancesRequest::default_instance(),
                  .flags = {{"--member", "member", "Only of this member"}},
                  .columns = {"account.member", "account.bucket", "debits", "credits", "balance"}});
  line.table.Add(noun, {.verb = "verify",
                        .about = "Checks the ledger's invariants over all of it",
                        .example = "argosyctl ledger verify",
                        .request = &incentives::v1::VerifyLedgerRequest::default_instance()});
}

}  // namespace argosy::ctl
