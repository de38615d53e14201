#include "argosy/metrics/v1/channel_service.pb.h"
#include "argosyctl/commands/nouns.h"

namespace argosy::ctl {

void AddCampaignCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line.root, "campaign", "Runs of activity within a channel (广告系列)");
  line.table.Add(
      noun, {.verb = "create",
             .about = "Adds a campaign",
             .example = "argosyctl campaign create spring --display-name 春季 --channel google-ads",
             .request = &metrics::v1::CreateCampaignRequest::default_instance(),
             .positional = "campaign_id",
             .flags = {{"--display-name", "campaign.display_name", "For people", Need::kRequired},
                       {"--channel", "campaign.channel", "Its channel", Need::kRequired}}});
  line.table.Add(noun, {.verb = "get",
                        .about = "Shows one campaign",
                        .example = "argosyctl campaign get spring",
                        .request = &metrics::v1::GetCampaignRequest::default_instance(),
                        .positional = "name"});
  line.table.Add(noun, {.verb = "list",
                        .about = "Lists campaigns",
                        .example = "argosyctl campaign list --channel google-ads",
                        .request = &metrics::v1::ListCampaignsRequest::default_instance(),
                        .flags = {{"--channel", "channel", "Only of this channel"}},
                        .columns = {"name", "display_name", "channel"}});
}

}  // namespace argosy::ctl
