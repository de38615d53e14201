// Files that nobody on the project made, taken in by the shipped presets over a real server. What is
// expected is computed from the files by the test itself.
#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "argosy/incentives/v1/plan.grpc.pb.h"
#include "argosy/incentives/v1/run.grpc.pb.h"
#include "argosy/metrics/v1/channel_service.grpc.pb.h"
#include "argosy/metrics/v1/fact_service.grpc.pb.h"
#include "argosy/metrics/v1/import_service.grpc.pb.h"
#include "argosy/metrics/v1/query_service.grpc.pb.h"
#include "argosy/teams/v1/people_service.grpc.pb.h"
#include "argosyctl/preset.h"
#include "argosyctl/yaml_reader.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/real_file.h"
#include "tests/e2e/running_product.h"
#include "tests/support/context_for_test.h"
#include "tests/support/status_matchers.h"

namespace argosy::testing {
namespace {

namespace v1 = metrics::v1;
using Imports = v1::ImportService::Stub;
using Queries = v1::QueryService::Stub;
using Channels = v1::ChannelService::Stub;
using Facts = v1::FactService::Stub;
using People = teams::v1::PeopleService::Stub;
using Plans = incentives::v1::PlanService::Stub;
using Runs = incentives::v1::RunService::Stub;

constexpr size_t kPartBytes = size_t{512} << 10;
constexpr int64_t kWindowDays = 90;

// What a member, a team or a quarter did by the file.
struct Sold {
  int64_t orders = 0;
  int64_t revenue_minor = 0;
  int64_t inquiries = 0;  // with a date
  int64_t converted = 0;  // of these, ordered within the window
};

class RealDataTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    product_ = RunningProduct::Start({"tenancy", "teams", "metrics", "incentives"});
    company_ = product_->Onboard();
    Read("crm-sales-opportunities");
    Read("facebook-ads");
  }
  static void TearDownTestSuite() { product_.reset(); }

  RealDataTest()
      : imports_(v1::ImportService::NewStub(product_->channel())),
        queries_(v1::QueryService::NewStub(product_->channel())) {}

  static std::string DataFolder(const std::string& preset) {
    return absl::StrCat(ARGOSY_REAL_DATA, "/", preset);
  }
  static std::string Access() { return product_->AccessOf(company_.api_token); }
  static std::string Name(absl::string_view collection, absl::string_view id) {
    return absl::StrCat(company_.name, "/", collection, "/", id);
  }

