// Files that nobody on the project made, taken in by the shipped presets with the built argosyctl
// over a real server. What is expected is computed from the files by the test itself.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
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
#include "argosy/metrics/v1/fact_service.grpc.pb.h"
#include "argosy/metrics/v1/import_service.pb.h"
#include "argosy/metrics/v1/query_service.grpc.pb.h"
#include "argosyctl/yaml_reader.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "tests/e2e/argosyctl_command.h"
#include "tests/e2e/real_file.h"
#include "tests/e2e/running_product.h"
#include "tests/support/context_for_test.h"
#include "tests/support/status_matchers.h"

namespace argosy::testing {
namespace {

namespace v1 = metrics::v1;
using Queries = v1::QueryService::Stub;
using Facts = v1::FactService::Stub;
using Plans = incentives::v1::PlanService::Stub;
using Runs = incentives::v1::RunService::Stub;

constexpr int64_t kWindowDays = 90;
constexpr char kPlanFile[] = "presets/crm-sales-opportunities/commission-plan.yaml";

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
    ctl_ = std::make_unique<ArgosyctlCommand>(product_->process().port(), company_.api_token);
    Read("crm-sales-opportunities");
    Read("facebook-ads");
  }
  static void TearDownTestSuite() {
    ctl_.reset();
    product_.reset();
  }

  RealDataTest() : queries_(v1::QueryService::NewStub(product_->channel())) {}

  static std::string DataFolder(const std::string& preset) {
    return absl::StrCat(ARGOSY_REAL_DATA, "/", preset);
  }
  static std::string Access() { return product_->AccessOf(company_.api_token); }
  static std::string Name(absl::string_view collection, absl::string_view id) {
    return absl::StrCat(company_.name, "/", collection, "/", id);
  }

