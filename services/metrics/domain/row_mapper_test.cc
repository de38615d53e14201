#include "services/metrics/domain/row_mapper.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/money.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/metrics/domain/fact.h"
#include "services/metrics/domain/mapping.h"
#include "tests/support/status_matchers.h"

namespace argosy::metrics {
namespace {

using argosy::testing::HasReason;
using argosy::testing::IsOk;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;
using ::testing::ValuesIn;

using Header = std::vector<std::string>;

MappedValue Column(const std::string& name) {
  return {.parts = {{.from = ValuePart::From::kColumn, .text = name}}};
}
MappedValue Constant(const std::string& text) {
  return {.parts = {{.from = ValuePart::From::kConstant, .text = text}}};
}
MappedValue Slug(MappedValue value) {
  value.form = TextForm::kSlug;
  return value;
}

const Header kDealHeader = {"id", "agent", "product", "stage", "asked", "closed", "value"};

// Deals: an inquiry each, and an order when won; those without a date are reported.
ImportMapping DealMapping() {
  MappedValue product = Column("product");
  product.replacements = {{"GTXPro", "GTX Pro"}};
  MappedValue outcome = Column("stage");
  outcome.replacements = {{"Won", "WON"}, {"Lost", "LOST"}, {"Engaging", "OPEN"}};
  outcome.unlisted = UnlistedValue::kRefuse;
  MappedValue team = Slug(Column("agent"));
  team.lookup = "managers";
  MappedValue order_id = Column("id");
  order_id.prefix = "order-";
  return {
      .source = "crm",
      .time_zone = "America/New_York",
      .date_formats = {"dd-mm-yyyy"},
      .currency = Constant("USD"),
      .lookups = {{"managers", {{"Moses Frase", "Dustin Brinkmann"}}}},
      .row_rules =
          {{.when = {{.column = "stage", .test = ConditionTest::kOneOf, .values = {"Total"}}},
            .action = RowAction::kSkip},
           {.when = {{.column = "asked", .test = ConditionTest::kEmpty}},
            .action = RowAction::kReport,
            .note = "an inquiry without a date"}},
      .facts = {
          {.event_id = Column("id"),
           .occurred_on = Column("asked"),
           .member = Slug(Column("agent")),
           .acting_role = Constant("SALES"),
           .team = team,
           .detail = InquiryMapping{.product_line = product, .outcome = outcome}},
          {.when = {{.column = "stage", .test = ConditionTest::kOneOf, .values = {"Won"}}},
           .event_id = order_id,
           .occurred_on = Column("closed"),
           .member = Slug(Column("agent")),
           .acting_role = Constant("SALES"),
           .team = team,
           .detail = OrderMapping{.value = Column("value"), .inquiry_event_id = Column("id")}}}};
}

RowOutcome MapDeal(const std::vector<std::string>& cells) {
  auto mapper = RowMapper::Make(DealMapping(), kDealHeader);
  EXPECT_THAT(mapper, IsOk());
  return mapper->Map(cells);
}

TEST(RowMapper, MakesAnInquiryAndAnOrderOfAWonDeal) {
  const RowOutcome outcome =
      MapDeal({"D1", "Moses Frase", "GTXPro", "Won", "20-10-2016", "01-03-2017", "1054.005"});
  ASSERT_EQ(outcome.kind, RowOutcome::Kind::kFacts);
  ASSERT_THAT(outcome.facts, SizeIs(2));
  const Fact& inquiry = outcome.facts[0];
  EXPECT_EQ(inquiry.identity, (FactIdentity{.source = "crm", .event_id = "D1"}));
  EXPECT_EQ(inquiry.attribution.member.text(), "moses-frase");
  EXPECT_EQ(inquiry.attribution.acting_role, ActingRole::kSales);
  EXPECT_EQ(inquiry.attribution.team.text(), "dustin-brinkmann");
  EXPECT_EQ(std::get<Inquiry>(inquiry.payload),
            (Inquiry{.outcome = InquiryOutcome::kWon, .product_line = "GTX Pro"}));
  const Fact& order = outcome.facts[1];
  EXPECT_EQ(order.identity, (FactIdentity{.source = "crm", .event_id = "order-D1"}));
  ASSERT_OK_AND_ASSIGN(const base::Currency usd, base::Currency::Parse("USD"));
  EXPECT_EQ(std::get<Order>(order.payload),
            (Order{.value = {.minor = 105401, .currency = usd}, .inquiry = inquiry.identity}));
}

TEST(RowMapper, PutsADayAtItsFirstInstantInTheMappingsZone) {
  const RowOutcome outcome =
      MapDeal({"D1", "Moses Frase", "GTX Pro", "Won", "20-10-2016", "01-03-2017", "1"});
  ASSERT_THAT(outcome.facts, SizeIs(2));
  // New York is four hours behind UTC in October and five in March before the change.
  EXPECT_EQ(base::FromMicros(outcome.facts[0].occurred_micros),
            absl::FromCivil(absl::CivilHour(2016, 10, 20, 4), absl::UTCTimeZone()));
  EXPECT_EQ(base::FromMicros(outcome.facts[1].occurred_micros),
            absl::FromCivil(absl::CivilHour(2017, 3, 1, 5), absl::UTCTimeZone()));
}

TEST(RowMapper, MakesALostInquiryAndNoOrderOfALostDeal) {
  const RowOutcome outcome =
      MapDeal({"D2", "Moses Frase", "GTX Pro", "Lost", "20-10-2016", "01-03-2017", "0"});
  ASSERT_THAT(outcome.facts, SizeIs(1));
  EXPECT_EQ(std::get<Inquiry>(outcome.facts[0].payload).outcome, InquiryOutcome::kLost);
}

TEST(RowMapper, ReportsARowWithoutADate) {
  const RowOutcome outcome = MapDeal({"D3", "Moses Frase", "GTX Pro", "Prospecting", " ", "", ""});
  EXPECT_EQ(outcome.kind, RowOutcome::Kind::kReported);
  EXPECT_THAT(outcome.facts, IsEmpty());
  EXPECT_THAT(outcome.findings, ElementsAre(RowFinding{.column = "asked",
                                                       .value = "",
                                                       .reason = "ROW_REPORTED",
                                                       .message = "an inquiry without a date"}));
}

TEST(RowMapper, SkipsWhatARuleSkips) {
  EXPECT_EQ(MapDeal({"", "", "", "Total", "", "", "99"}).kind, RowOutcome::Kind::kSkipped);
}

TEST(RowMapper, TellsEveryBadCellOnceAndMakesNothingOfTheRow) {
  const RowOutcome outcome =
      MapDeal({"D4", "Nobody Known", "GTX Pro", "Won", "31-02-2016", "2017-03-01", "12,50"});
  EXPECT_EQ(outcome.kind, RowOutcome::Kind::kInvalid);
  EXPECT_THAT(outcome.facts, IsEmpty());
  const auto finding = [](const char* column, const char* value, const char* reason) {
    return AllOf(Field(&RowFinding::column, column), Field(&RowFinding::value, value),
                 Field(&RowFinding::reason, reason));
  };
  EXPECT_THAT(outcome.findings,
              UnorderedElementsAre(finding("agent", "Nobody Known", "VALUE_UNLISTED"),
                                   finding("asked", "31-02-2016", "DATE_MALFORMED"),
                                   finding("closed", "2017-03-01", "DATE_UNREADABLE"),
                                   finding("value", "12,50", "AMOUNT_MALFORMED")));
}

struct BadCellCase {
  std::string name;
  size_t column = 0;
  std::string text;
  std::string reason;
};
class BadCellTest : public ::testing::TestWithParam<BadCellCase> {};
TEST_P(BadCellTest, MakesTheRowInvalidForItsReason) {
  std::vector<std::string> cells = {"D1",         "Moses Frase", "GTX Pro", "Won",
                                    "20-10-2016", "01-03-2017",  "1054"};
  cells[GetParam().column] = GetParam().text;
  const RowOutcome outcome = MapDeal(cells);
  EXPECT_EQ(outcome.kind, RowOutcome::Kind::kInvalid);
  ASSERT_THAT(outcome.findings, SizeIs(1));
  EXPECT_EQ(outcome.findings[0].column, kDealHeader[GetParam().column]);
  EXPECT_EQ(outcome.findings[0].reason, GetParam().reason);
}
INSTANTIATE_TEST_SUITE_P(
    Cells, BadCellTest,
    ValuesIn(std::vector<BadCellCase>{
        {.name = "NoId", .column = 0, .text = "", .reason = "VALUE_MISSING"},
        {.name = "UnknownStage", .column = 3, .text = "Dreaming", .reason = "VALUE_UNLISTED"},
        {.name = "YearBeforeRange",
         .column = 4,
         .text = "20-10-1916",
         .reason = "DATE_OUT_OF_RANGE"},
        {.name = "NoCloseDate", .column = 5, .text = "", .reason = "VALUE_MISSING"},
        {.name = "NoValue", .column = 6, .text = "", .reason = "VALUE_MISSING"},
        {.name = "ValueOverflows",
         .column = 6,
         .text = "999999999999999999",
         .reason = "AMOUNT_OVERFLOW"},
        {.name = "ValueInWords", .column = 6, .text = "much", .reason = "AMOUNT_MALFORMED"}}),
    [](const auto& test) { return test.param.name; });

TEST(RowMapper, RefusesARowOfAnotherWidth) {
  const RowOutcome outcome = MapDeal({"D1", "Moses Frase"});
  EXPECT_EQ(outcome.kind, RowOutcome::Kind::kInvalid);
  ASSERT_THAT(outcome.findings, SizeIs(1));
  EXPECT_EQ(outcome.findings[0].reason, "ROW_WIDTH");
}

// Ads: spend and traffic of one day, keyed by two columns, in the currency of a third.
ImportMapping AdMapping() {
  const auto key = [](const std::string& kind) {
    return MappedValue{
        .parts = {{.from = ValuePart::From::kConstant, .text = kind},
                  {.from = ValuePart::From::kColumn, .text = "ad"},
                  {.from = ValuePart::From::kColumn, .text = "day", .form = TextForm::kDate}}};
  };
  MappedValue campaign = Column("campaign");
  campaign.prefix = "fb-";
  return {.source = "facebook-ads",
          .time_zone = "Asia/Shanghai",
          .date_formats = {"dd-mm-yyyy", "yyyy-mm-dd"},
          .currency = Column("currency"),
          .facts = {{.event_id = key("spend"),
                     .occurred_on = Column("day"),
                     .channel = Constant("facebook"),
                     .campaign = campaign,
                     .detail = SpendMapping{.kind = Constant("MEDIA"), .amount = Column("spent")}},
                    {.event_id = key("traffic"),
                     .occurred_on = Column("day"),
                     .channel = Constant("facebook"),
                     .campaign = campaign,
                     .detail = TrafficMapping{.clicks = Column("clicks"),
                                              .sessions = Column("clicks")}}}};
}
const Header kAdHeader = {"ad", "day", "campaign", "currency", "spent", "clicks"};

RowOutcome MapAd(const std::vector<std::string>& cells) {
  auto mapper = RowMapper::Make(AdMapping(), kAdHeader);
  EXPECT_THAT(mapper, IsOk());
  return mapper->Map(cells);
}

TEST(RowMapper, KeysAFactByTwoColumnsWithTheDateInOneForm) {
  const RowOutcome one = MapAd({"7/8", "31-08-2023", "916", "USD", "1.429999948", "3"});
  const RowOutcome two = MapAd({"7/8", "2023-08-31", "916", "USD", "1.429999948", "3"});
  ASSERT_THAT(one.facts, SizeIs(2));
  ASSERT_THAT(two.facts, SizeIs(2));
  EXPECT_EQ(one.facts[0].identity.event_id, "spend/7%2F8/2023-08-31");
  EXPECT_EQ(one.facts[1].identity.event_id, "traffic/7%2F8/2023-08-31");
  EXPECT_EQ(one.facts, two.facts);
  EXPECT_EQ(one.facts[0].attribution.campaign.text(), "fb-916");
  EXPECT_EQ(std::get<Traffic>(one.facts[1].payload), (Traffic{.clicks = 3, .sessions = 3}));
}

TEST(RowMapper, KeepsACivilDateAsItIsAndNamesItsZone) {
  const RowOutcome outcome = MapAd({"7", "31-08-2023", "916", "USD", "1", "3"});
  ASSERT_THAT(outcome.facts, SizeIs(2));
  EXPECT_EQ(CivilDayOf(outcome.facts[0].occurred_micros), absl::CivilDay(2023, 8, 31));
  EXPECT_EQ(CivilDayOf(outcome.facts[1].occurred_micros), absl::CivilDay(2023, 8, 31));
  EXPECT_EQ(std::get<Spend>(outcome.facts[0].payload).account_time_zone, "Asia/Shanghai");
}

TEST(RowMapper, RoundsEachRowHalfAwayFromZero) {
  const auto minor = [](const std::string& amount) {
    return std::get<Spend>(MapAd({"1", "31-08-2023", "916", "USD", amount, "0"}).facts[0].payload)
        .amount.minor;
  };
  EXPECT_EQ(minor("1.429999948"), 143);
  EXPECT_EQ(minor("1.425"), 143);
  EXPECT_EQ(minor("1.424999"), 142);
  EXPECT_EQ(minor("0"), 0);
}

TEST(RowMapper, RefusesAnUnknownCurrencyInACell) {
  const RowOutcome outcome = MapAd({"1", "31-08-2023", "916", "XBT", "1", "0"});
  ASSERT_THAT(outcome.findings, SizeIs(1));
  EXPECT_EQ(outcome.findings[0].reason, "CURRENCY_UNKNOWN");
}

TEST(RowMapper, RefusesACountThatIsNone) {
  for (const char* clicks : {"1.5", "-1", "many", "99999999999999999999"}) {
    const RowOutcome outcome = MapAd({"1", "31-08-2023", "916", "USD", "1", clicks});
    ASSERT_THAT(outcome.findings, SizeIs(1)) << clicks;
    EXPECT_EQ(outcome.findings[0].reason, "NUMBER_MALFORMED");
    EXPECT_EQ(outcome.findings[0].column, "clicks");
  }
}

TEST(RowMapper, AnEmptyCountIsMissingAndNotZero) {
  const RowOutcome outcome = MapAd({"1", "31-08-2023", "916", "USD", "1", " "});
  EXPECT_EQ(outcome.kind, RowOutcome::Kind::kInvalid);
  ASSERT_THAT(outcome.findings, Not(IsEmpty()));
  EXPECT_EQ(outcome.findings[0], (RowFinding{.column = "clicks",
                                             .value = "",
                                             .reason = "VALUE_MISSING",
                                             .message = "traffic.clicks has no value"}));
}

TEST(RowMapper, AnEmptyCountIsZeroWhereTheMappingSaysSo) {
  ImportMapping mapping = AdMapping();
  MappedValue clicks = Column("clicks");
  clicks.replacements = {{"", "0"}};
  mapping.facts[1].detail = TrafficMapping{.clicks = clicks};
  ASSERT_OK_AND_ASSIGN(const RowMapper mapper, RowMapper::Make(mapping, kAdHeader));
  const RowOutcome outcome = mapper.Map({"1", "31-08-2023", "916", "USD", "1", ""});
  ASSERT_THAT(outcome.facts, SizeIs(2));
  EXPECT_EQ(std::get<Traffic>(outcome.facts[1].payload), Traffic{});
}

TEST(RowMapper, AnEmptyCellOfAnOptionalFieldLeavesItUnset) {
  ImportMapping mapping = DealMapping();
  OrderMapping& order = std::get<OrderMapping>(mapping.facts[1].detail);
  order.margin = Column("product");
  order.inquiry_event_id = Column("product");
  InquiryMapping& inquiry = std::get<InquiryMapping>(mapping.facts[0].detail);
  inquiry.grade = Column("product");
  ASSERT_OK_AND_ASSIGN(const RowMapper mapper, RowMapper::Make(mapping, kDealHeader));
  const RowOutcome outcome =
      mapper.Map({"D1", "Moses Frase", "", "Won", "20-10-2016", "01-03-2017", "1"});
  ASSERT_THAT(outcome.facts, SizeIs(2));
  EXPECT_EQ(std::get<Inquiry>(outcome.facts[0].payload).grade, Grade::kUngraded);
  EXPECT_EQ(std::get<Order>(outcome.facts[1].payload).margin, std::nullopt);
  EXPECT_EQ(std::get<Order>(outcome.facts[1].payload).inquiry, std::nullopt);
}

struct CellCase {
  std::string path;
  std::string column;
  std::string text;
};
TEST(RowMapper, NamesTheCellThatSaysAFieldOfAFact) {
  ASSERT_OK_AND_ASSIGN(const RowMapper deals, RowMapper::Make(DealMapping(), kDealHeader));
  const std::vector<std::string> deal = {"D1",         " Moses Frase ", "GTX Pro", "Won",
                                         "20-10-2016", "01-03-2017",    "1054"};
  EXPECT_THAT(deals.Map(deal).mapped_by, ElementsAre(0, 1));
  for (const CellCase& want : std::vector<CellCase>{{"source_event_id", "id", "D1"},
                                                    {"occurred_at", "closed", "01-03-2017"},
                                                    {"attribution.member", "agent", "Moses Frase"},
                                                    {"attribution.acting_role", "", "SALES"},
                                                    {"order.value.amount_minor", "value", "1054"},
                                                    {"order.value.currency_code", "", "USD"},
                                                    {"order.inquiry.source_event_id", "id", "D1"},
                                                    {"attribution.channel", "", ""},
                                                    {"revision", "", ""}}) {
    const RowCell cell = deals.CellOf(deal, 1, want.path);
    EXPECT_EQ(cell.column, want.column) << want.path;
    EXPECT_EQ(cell.text, want.text) << want.path;
  }
  ASSERT_OK_AND_ASSIGN(const RowMapper ads, RowMapper::Make(AdMapping(), kAdHeader));
  const std::vector<std::string> ad = {"7", "31-08-2023", "916", "USD", "1", "3"};
  EXPECT_EQ(ads.CellOf(ad, 0, "source_event_id").column, "ad") << "the first of two";
  EXPECT_EQ(ads.CellOf(ad, 0, "occurred_date").column, "day");
  EXPECT_EQ(ads.CellOf(ad, 0, "spend.amount.currency_code").column, "currency");
  EXPECT_EQ(ads.CellOf(ad, 1, "traffic.sessions").column, "clicks");
}

TEST(RowMapper, SaysOfEachFactWhichMappingMadeIt) {
  ImportMapping mapping = DealMapping();
  std::swap(mapping.facts[0], mapping.facts[1]);
  ASSERT_OK_AND_ASSIGN(const RowMapper mapper, RowMapper::Make(mapping, kDealHeader));
  EXPECT_THAT(mapper.Map({"D2", "Moses Frase", "GTX Pro", "Lost", "20-10-2016", "", ""}).mapped_by,
              ElementsAre(1));
}

TEST(RowMapper, RefusesAHeaderWithoutAColumnOrWithItTwice) {
  EXPECT_THAT(RowMapper::Make(AdMapping(), Header{"ad", "day", "campaign", "currency", "spent"}),
              HasReason("MAPPING_COLUMN_UNKNOWN"));
  EXPECT_THAT(RowMapper::Make(AdMapping(), Header{"ad", "day", "campaign", "currency", "spent",
                                                  "clicks", "clicks"}),
              HasReason("MAPPING_COLUMN_AMBIGUOUS"));
  EXPECT_THAT(RowMapper::Make(AdMapping(), Header{"ad", "day", "campaign", "currency", "spent",
                                                  "clicks", "note", "note"}),
              IsOk());
}

struct MappingCase {
  std::string name;
  std::function<void(ImportMapping&)> spoil;
  std::string reason;
};
class MappingRefusal : public ::testing::TestWithParam<MappingCase> {};
TEST_P(MappingRefusal, IsRefusedBeforeAnyFile) {
  ImportMapping mapping = DealMapping();
  EXPECT_THAT(CheckMapping(mapping), IsOk());
  GetParam().spoil(mapping);
  EXPECT_THAT(CheckMapping(mapping), HasReason(GetParam().reason));
}
INSTANTIATE_TEST_SUITE_P(
    Mappings, MappingRefusal,
    ValuesIn(std::vector<MappingCase>{
        {.name = "UnknownZone",
         .spoil = [](ImportMapping& m) { m.time_zone = "Mars/Olympus"; },
         .reason = "TIME_ZONE_UNKNOWN"},
        {.name = "UnknownCurrency",
         .spoil = [](ImportMapping& m) { m.currency = Constant("XBT"); },
         .reason = "CURRENCY_UNKNOWN"},
        {.name = "MoneyWithoutCurrency",
         .spoil = [](ImportMapping& m) { m.currency.reset(); },
         .reason = "MAPPING_INVALID"},
        {.name = "NoDateFormat",
         .spoil = [](ImportMapping& m) { m.date_formats.clear(); },
         .reason = "MAPPING_INVALID"},
        {.name = "AmbiguousDateFormats",
         .spoil = [](ImportMapping& m) { m.date_formats.emplace_back("mm-dd-yyyy"); },
         .reason = "MAPPING_INVALID"},
        {.name = "QuoteAsDelimiter",
         .spoil = [](ImportMapping& m) { m.delimiter = '"'; },
         .reason = "MAPPING_INVALID"},
        {.name = "LookupThatIsNotThere",
         .spoil = [](ImportMapping& m) { m.lookups.clear(); },
         .reason = "MAPPING_INVALID"},
        {.name = "MemberWithoutRole",
         .spoil = [](ImportMapping& m) { m.facts[0].acting_role.reset(); },
         .reason = "MAPPING_INVALID"},
        {.name = "NoFacts",
         .spoil = [](ImportMapping& m) { m.facts.clear(); },
         .reason = "MAPPING_INVALID"},
        {.name = "ConditionWithoutValues",
         .spoil = [](ImportMapping& m) { m.row_rules[0].when[0].values.clear(); },
         .reason = "MAPPING_INVALID"},
        {.name = "RuleWithoutCondition",
         .spoil = [](ImportMapping& m) { m.row_rules[0].when.clear(); },
         .reason = "MAPPING_INVALID"},
        {.name = "TrafficOfNothing",
         .spoil = [](ImportMapping& m) { m.facts[0].detail = TrafficMapping{}; },
         .reason = "MAPPING_INVALID"}}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace argosy::metrics