  // Imports the preset's file for the suite: its first import is what the tests look at.
  static void Read(const std::string& id) {
    auto preset = ctl::ReadPreset(absl::StrCat("presets/", id), DataFolder(id));
    ASSERT_THAT(preset, IsOk());
    if (preset->channel.has_value()) MakeChannel(*preset->channel);
    if (preset->roster.has_value()) MakeRoster(*preset->roster);
    first_[id] = Import(*preset);
    presets_[id] = *std::move(preset);
  }
  static void MakeChannel(const ctl::PresetChannel& preset) {
    const auto stub = v1::ChannelService::NewStub(product_->channel());
    v1::CreateChannelRequest channel;
    channel.set_parent(company_.name);
    channel.set_channel_id(preset.channel_id);
    channel.set_request_id(FreshRequestId().ToString());
    *channel.mutable_channel() = preset.channel;
    ASSERT_THAT(Call(*stub, &Channels::CreateChannel, Access(), channel), IsOk());
    for (const ctl::PresetCampaign& campaign : preset.campaigns) {
      v1::CreateCampaignRequest request;
      request.set_parent(company_.name);
      request.set_campaign_id(campaign.campaign_id);
      request.set_request_id(FreshRequestId().ToString());
      request.mutable_campaign()->set_display_name(campaign.display_name);
      request.mutable_campaign()->set_channel(Name("channels", preset.channel_id));
      ASSERT_THAT(Call(*stub, &Channels::CreateCampaign, Access(), request), IsOk());
    }
  }
  static void MakeRoster(const ctl::PresetRoster& roster) {
    const auto stub = teams::v1::PeopleService::NewStub(product_->channel());
    teams::v1::BatchCreateMembersRequest people;
    people.set_parent(company_.name);
    people.set_request_id(FreshRequestId().ToString());
    teams::v1::BatchCreateRoleAssignmentsRequest roles;
    roles.set_parent(company_.name);
    roles.set_request_id(FreshRequestId().ToString());
    for (const ctl::PresetMember& person : roster.members) {
      teams::v1::NewMember& member = *people.add_members();
      member.set_member_id(person.member_id);
      member.mutable_member()->set_display_name(person.display_name);
      member.mutable_member()->set_joined_date(roster.start_date);
      teams::v1::RoleAssignment& role = *roles.add_role_assignments();
      role.set_member(Name("members", person.member_id));
      role.set_team(Name("teams", person.team_id));
      role.set_role(person.role);
      role.set_effective_start_date(roster.start_date);
      role.set_effort_share_ppm(1'000'000);
    }
    ASSERT_THAT(Call(*stub, &People::BatchCreateMembers, Access(), people), IsOk());
    for (const ctl::PresetTeam& preset : roster.teams) {
      teams::v1::CreateTeamRequest team;
      team.set_parent(company_.name);
      team.set_team_id(preset.team_id);
      team.set_request_id(FreshRequestId().ToString());
      team.mutable_team()->set_display_name(preset.display_name);
      team.mutable_team()->set_kind(roster.team_kind);
      team.mutable_team()->set_lead_member(Name("members", preset.lead_member_id));
      ASSERT_THAT(Call(*stub, &People::CreateTeam, Access(), team), IsOk());
    }
    ASSERT_THAT(Call(*stub, &People::BatchCreateRoleAssignments, Access(), roles), IsOk());
  }
  // The plan that stands beside the mapping, in force and assigned to everybody who sells.
  static void PutPlanInForce() {
    const auto stub = incentives::v1::PlanService::NewStub(product_->channel());
    incentives::v1::CreatePlanRequest plan;
    plan.set_parent(company_.name);
    plan.set_plan_id("sales-commission");
    plan.set_request_id(FreshRequestId().ToString());
    plan.mutable_plan()->set_display_name("Sales commission");
    plan.mutable_plan()->set_currency_code("USD");
    ASSERT_THAT(Call(*stub, &Plans::CreatePlan, Access(), plan), IsOk());
    incentives::v1::CreatePlanVersionRequest draft;
    draft.set_parent(Name("plans", "sales-commission"));
    draft.set_request_id(FreshRequestId().ToString());
    ASSERT_THAT(ctl::ReadYamlMessage(
                    ReadRealBytes("presets/crm-sales-opportunities/commission-plan.yaml"),
                    *draft.mutable_spec()),
                IsOk());
    ASSERT_OK_AND_ASSIGN(const incentives::v1::PlanVersion version,
                         Call(*stub, &Plans::CreatePlanVersion, Access(), draft));
    incentives::v1::PublishPlanVersionRequest publish;
    publish.set_name(version.name());
    publish.set_effective_start_date("2017-01-01");
    publish.set_etag(version.etag());
    publish.set_request_id(FreshRequestId().ToString());
    ASSERT_THAT(Call(*stub, &Plans::PublishPlanVersion, Access(), publish), IsOk());
    incentives::v1::AssignPlanRequest assign;
    assign.set_parent(Name("plans", "sales-commission"));
    assign.set_request_id(FreshRequestId().ToString());
    assign.mutable_plan_assignment()->set_business_role(common::v1::BUSINESS_ROLE_SALES);
    assign.mutable_plan_assignment()->set_start_date("2017-01-01");
    ASSERT_THAT(Call(*stub, &Plans::AssignPlan, Access(), assign), IsOk());
  }
  // Every member's amount of the month.
  static std::map<std::string, int64_t> CommissionOf(const std::string& month) {
    const auto stub = incentives::v1::RunService::NewStub(product_->channel());
    incentives::v1::CalculateRunRequest calculate;
    calculate.set_parent(company_.name);
    calculate.set_period(month);
    calculate.set_request_id(FreshRequestId().ToString());
    std::map<std::string, int64_t> amounts;
    const auto run = Call(*stub, &Runs::CalculateRun, Access(), calculate);
    EXPECT_THAT(run, IsOk()) << month;
    if (!run.ok()) return amounts;
    incentives::v1::ListRunLinesRequest request;
    request.set_parent(run->name());
    do {
      const auto page = Call(*stub, &Runs::ListRunLines, Access(), request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return amounts;
      for (const incentives::v1::RunLine& line : page->run_lines()) {
        amounts[line.member()] += line.amount().amount_minor();
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return amounts;
  }
  // The import after its last commit.
  static v1::Import Import(const ctl::Preset& preset) {
    const auto stub = v1::ImportService::NewStub(product_->channel());
    const std::string bytes = ReadRealBytes(preset.data_file);
    v1::CreateImportRequest create;
    create.set_parent(company_.name);
    create.set_request_id(FreshRequestId().ToString());
    create.mutable_import()->set_file_name("real.csv");
    create.mutable_import()->set_preset(preset.id);
    create.mutable_import()->set_size_bytes(static_cast<int64_t>(bytes.size()));
    *create.mutable_import()->mutable_mapping() = preset.mapping;
    const auto made = Call(*stub, &Imports::CreateImport, Access(), create);
    EXPECT_THAT(made, IsOk());
    if (!made.ok()) return {};
    for (size_t offset = 0; offset < bytes.size(); offset += kPartBytes) {
      v1::UploadImportPartRequest part;
      part.set_name(made->name());
      part.set_offset(static_cast<int64_t>(offset));
      part.set_content(bytes.substr(offset, kPartBytes));
      EXPECT_THAT(Call(*stub, &Imports::UploadImportPart, Access(), part), IsOk());
    }
    Walk<v1::ValidateImportRequest>(*stub, &Imports::ValidateImport, made->name());
    Walk<v1::CommitImportRequest>(*stub, &Imports::CommitImport, made->name());
    v1::GetImportRequest get;
    get.set_name(made->name());
    const auto import = Call(*stub, &Imports::GetImport, Access(), get);
    EXPECT_THAT(import, IsOk());
    return import.ok() ? *import : v1::Import();
  }
  template <typename Request, typename Method>
  static void Walk(Imports& stub, Method method, const std::string& name) {
    Request request;
    request.set_name(name);
    for (;;) {
      const auto reply = Call(stub, method, Access(), request);
      ASSERT_THAT(reply, IsOk());
      if (reply->complete()) return;
      ASSERT_GT(reply->next_offset(), request.offset());
      request.set_offset(reply->next_offset());
    }
  }

  // The rows of one metric by the value of one dimension.
  std::map<std::string, v1::MetricRow> By(v1::Dimension dimension, const std::string& metric,
                                          const std::string& from = "2016-10-01",
                                          const std::string& to = "2018-01-01") {
    v1::QueryMetricsRequest request;
    request.set_parent(company_.name);
    request.add_metrics(metric);
    request.add_dimensions(dimension);
    request.mutable_scope()->mutable_period()->set_start_date(from);
    request.mutable_scope()->mutable_period()->set_end_date(to);
    const auto reply = Call(*queries_, &Queries::QueryMetrics, Access(), request);
    EXPECT_THAT(reply, IsOk()) << metric;
    std::map<std::string, v1::MetricRow> rows;
    if (!reply.ok()) return rows;
    for (const v1::MetricRow& row : reply->rows()) rows[row.dimensions(0).value()] = row;
    return rows;
  }
  void ExpectSold(v1::Dimension dimension, const std::map<std::string, Sold>& want) {
    auto orders = By(dimension, "order_count");
    auto revenue = By(dimension, "revenue");
    auto rate = By(dimension, "inquiry_order_rate");
    for (const auto& [key, sold] : want) {
      EXPECT_EQ(orders[key].numerator(), sold.orders) << key;
      EXPECT_EQ(revenue[key].numerator(), sold.revenue_minor) << key;
      EXPECT_EQ(rate[key].denominator(), sold.inquiries) << key;
      EXPECT_EQ(rate[key].numerator(), sold.converted) << key;
    }
  }

  static inline std::unique_ptr<RunningProduct> product_;
  static inline OnboardedTenant company_;
  static inline std::map<std::string, ctl::Preset> presets_;
  static inline std::map<std::string, v1::Import> first_;
  std::unique_ptr<Imports> imports_;
  std::unique_ptr<Queries> queries_;
};

std::vector<std::map<std::string, std::string>> Deals(const std::string& folder) {
  return ReadRealRows(absl::StrCat(folder, "/sales_pipeline.csv"));
}

// Sums the file by `key_of` (a row and the day it counts on give the key).
template <typename KeyOf>
std::map<std::string, Sold> SoldBy(const std::string& folder, KeyOf key_of) {
  std::map<std::string, Sold> sold;
  for (const auto& deal : Deals(folder)) {
    if (deal.at("engage_date").empty()) continue;
    const absl::CivilDay engaged = RealDay(deal.at("engage_date"));
    Sold& asked = sold[key_of(deal, engaged)];
    ++asked.inquiries;
    if (deal.at("deal_stage") != "Won") continue;
    const absl::CivilDay closed = RealDay(deal.at("close_date"));
    if (closed - engaged <= kWindowDays) ++asked.converted;
    Sold& ordered = sold[key_of(deal, closed)];
    ++ordered.orders;
    ordered.revenue_minor += Hundredths(deal.at("close_value"));
  }
  return sold;
}

TEST_F(RealDataTest, ReportsTheRowsWithoutADateAndTakesTheOthers) {
  std::map<std::string, int64_t> stages;
  int64_t dated = 0;
  for (const auto& deal : Deals(DataFolder("crm-sales-opportunities"))) {
    ++stages[deal.at("deal_stage")];
    if (!deal.at("engage_date").empty()) ++dated;
  }
  const v1::Import& import = first_["crm-sales-opportunities"];
  EXPECT_EQ(import.state(), v1::IMPORT_STATE_COMMITTED);
  EXPECT_EQ(import.committed().new_rows(), dated);
  EXPECT_EQ(import.committed().reported_rows(), import.row_count() - dated);
  EXPECT_EQ(import.committed().reported_rows(), stages["Prospecting"]);
  EXPECT_EQ(import.committed().invalid_rows(), 0);
  EXPECT_EQ(import.committed().recorded_facts(), dated + stages["Won"]);
  EXPECT_EQ(import.committed().SerializeAsString(), import.validated().SerializeAsString());

  v1::ListImportErrorsRequest request;
  request.set_parent(import.name());
  request.set_page_size(1000);
  ASSERT_OK_AND_ASSIGN(const v1::ListImportErrorsResponse errors,
                       Call(*imports_, &Imports::ListImportErrors, Access(), request));
  ASSERT_EQ(errors.errors_size(), stages["Prospecting"]);
  EXPECT_EQ(errors.errors(0).reason(), "ROW_REPORTED");
  EXPECT_EQ(errors.errors(0).column(), "engage_date");
}

TEST_F(RealDataTest, KeepsEachDealsOutcome) {
  std::map<v1::InquiryOutcome, int64_t> want;
  for (const auto& deal : Deals(DataFolder("crm-sales-opportunities"))) {
    if (deal.at("engage_date").empty()) continue;
    ++want[deal.at("deal_stage") == "Won"    ? v1::INQUIRY_OUTCOME_WON
           : deal.at("deal_stage") == "Lost" ? v1::INQUIRY_OUTCOME_LOST
                                             : v1::INQUIRY_OUTCOME_OPEN];
  }
  const auto stub = v1::FactService::NewStub(product_->channel());
  std::map<v1::InquiryOutcome, int64_t> got;
  std::set<std::string> product_lines;
  v1::ListFactsRequest request;
  request.set_parent(company_.name);
  request.add_kinds(v1::FACT_KIND_INQUIRY);
  request.mutable_occurred()->set_start_date("2016-10-01");
  request.mutable_occurred()->set_end_date("2018-01-01");
  request.set_page_size(1000);
  do {
    ASSERT_OK_AND_ASSIGN(const v1::ListFactsResponse page,
                         Call(*stub, &Facts::ListFacts, Access(), request));
    for (const v1::Fact& fact : page.facts()) {
      ++got[fact.inquiry().outcome()];
      product_lines.insert(fact.inquiry().product_line());
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(got, want);
  EXPECT_EQ(product_lines.count("GTXPro"), 0u);
  EXPECT_EQ(product_lines.count("GTX Pro"), 1u);
}

TEST_F(RealDataTest, FiguresOfEveryAgentAreThoseOfTheFile) {
  ExpectSold(v1::DIMENSION_MEMBER,
             SoldBy(DataFolder("crm-sales-opportunities"), [](const auto& deal, absl::CivilDay) {
               return Name("members", IdOfName(deal.at("sales_agent")));
             }));
}

TEST_F(RealDataTest, FiguresOfEveryTeamAreThoseOfTheFile) {
  std::map<std::string, std::string> manager;
  const std::string folder = DataFolder("crm-sales-opportunities");
  for (const auto& row : ReadRealRows(absl::StrCat(folder, "/sales_teams.csv"))) {
    manager[row.at("sales_agent")] = row.at("manager");
  }
  ExpectSold(v1::DIMENSION_TEAM, SoldBy(folder, [&](const auto& deal, absl::CivilDay) {
               return Name("teams",
                           absl::StrCat("team-", IdOfName(manager.at(deal.at("sales_agent")))));
             }));
}

TEST_F(RealDataTest, FiguresOfEveryQuarterAreThoseOfTheFile) {
  ExpectSold(v1::DIMENSION_QUARTER, SoldBy(DataFolder("crm-sales-opportunities"),
                                           [](const auto&, absl::CivilDay day) {
                                             return QuarterOf(day);
                                           }));
}

TEST_F(RealDataTest, AgentsWithoutDealsHaveNoDataRatherThanZero) {
  std::set<std::string> idle;
  const std::string folder = DataFolder("crm-sales-opportunities");
  for (const auto& row : ReadRealRows(absl::StrCat(folder, "/sales_teams.csv"))) {
    idle.insert(row.at("sales_agent"));
  }
  for (const auto& deal : Deals(folder)) idle.erase(deal.at("sales_agent"));
  ASSERT_EQ(idle.size(), 5u);
  for (const std::string& agent : idle) {
    v1::ExplainMetricRequest request;
    request.set_parent(company_.name);
    request.set_metric("inquiry_order_rate");
    v1::DimensionValue& cell = *request.add_cell();
    cell.set_dimension(v1::DIMENSION_MEMBER);
    cell.set_value(Name("members", IdOfName(agent)));
    request.mutable_scope()->mutable_period()->set_start_date("2016-10-01");
    request.mutable_scope()->mutable_period()->set_end_date("2018-01-01");
    ASSERT_OK_AND_ASSIGN(const v1::MetricExplanation explanation,
                         Call(*queries_, &Queries::ExplainMetric, Access(), request));
    EXPECT_EQ(explanation.row().status(), v1::METRIC_STATUS_NO_DATA) << agent;
    EXPECT_FALSE(explanation.row().has_value()) << agent;
  }
}

TEST_F(RealDataTest, SpendAndCostPerClickOfEveryCampaignAreThoseOfTheFile) {
  std::map<std::string, std::pair<int64_t, int64_t>> want;  // spend in cents, clicks
  int64_t total = 0;
  for (const auto& ad :
       ReadRealRows(absl::StrCat(DataFolder("facebook-ads"), "/KAG_conversion_data.csv"))) {
    auto& [spend, clicks] = want[Name("campaigns", absl::StrCat("fb-", ad.at("xyz_campaign_id")))];
    spend += Hundredths(ad.at("Spent"));
    clicks += std::stoll(ad.at("Clicks"));
    total += Hundredths(ad.at("Spent"));
  }
  EXPECT_EQ(total, 5'870'523) << "the sum that the data's own description names";
  auto spend = By(v1::DIMENSION_CAMPAIGN, "ad_spend", "2023-08-01", "2023-09-01");
  auto per_click = By(v1::DIMENSION_CAMPAIGN, "cost_per_click", "2023-08-01", "2023-09-01");
  ASSERT_EQ(want.size(), 3u);
  for (const auto& [campaign, sums] : want) {
    EXPECT_EQ(spend[campaign].numerator(), sums.first) << campaign;
    EXPECT_EQ(per_click[campaign].numerator(), sums.first) << campaign;
    EXPECT_EQ(per_click[campaign].denominator(), sums.second) << campaign;
  }
  auto channel = By(v1::DIMENSION_CHANNEL, "ad_spend", "2023-08-01", "2023-09-01");
  EXPECT_EQ(channel[Name("channels", "facebook")].numerator(), total);
}

// 2 % of a month's first 50,000 USD and 3 % of the rest. Values are whole dollars, so nothing rounds.
int64_t CommissionByThePlan(int64_t month_minor) {
  constexpr int64_t kBound = 5'000'000;
  const int64_t below = std::min(month_minor, kBound);
  return below * 2 / 100 + (month_minor - below) * 3 / 100;
}

TEST_F(RealDataTest, CommissionOfEveryAgentIsThatOfTheFile) {
  ASSERT_NO_FATAL_FAILURE(PutPlanInForce());
  std::map<std::string, std::map<std::string, int64_t>> sold;  // month, member: minor units
  for (const auto& deal : Deals(DataFolder("crm-sales-opportunities"))) {
    if (deal.at("deal_stage") != "Won") continue;
    const absl::CivilDay closed = RealDay(deal.at("close_date"));
    sold[absl::StrFormat("%04d-%02d", closed.year(), closed.month())]
        [Name("members", IdOfName(deal.at("sales_agent")))] += Hundredths(deal.at("close_value"));
  }
  ASSERT_EQ(sold.size(), 10u) << "March to December 2017";
  for (const auto& [month, members] : sold) {
    std::map<std::string, int64_t> paid = CommissionOf(month);
    for (const auto& [member, minor] : members) {
      EXPECT_EQ(paid[member], CommissionByThePlan(minor)) << month << " " << member;
      paid.erase(member);
    }
    for (const auto& [member, amount] : paid) {
      EXPECT_EQ(amount, 0) << month << " " << member << " sold nothing";
    }
  }
}

TEST_F(RealDataTest, ImportingAgainChangesNothing) {
  for (const auto& [id, preset] : presets_) {
    const v1::Import again = Import(preset);
    EXPECT_EQ(again.committed().duplicate_rows(), first_[id].committed().new_rows()) << id;
    EXPECT_EQ(again.committed().new_rows(), 0) << id;
    EXPECT_EQ(again.committed().recorded_facts(), 0) << id;
  }
}

}  // namespace
}  // namespace argosy::testing
