#include "argosyctl/field_text.h"

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "argosy/metrics/v1/channel_service.pb.h"
#include "argosy/metrics/v1/fact_service.pb.h"
#include "argosy/metrics/v1/query_service.pb.h"
#include "argosy/tenancy/v1/api_token.pb.h"
#include "argosyctl/resource_name.h"
#include "base/fault.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace argosy::ctl {
namespace {

using ::argosy::testing::HasReason;

constexpr char kTenant[] = "tenants/acme";

TEST(SetField, SetsTextEnumBooleanAndName) {
  metrics::v1::CreateCampaignRequest campaign;
  EXPECT_OK(SetField(campaign, "campaign.channel", "google-ads", kTenant));
  EXPECT_EQ(campaign.campaign().channel(), "tenants/acme/channels/google-ads");
  metrics::v1::CreateChannelRequest channel;
  EXPECT_OK(SetField(channel, "channel.display_name", "谷歌广告", kTenant));
  EXPECT_OK(SetField(channel, "channel.kind", "search", kTenant));
  EXPECT_OK(SetField(channel, "channel.paid", "true", kTenant));
  EXPECT_EQ(channel.channel().kind(), metrics::v1::CHANNEL_KIND_SEARCH);
  EXPECT_TRUE(channel.channel().paid());
}

TEST(SetField, SetsPeriodInstantDurationMoneyAndReference) {
  metrics::v1::QueryMetricsRequest query;
  EXPECT_OK(SetField(query, "scope.period", "2026-Q1", kTenant));
  EXPECT_EQ(FieldText(query, "scope.period"), "2026-01-01..2026-04-01");
  EXPECT_OK(SetField(query, "scope.as_of", "2026-03-09T08:00:00.000001Z", kTenant));
  EXPECT_EQ(FieldText(query, "scope.as_of"), "2026-03-09T08:00:00.000001Z");
  tenancy::v1::CreateApiTokenRequest token;
  EXPECT_OK(SetField(token, "api_token.ttl", "30d", kTenant));
  EXPECT_EQ(token.api_token().ttl().seconds(), 30 * 86'400);
  metrics::v1::Fact fact;
  EXPECT_OK(SetField(fact, "spend.amount", "1234.56 USD", kTenant));
  EXPECT_EQ(fact.spend().amount().amount_minor(), 123'456);
  EXPECT_EQ(FieldText(fact, "spend.amount"), "1234.56 USD");
  EXPECT_OK(SetField(fact, "order.inquiry", "crm/a/b", kTenant));
  EXPECT_EQ(fact.order().inquiry().source_event_id(), "a/b");
}

TEST(SetField, SaysWhatAPeriodIsAndThatItsLastDateIsNotInIt) {
  metrics::v1::QueryMetricsRequest query;
  const absl::Status refused = SetField(query, "scope.period", "March", kTenant);
  EXPECT_THAT(std::string(refused.message()),
              ::testing::HasSubstr("2026-01-01..2026-02-01, which"));
}

TEST(FieldText, ShowsWhatAOneofHolds) {
  metrics::v1::Fact fact;
  EXPECT_EQ(FieldText(fact, "payload"), "");
  EXPECT_OK(SetField(fact, "order.value", "18600.00 USD", kTenant));
  EXPECT_OK(SetField(fact, "order.status", "confirmed", kTenant));
  EXPECT_EQ(FieldText(fact, "payload"), "order 18600.00 USD CONFIRMED");
  fact.mutable_traffic()->set_clicks(7);
  EXPECT_EQ(FieldText(fact, "payload"), "traffic clicks=7");
}

TEST(FieldText, ShowsInstantsInAZone) {
  metrics::v1::Fact fact;
  fact.mutable_occurred_at()->set_seconds(1'777'564'800);
  absl::TimeZone shanghai;
  ASSERT_TRUE(absl::LoadTimeZone("Asia/Shanghai", &shanghai));
  EXPECT_EQ(FieldText(fact, "occurred_at", shanghai), "2026-05-01T00:00:00+08:00");
  EXPECT_EQ(FieldText(fact, "occurred_at"), "2026-04-30T16:00:00Z");
}

TEST(SetField, AddsToARepeatedField) {
  metrics::v1::ExplainMetricRequest explain;
  EXPECT_OK(SetField(explain, "cell", "channel=google-ads", kTenant));
  EXPECT_OK(SetField(explain, "cell", "day=2026-03-09", kTenant));
  ASSERT_EQ(explain.cell_size(), 2);
  EXPECT_EQ(explain.cell(0).value(), "tenants/acme/channels/google-ads");
  EXPECT_EQ(explain.cell(1).value(), "2026-03-09");
}

struct RefusedText {
  std::string path;
  std::string text;
};

TEST(SetField, RefusesWhatItCannotReadAndNamesTheField) {
  const std::vector<RefusedText> cases = {
      {"scope.period", "2026-13"},          {"scope.period", "2026-01-01..x"},
      {"scope.as_of", "yesterday"},         {"scope.mode", "sideways"},
      {"scope.knowledge_seq", "1.5"},       {"scope.paid_only", "maybe"},
      {"scope.channels", "too/many/parts"}, {"scope.nothing", "x"},
  };
  for (const RefusedText& refused : cases) {
    metrics::v1::QueryMetricsRequest query;
    const absl::Status status = SetField(query, refused.path, refused.text, kTenant);
    EXPECT_THAT(status, HasReason("FIELD_INVALID")) << refused.path << " " << refused.text;
    const auto fault = base::FindFault(status);
    ASSERT_TRUE(fault.has_value());
    EXPECT_EQ(fault->field_violations.at(0).field, refused.path);
  }
}

TEST(ExpandName, TakesShortNamesFullNamesAndPairs) {
  EXPECT_THAT(ExpandName("argosy.dev/Member", "li-wei", kTenant).value(),
              "tenants/acme/members/li-wei");
  EXPECT_THAT(ExpandName("argosy.dev/Member", "tenants/other/members/x", kTenant).value(),
              "tenants/other/members/x");
  EXPECT_THAT(ExpandName("argosy.dev/PlanVersion", "sales/v1", kTenant).value(),
              "tenants/acme/plans/sales/versions/v1");
  EXPECT_THAT(ExpandName("argosy.dev/Tenant", "acme", "").value(), "tenants/acme");
  EXPECT_THAT(ExpandName("argosy.dev/Member", "li-wei", "").status(), HasReason("FIELD_INVALID"));
  EXPECT_THAT(ExpandName("argosy.dev/Nothing", "x", kTenant).status(), HasReason("FIELD_INVALID"));
}

TEST(ShortName, LeavesOutTenantAndCollections) {
  EXPECT_EQ(ShortName("tenants/acme"), "acme");
  EXPECT_EQ(ShortName("tenants/acme/members/li-wei"), "li-wei");
  EXPECT_EQ(ShortName("tenants/acme/plans/sales/versions/v1"), "sales/v1");
  EXPECT_EQ(ShortName("no name"), "no name");
}

TEST(ExpandReferences, ReachesNestedNames) {
  metrics::v1::BatchIngestFactsRequest batch;
  batch.add_facts()->mutable_attribution()->set_member("li-wei");
  ASSERT_OK(ExpandReferences(batch, kTenant));
  EXPECT_EQ(batch.facts(0).attribution().member(), "tenants/acme/members/li-wei");
}

}  // namespace
}  // namespace argosy::ctl