  // Imports the preset's file for the suite: checked first, then recorded. The tests look at both.
  static void Read(const std::string& id) {
    const std::vector<std::string> files = FilesOf(id, DataFolder(id));
    const CommandOutcome prepared = ctl_->Run(Words({"import", "prepare"}, files));
    ASSERT_EQ(prepared.exit_code, 0) << prepared.err;
    checked_[id] = Import(Words(files, {"--dry-run"}));
    facts_after_check_[id] = KnowledgeSequence();
    first_[id] = Import(Words(files, {"--errors", ErrorsFile(id)}));
  }
  static std::vector<std::string> FilesOf(const std::string& id, const std::string& folder) {
    return {"--preset", absl::StrCat("presets/", id), "--data", folder};
  }
  static std::vector<std::string> Words(std::vector<std::string> words,
                                        const std::vector<std::string>& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  static std::string ErrorsFile(const std::string& id) {
    return absl::StrCat(ctl_->folder(), "/", id, "-errors.csv");
  }
  // What `argosyctl import run` says of the import, and with which exit code it ends.
  static v1::Import Import(const std::vector<std::string>& words, int want_exit = 0) {
    return Shown(Words({"import", "run", "-o", "json"}, words), want_exit);
  }
  static v1::Import Undo(const std::string& name) {
    return Shown({"import", "undo", name, "-o", "json"}, 0);
  }
  static v1::Import Shown(const std::vector<std::string>& words, int want_exit) {
    const CommandOutcome outcome = ctl_->Run(words);
    EXPECT_EQ(outcome.exit_code, want_exit) << outcome.err;
    v1::Import import;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(outcome.out, &import).ok())
        << outcome.out << outcome.err;
    return import;
  }
  // Grows with every batch of facts.
  static int64_t KnowledgeSequence() {
    const auto stub = v1::FactService::NewStub(product_->channel());
    v1::ResolveKnowledgeRequest request;
    request.set_parent(company_.name);
    const auto knowledge = Call(*stub, &Facts::ResolveKnowledge, Access(), request);
    EXPECT_THAT(knowledge, IsOk());
    return knowledge.ok() ? knowledge->knowledge_seq() : -1;
  }
  // The sources that have said how far they reported.
  static std::vector<std::string> SourcesReported() {
    const auto stub = v1::FactService::NewStub(product_->channel());
    v1::GetWatermarkRequest request;
    request.set_parent(company_.name);
    const auto watermark = Call(*stub, &Facts::GetWatermark, Access(), request);
    EXPECT_THAT(watermark, IsOk());
    std::vector<std::string> sources;
    if (!watermark.ok()) return sources;
    for (const v1::SourceWatermark& source : watermark->sources()) {
      sources.push_back(source.source());
    }
    return sources;
  }
  // The data folder of the deals, with `replacement` for the first `text` of its rows.
  static std::string EditedDeals(const std::string& text, const std::string& replacement) {
    const std::string folder = absl::StrCat(ctl_->folder(), "/edited");
    std::filesystem::copy(DataFolder("crm-sales-opportunities"), folder,
                          std::filesystem::copy_options::recursive);
    const std::string path = absl::StrCat(folder, "/sales_pipeline.csv");
    std::string deals = ReadRealBytes(path);
    const size_t at = deals.find(text);
    EXPECT_NE(at, std::string::npos) << text;
    if (at != std::string::npos) deals.replace(at, text.size(), replacement);
    std::filesystem::remove(path);
    std::ofstream(path, std::ios::binary) << deals;
    return folder;
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
    ASSERT_THAT(ctl::ReadYamlMessage({kPlanFile, ReadRealBytes(kPlanFile)}, *draft.mutable_spec()),
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
  static inline std::unique_ptr<ArgosyctlCommand> ctl_;
  static inline std::map<std::string, v1::Import> checked_;  // by preset
  static inline std::map<std::string, int64_t> facts_after_check_;
  static inline std::map<std::string, v1::Import> first_;
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

TEST_F(RealDataTest, ChecksEveryRowBeforeAnythingIsRecorded) {
  EXPECT_EQ(facts_after_check_["crm-sales-opportunities"], 0);
  for (const auto& [id, checked] : checked_) {
    EXPECT_EQ(checked.state(), v1::IMPORT_STATE_VALIDATED) << id;
    EXPECT_EQ(checked.committed().recorded_facts(), 0) << id;
    EXPECT_EQ(first_[id].name(), checked.name()) << id << ": the same import goes on";
    EXPECT_EQ(first_[id].committed().SerializeAsString(), checked.validated().SerializeAsString())
        << id;
  }
  const auto ads =
      ReadRealRows(absl::StrCat(DataFolder("facebook-ads"), "/KAG_conversion_data.csv"));
  const v1::ImportCounts& counts = checked_["facebook-ads"].validated();
  EXPECT_EQ(counts.new_rows(), static_cast<int64_t>(ads.size()));
  EXPECT_EQ(counts.invalid_rows() + counts.conflict_rows() + counts.duplicate_rows(), 0);
  EXPECT_EQ(counts.recorded_facts(), 2 * counts.new_rows()) << "spend and traffic";
}

TEST_F(RealDataTest, ReportsTheRowsWithoutADateAndTakesTheOthers) {
  std::map<std::string, int64_t> stages;
  std::set<std::string> lines;  // of the rows without a date
  int64_t dated = 0;
  int64_t line = 1;  // the header
  for (const auto& deal : Deals(DataFolder("crm-sales-opportunities"))) {
    ++line;
    ++stages[deal.at("deal_stage")];
    if (deal.at("engage_date").empty()) {
      lines.insert(absl::StrCat(line));
    } else {
      ++dated;
    }
  }
  const v1::Import& import = first_["crm-sales-opportunities"];
  EXPECT_EQ(import.state(), v1::IMPORT_STATE_COMMITTED);
  EXPECT_EQ(import.committed().new_rows(), dated);
  EXPECT_EQ(import.committed().reported_rows(), import.row_count() - dated);
  EXPECT_EQ(import.committed().reported_rows(), stages["Prospecting"]);
  EXPECT_EQ(import.committed().invalid_rows(), 0);
  EXPECT_EQ(import.committed().recorded_facts(), dated + stages["Won"]);

  for (const auto& error : ReadRealRows(ErrorsFile("crm-sales-opportunities"))) {
    EXPECT_EQ(error.at("column"), "engage_date");
    EXPECT_EQ(error.at("value"), "");
    EXPECT_EQ(error.at("reason"), "ROW_REPORTED");
    EXPECT_EQ(lines.erase(error.at("line")), 1u) << error.at("line");
  }
  EXPECT_THAT(lines, ::testing::IsEmpty()) << "rows without a date that nobody reported";
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
  ExpectSold(v1::DIMENSION_QUARTER,
             SoldBy(DataFolder("crm-sales-opportunities"),
                    [](const auto&, absl::CivilDay day) { return QuarterOf(day); }));
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

// 2 % of a month's first 50,000 USD and 3 % of the rest. Values are whole dollars, so nothing
// rounds.
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
  const int64_t before = KnowledgeSequence();
  for (const auto& [id, first] : first_) {
    const v1::Import again = Import(FilesOf(id, DataFolder(id)));
    EXPECT_NE(again.name(), first.name()) << id;
    EXPECT_EQ(again.committed().duplicate_rows(), first.committed().new_rows()) << id;
    EXPECT_EQ(again.committed().new_rows(), 0) << id;
    EXPECT_EQ(again.committed().recorded_facts(), 0) << id;
  }
  EXPECT_EQ(KnowledgeSequence(), before);
}

TEST_F(RealDataTest, AnEditedRowIsAConflictUnlessSentAsARevisionAndUndoBringsItBack) {
  const std::string id = "crm-sales-opportunities";
  const auto deals = Deals(DataFolder(id));
  const auto won = std::find_if(deals.begin(), deals.end(),
                                [](const auto& deal) { return deal.at("deal_stage") == "Won"; });
  ASSERT_NE(won, deals.end());
  const std::string agent = Name("members", IdOfName(won->at("sales_agent")));
  const std::string day = won->at("close_date");
  const std::string edited = EditedDeals(absl::StrCat(day, ",", won->at("close_value"), "\r\n"),
                                         absl::StrCat(day, ",", won->at("close_value"), "000\r\n"));
  const int64_t held = By(v1::DIMENSION_MEMBER, "revenue")[agent].numerator();
  const int64_t more = 999 * Hundredths(won->at("close_value"));

  constexpr int kSomeRefused = 10;
  const v1::Import refused =
      Import(Words(FilesOf(id, edited), {"--errors", ErrorsFile("edited")}), kSomeRefused);
  EXPECT_EQ(refused.committed().conflict_rows(), 1);
  EXPECT_EQ(refused.committed().recorded_facts(), 0);
  EXPECT_EQ(By(v1::DIMENSION_MEMBER, "revenue")[agent].numerator(), held);
  std::vector<std::map<std::string, std::string>> conflicts;
  for (const auto& error : ReadRealRows(ErrorsFile("edited"))) {
    if (error.at("kind") == "CONFLICT") conflicts.push_back(error);
  }
  ASSERT_EQ(conflicts.size(), 1u);
  EXPECT_EQ(conflicts[0].at("line"), absl::StrCat(won - deals.begin() + 2));
  EXPECT_EQ(conflicts[0].at("column"), "opportunity_id");
  EXPECT_EQ(conflicts[0].at("value"), won->at("opportunity_id"));
  EXPECT_EQ(conflicts[0].at("reason"), "REVISION_CONFLICT");

  const v1::Import revised = Import(Words(FilesOf(id, edited), {"--revise"}));
  EXPECT_EQ(revised.committed().revised_rows(), 1);
  EXPECT_EQ(revised.committed().recorded_facts(), 1);
  EXPECT_EQ(By(v1::DIMENSION_MEMBER, "revenue")[agent].numerator(), held + more);

  const v1::Import undone = Undo(revised.name());
  EXPECT_EQ(undone.undone().restored_facts(), 1);
  EXPECT_EQ(undone.undone().retracted_facts(), 0);
  EXPECT_EQ(By(v1::DIMENSION_MEMBER, "revenue")[agent].numerator(), held);
}

// Leaves the company as it found it.
TEST_F(RealDataTest, AnImportIsUndoneAsAWholeAndMayBeCommittedAgain) {
  const std::string id = "facebook-ads";
  const auto spend = [&] {
    return By(v1::DIMENSION_CHANNEL, "ad_spend", "2023-08-01",
              "2023-09-01")[Name("channels", "facebook")];
  };
  const int64_t held = spend().numerator();
  ASSERT_GT(held, 0);
  const v1::Import undone = Undo(first_[id].name());
  EXPECT_EQ(undone.state(), v1::IMPORT_STATE_UNDONE);
  EXPECT_EQ(undone.undone().retracted_facts(), first_[id].committed().recorded_facts());
  EXPECT_EQ(undone.undone().kept_facts(), 0);
  EXPECT_FALSE(spend().has_value()) << "no spend known is not a spend of 0";
  EXPECT_THAT(SourcesReported(), ::testing::ElementsAre("crm"));

  const v1::Import again = Import(FilesOf(id, DataFolder(id)));
  EXPECT_EQ(again.committed().revised_rows(), first_[id].committed().new_rows());
  EXPECT_EQ(spend().numerator(), held);
  EXPECT_THAT(SourcesReported(), ::testing::ElementsAre("crm", "facebook-ads"));
}

}  // namespace
}  // namespace argosy::testing
