#include "argosy/metrics/v1/channel_service.pb.h"
#include "argosyctl/commands/nouns.h"

namespace argosy::ctl {

void AddChannelCommands(CommandLine& line) {
  CLI::App& noun = AddNoun(line.root, "channel", "Where buyers come from (渠道)");
  line.table.Add(
      noun,
      {.verb = "create",
       .about = "Adds a channel",
       .example =
           "argosyctl channel create google-ads --display-name 谷歌广告 --kind search --paid true",
       .request = &metrics::v1::CreateChannelRequest::default_instance(),
       .positional = "channel_id",
       .flags = {
           {"--display-name", "channel.display_name", "For people", Need::kRequired},
           {"--kind", "channel.kind",
            "search, social, b2b_platform, seo, exhibition or other; for ever", Need::kRequired},
           {"--paid", "channel.paid",
            "Whether money is spent to appear there: true or false; for ever"}}});
  line.table.Add(noun, {.verb = "get",
                        .about = "Shows one channel",
                        .example = "argosyctl channel get google-ads",
                        .request = &metrics::v1::GetChannelRequest::default_instance(),
                        .positional = "name"});
  line.table.Add(noun, {.verb = "list",
                        .about = "Lists channels",
                        .example = "argosyctl channel list",
                        .request = &metrics::v1::ListChannelsRequest::default_instance(),
                        .columns = {"name", "display_name", "kind", "paid"}});
}

}  // namespace argosy::ctl
