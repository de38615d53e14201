#include "argosyctl/onboarding.h"

#include <string>

#include "argosy/metrics/v1/channel_service.pb.h"
#include "argosy/teams/v1/people_service.pb.h"
#include "argosyctl/demonstration/company_messages.h"
#include "argosyctl/text_file.h"
#include "demo/generator.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::ctl {
namespace {

using ::argosy::testing::HasReason;
using ::testing::SizeIs;

TEST(ReadBlueprint, ReadsSectionsInTheOrderTheyNeedOneAnother) {
  ASSERT_OK_AND_ASSIGN(const auto items, ReadBlueprint({"b.yaml", R"yaml(
campaigns:
  - {campaign_id: spring, campaign: {display_name: 春季, channel: google-ads}}
channels:
  - channel_id: google-ads
    channel: {display_name: "true", kind: CHANNEL_KIND_SEARCH, paid: true}
)yaml"}));
  ASSERT_THAT(items, SizeIs(2));
  EXPECT_EQ(items[0].path, "channels/google-ads");
  EXPECT_EQ(items[1].path, "campaigns/spring");
  const auto& channel = static_cast<const metrics::v1::CreateChannelRequest&>(*items[0].request);
  EXPECT_EQ(channel.channel().display_name(), "true");
  EXPECT_TRUE(channel.channel().paid());
}

TEST(ReadBlueprint, RefusesAnUnknownField) {
  EXPECT_THAT(ReadBlueprint({"b.yaml", "channels: [{channel_id: x, colour: red}]"}).status(),
              HasReason("FIELD_INVALID"));
  EXPECT_THAT(ReadBlueprint({"b.yaml", "channels: ["}).status(), HasReason("FIELD_INVALID"));
}

TEST(ReadBlueprint, NamesFileLineAndPlaceOfWhatItRefuses) {
  EXPECT_EQ(ReadBlueprint({"b.yaml", R"yaml(
channels:
  - {channel_id: x}
  - channel_id: y
    channel:
      colour: red
)yaml"})
                .status()
                .message(),
            "b.yaml: line 6: (channels[1].channel) colour: Cannot find field.");
}

TEST(ReadBlueprint, ReadsTheBlueprintsOfTheProduct) {
  for (const char* name : {"trading-startup", "sales-operations", "sales-marketing"}) {
    ASSERT_OK_AND_ASSIGN(const std::string text,
                         ReadFile(std::string("tenants/blueprints/") + name + ".yaml"));
    ASSERT_OK_AND_ASSIGN(const auto items, ReadBlueprint({name, text}));
    EXPECT_GE(items.size(), 3U) << name;
  }
}

TEST(Covers, LooksAtWhatIsWantedAlone) {
  metrics::v1::Channel wanted;
  wanted.set_display_name("Google");
  metrics::v1::Channel existing = wanted;
  existing.set_name("tenants/acme/channels/google-ads");
  existing.set_etag("\"3\"");
  EXPECT_TRUE(Covers(existing, wanted));
  existing.set_paid(true);
  EXPECT_FALSE(Covers(existing, wanted));  // not paid is a wish as well
  wanted.set_paid(true);
  EXPECT_TRUE(Covers(existing, wanted));
  wanted.set_display_name("Bing");
  EXPECT_FALSE(Covers(existing, wanted));
  EXPECT_FALSE(Covers(teams::v1::Team(), wanted));
}

TEST(ToMessage, GivesATombstoneNothingButItsIdentity) {
  const demo::Company company = demo::MakeCompany(demo::CompanyKind::kReplicate, {});
  int tombstones = 0;
  for (const demo::Fact& fact : company.facts) {
    const metrics::v1::Fact message = ToMessage(company, fact, "tenants/x");
    if (!message.tombstone()) {
      EXPECT_NE(message.payload_case(), metrics::v1::Fact::PAYLOAD_NOT_SET);
      EXPECT_NE(message.has_occurred_at(), !message.occurred_date().empty());
      continue;
    }
    ++tombstones;
    EXPECT_FALSE(message.has_attribution());
    EXPECT_EQ(message.payload_case(), metrics::v1::Fact::PAYLOAD_NOT_SET);
    EXPECT_GT(message.revision(), 1);
  }
  EXPECT_GT(tombstones, 0);
}

TEST(CommissionOf, HasTouchingTiersTheLastOneOpen) {
  demo::Company company;
  company.currency = "CNY";
  const auto spec = CommissionOf(company);
  const auto& tiers = spec.components(0).commission().tiers();
  ASSERT_EQ(tiers.size(), 3);
  EXPECT_EQ(tiers[0].from_minor(), 0);
  EXPECT_EQ(tiers[0].to_minor(), tiers[1].from_minor());
  EXPECT_EQ(tiers[1].to_minor(), tiers[2].from_minor());
  EXPECT_FALSE(tiers[2].has_to_minor());
}

}  // namespace
}  // namespace argosy::ctl
