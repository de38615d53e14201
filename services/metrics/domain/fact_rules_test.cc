#include "services/metrics/domain/fact_rules.h"

#include <functional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/metrics/domain/facts_for_test.h"

namespace argosy::metrics {
namespace {

FactSurroundings Surroundings() {
  FactSurroundings surroundings{.reporting_currency = base::Currency::Parse("USD").value(),
                                .now = At("2026-03-09 12:00")};
  surroundings.channels = {base::ChannelId::Parse("google").value(),
                           base::ChannelId::Parse("seo").value()};
  surroundings.campaigns = {
      {base::CampaignId::Parse("spring").value(), base::ChannelId::Parse("google").value()}};
  return surroundings;
}

RecordedFact GoodInquiry() {
  return By("li-wei", On("google", FactAt("2026-03-01 10:00", "i1", Inquiry{.buyer_key = "a@b"})));
}
RecordedFact GoodSpend() {
  return On("google", FactAt("2026-03-01", "s1", Spend{.amount = Usd(100)}));
}

TEST(CheckFact, TakesGoodFacts) {
  EXPECT_EQ(CheckFact(GoodInquiry().fact, Surroundings()), std::nullopt);
  EXPECT_EQ(CheckFact(GoodSpend().fact, Surroundings()), std::nullopt);
  EXPECT_EQ(CheckFact(FactAt("2026-03-01", "t", Traffic{.sessions = 3}).fact, Surroundings()),
            std::nullopt);
  EXPECT_EQ(CheckFact(FactAt("2026-03-01 10:00", "o", OrderFor("i1", 0)).fact, Surroundings()),
            std::nullopt);
  Fact tombstone{.identity = {"crm", "i1"}, .revision = 2};
  EXPECT_EQ(CheckFact(tombstone, Surroundings()), std::nullopt);
}

struct BadCase {
  std::string name;
  std::function<void(Fact&)> spoil;
  std::string reason;
  std::string field;
};
class BadFactTest : public ::testing::TestWithParam<BadCase> {};
TEST_P(BadFactTest, IsRefusedWithItsField) {
  Fact fact = GoodInquiry().fact;
  GetParam().spoil(fact);
  const auto problem = CheckFact(fact, Surroundings());
  ASSERT_TRUE(problem.has_value());
  EXPECT_EQ(problem->reason, GetParam().reason);
  EXPECT_EQ(problem->field, GetParam().field);
}

Order& AsOrder(Fact& fact) {
  fact.payload = OrderFor("i1", 100);
  return std::get<Order>(fact.payload);
}
Spend& AsSpend(Fact& fact) {
  fact.payload = Spend{.amount = Usd(100)};
  return std::get<Spend>(fact.payload);
}
Inquiry& AsInquiry(Fact& fact) { return std::get<Inquiry>(fact.payload); }
base::Money Yuan(int64_t minor) {
  return {.minor = minor, .currency = base::Currency::Parse("CNY").value()};
}

INSTANTIATE_TEST_SUITE_P(
    Rules, BadFactTest,
    ::testing::ValuesIn(std::vector<BadCase>{
        {"NoSource", [](Fact& f) { f.identity.source = ""; }, "FIELD_INVALID", "source"},
        {"SourceOverBound", [](Fact& f) { f.identity.source = std::string(65, 'a'); },
         "FIELD_INVALID", "source"},
        {"IdOverBound", [](Fact& f) { f.identity.event_id = std::string(129, 'a'); },
         "FIELD_INVALID", "source_event_id"},
        {"IdNotAscii", [](Fact& f) { f.identity.event_id = "询盘"; }, "FIELD_INVALID",
         "source_event_id"},
        {"IdBlankAtEnd", [](Fact& f) { f.identity.event_id = "a "; }, "FIELD_INVALID",
         "source_event_id"},
        {"RevisionZero", [](Fact& f) { f.revision = 0; }, "FIELD_INVALID", "revision"},
        {"RevisionTooHigh", [](Fact& f) { f.revision = 1'000'001; }, "FIELD_INVALID", "revision"},
        {"BeforeDates", [](Fact& f) { f.occurred_micros = base::ToMicros(At("1999-01-01 00:00")); },
         "DATE_OUT_OF_RANGE", "occurred_at"},
        {"InFuture", [](Fact& f) { f.occurred_micros = base::ToMicros(At("2026-03-10 12:01")); },
         "OCCURRED_IN_FUTURE", "occurred_at"},
        {"RoleMissing", [](Fact& f) { f.attribution.acting_role = ActingRole::kNone; },
         "ACTING_ROLE_MISSING", "attribution.acting_role"},
        {"ChannelUnknown",
         [](Fact& f) { f.attribution.channel = base::ChannelId::Parse("nowhere").value(); },
         "CHANNEL_UNKNOWN", "attribution.channel"},
        {"CampaignUnknown",
         [](Fact& f) { f.attribution.campaign = base::CampaignId::Parse("autumn").value(); },
         "CAMPAIGN_UNKNOWN", "attribution.campaign"},
        {"CampaignElsewhere",
         [](Fact& f) {
           f.attribution.channel = base::ChannelId::Parse("seo").value();
           f.attribution.campaign = base::CampaignId::Parse("spring").value();
         },
         "CAMPAIGN_OF_OTHER_CHANNEL", "attribution.campaign"},
        {"BuyerOverBound", [](Fact& f) { AsInquiry(f).buyer_key = std::string(257, 'a'); },
         "FIELD_INVALID", "inquiry.buyer_key"},
        {"ProductOverBound", [](Fact& f) { AsInquiry(f).product_line = std::string(129, 'a'); },
         "FIELD_INVALID", "inquiry.product_line"},
        {"AccountOverBound", [](Fact& f) { AsInquiry(f).account = std::string(129, 'a'); },
         "FIELD_INVALID", "inquiry.account"},
        {"AccountControl", [](Fact& f) { AsInquiry(f).account = "a\nb"; }, "FIELD_INVALID",
         "inquiry.account"},
        {"OrderOtherCurrency", [](Fact& f) { AsOrder(f).value = Yuan(1); }, "CURRENCY_UNSUPPORTED",
         "order.value.currency_code"},
        {"MarginOtherCurrency", [](Fact& f) { AsOrder(f).margin = Yuan(1); },
         "CURRENCY_UNSUPPORTED", "order.margin.currency_code"},
        {"AmountOverflow", [](Fact& f) { AsOrder(f).value = Usd(base::Money::kMinorMax + 1); },
         "AMOUNT_OVERFLOW", "order.value.amount_minor"},
        {"OrderNegative", [](Fact& f) { AsOrder(f).value = Usd(-1); }, "FIELD_INVALID",
         "order.value.amount_minor"},
        {"OrderOfBadInquiry",
         [](Fact& f) {
           AsOrder(f).inquiry = FactIdentity{"crm", ""};
         },
         "FIELD_INVALID", "order.inquiry.source_event_id"},
        {"PaymentZero", [](Fact& f) { f.payload = Payment{.amount = Usd(0)}; }, "FIELD_INVALID",
         "payment.amount.amount_minor"},
        {"RefundZero", [](Fact& f) { f.payload = RefundOf("o1", 0); }, "FIELD_INVALID",
         "refund.amount.amount_minor"},
        {"RefundOfNothing", [](Fact& f) { f.payload = Refund{.amount = Usd(1)}; }, "FIELD_INVALID",
         "refund.order.source"},
        {"SpendNegative", [](Fact& f) { AsSpend(f).amount = Usd(-1); }, "FIELD_INVALID",
         "spend.amount.amount_minor"},
        {"SpendKindMissing", [](Fact& f) { AsSpend(f).kind = SpendKind{}; }, "FIELD_INVALID",
         "spend.kind"},
        {"ZoneUnknown", [](Fact& f) { AsSpend(f).account_time_zone = "Mars/Olympus"; },
         "TIME_ZONE_UNKNOWN", "spend.account_time_zone"},
        {"TrafficNegative", [](Fact& f) { f.payload = Traffic{.clicks = -1}; }, "FIELD_INVALID",
         "traffic.clicks"},
        {"TrafficOverBound", [](Fact& f) { f.payload = Traffic{.sessions = kTrafficMax + 1}; },
         "FIELD_INVALID", "traffic.sessions"},
        {"TombstoneWithAttribution", [](Fact& f) { f.payload = std::monostate(); },
         "TOMBSTONE_NOT_EMPTY", "tombstone"},
    }),
    [](const auto& param) { return param.param.name; });

// A bound is in characters, whatever their bytes.
TEST(CheckFact, CountsCharacters) {
  Fact fact = GoodInquiry().fact;
  for (int i = 0; i < 128; ++i) AsInquiry(fact).account += "客";
  EXPECT_EQ(CheckFact(fact, Surroundings()), std::nullopt);
}

}  // namespace
}  // namespace argosy::metrics
