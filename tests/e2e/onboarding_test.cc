// A tenant is opened in pieces, over days: what is there already counts as made, by whomever, and
// only when it is what the blueprint asks for.
#include "argosyctl/onboarding.h"

#include <google/protobuf/text_format.h>

#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "argosyctl/client_session.h"
#include "argosyctl/environment.h"
#include "argosyctl/import_run.h"
#include "base/random.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/running_product.h"
#include "tests/support/status_matchers.h"

namespace argosy::testing {
namespace {

using ::testing::HasSubstr;

constexpr char kBlueprint[] = R"yaml(
members:
  - {member_id: li-wei, member: {display_name: 李伟, joined_date: "2026-01-01"}}
teams:
  - {team_id: east, team: {display_name: 华东, kind: TEAM_KIND_SALES, lead_member: li-wei}}
assignments:
  - role_assignment: {member: li-wei, team: east, role: BUSINESS_ROLE_SALES,
                      effective_start_date: "2026-01-01", effort_share_ppm: 600000}
channels:
  - {channel_id: seo, channel: {display_name: SEO, kind: CHANNEL_KIND_SEO}}
campaigns:
  - {campaign_id: spring, campaign: {display_name: 春季, channel: seo}}
plans:
  - {plan_id: sales, plan: {display_name: 提成, currency_code: USD}}
)yaml";

constexpr char kInquiryMapping[] = R"pb(
  source: "crm"
  time_zone: "Asia/Shanghai"
  date_formats: "yyyy-mm-dd"
  facts {
    event_id { parts { column: "id" } }
    occurred_on { parts { column: "day" } }
    member { parts { column: "seller" } }
    acting_role { parts { constant: "SALES" } }
    inquiry {}
  }
)pb";

// Nobody of that name is there.
constexpr char kRefused[] = R"yaml(
assignments:
  - role_assignment: {member: nobody, role: BUSINESS_ROLE_SALES,
                      effective_start_date: "2026-01-01", effort_share_ppm: 600000}
)yaml";

std::vector<ctl::OnboardingItem> ItemsOf(const std::string& blueprint) {
  auto items = ctl::ReadBlueprint({"blueprint.yaml", blueprint});
  EXPECT_OK(items);
  return items.ok() ? *std::move(items) : std::vector<ctl::OnboardingItem>();
}

class OnboardingTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    product_ = RunningProduct::Start({"tenancy", "teams", "metrics", "incentives"});
  }
  static void TearDownTestSuite() { product_.reset(); }

  // One attempt of a program that knows nothing of those before it.
  absl::StatusOr<tenancy::v1::Tenant> Run(std::vector<ctl::OnboardingItem> items) {
    ctl::OnboardingPlan plan{
        .tenant_id = tenant_id_, .owner = "boss@acme.cn", .items = std::move(items)};
    plan.tenant.set_display_name("Acme 外贸");
    plan.tenant.set_reporting_time_zone("Asia/Shanghai");
    plan.tenant.set_reporting_currency_code(currency_);
    plan.tenant.mutable_blueprint()->set_name("test");
    plan.tenant.mutable_blueprint()->set_sha256(std::string(64, '0'));
    ctl::ClientSession session({.api_token = product_->operator_token()}, environment_,
                               product_->channel());
    std::string token;
    auto tenant = ctl::Onboarding(session).Run(plan, token,
                                               [](const std::string&) { return absl::OkStatus(); });
    if (!token.empty()) owner_token_ = token;
    if (tenant.ok()) uid_ = tenant->uid();
    return tenant;
  }

  // Makes all of kBlueprint, stops before the tenant is ACTIVE, and waits until the server has
  // forgotten every request_id.
  void LeaveUnfinished() {
    std::vector<ctl::OnboardingItem> items = ItemsOf(kBlueprint);
    items.push_back(std::move(ItemsOf(kRefused).front()));
    items.back().path = "assignments/1";
    EXPECT_THAT(Run(std::move(items)), HasReason("RESOURCE_NOT_FOUND"));
    product_->clock().Advance(absl::Hours(49));
  }

  // A list of inquiries of the tenant; its first line names the columns of kInquiryMapping.
  ctl::ImportFile InquiryList(const std::string& rows) const {
    ctl::ImportFile file{.tenant = absl::StrCat("tenants/", tenant_id_),
                         .file_name = "inquiries.csv",
                         .content = absl::StrCat("id,seller,day\n", rows)};
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kInquiryMapping, &file.mapping));
    return file;
  }

  // Rows of the last tenant that Run returned.
  std::string CountOf(const std::string& service, const std::string& table) {
    return product_->database(service).QueryAsRoot(
        absl::StrCat("SELECT COUNT(*) FROM ", table, " WHERE tenant_id = UNHEX(REPLACE('", uid_,
                     "', '-', ''))"));
  }

  static inline std::unique_ptr<RunningProduct> product_;
  static inline int made_ = 0;
  const std::string tenant_id_ = absl::StrCat("made-", ++made_);
  std::string uid_;
  std::string currency_ = "USD";
  std::string owner_token_;
  std::stringstream in_;
  std::stringstream out_;
  std::stringstream err_;
  base::SeededEntropy entropy_{1};
  const ctl::Environment environment_{.in = in_,
                                      .out = out_,
                                      .err = err_,
                                      .clock = product_->clock(),
                                      .entropy = entropy_,
                                      .variable = {},
                                      .wait = [](absl::Duration) {}};
};

TEST_F(OnboardingTest, GoesOnWhenNoRequestIsRememberedAnyMore) {
  LeaveUnfinished();
  ASSERT_OK_AND_ASSIGN(const tenancy::v1::Tenant tenant, Run(ItemsOf(kBlueprint)));
  EXPECT_EQ(tenant.state(), tenancy::v1::Tenant::STATE_ACTIVE);
  EXPECT_OK(product_->Exchange(owner_token_, ""));
  EXPECT_EQ(CountOf("tenancy", "memberships"), "1");
  for (const char* table : {"members", "teams", "role_assignments"}) {
    EXPECT_EQ(CountOf("teams", table), "1") << table;
  }
  for (const char* table : {"channels", "campaigns"}) {
    EXPECT_EQ(CountOf("metrics", table), "1") << table;
  }
  EXPECT_EQ(CountOf("incentives", "plans"), "1");
}

struct OtherContent {
  std::string was;
  std::string is;
  std::string named;  // by the refusal, after the tenant
};

TEST_F(OnboardingTest, RefusesByNameWhatIsThereWithOtherContent) {
  LeaveUnfinished();
  for (const OtherContent& row : std::vector<OtherContent>{
           {"display_name: 李伟", "display_name: 王芳", "members/li-wei"},
           {"kind: TEAM_KIND_SALES", "kind: TEAM_KIND_MIXED", "teams/east"},
           {"effort_share_ppm: 600000", "effort_share_ppm: 500000", "members/li-wei"},
           {"effective_start_date: \"2026-01-01\"", "effective_start_date: \"2026-02-01\"",
            "members/li-wei"},
           {"kind: CHANNEL_KIND_SEO", "kind: CHANNEL_KIND_SEO, paid: true", "channels/seo"},
           {"display_name: 春季", "display_name: 秋季", "campaigns/spring"},
           {"currency_code: USD", "currency_code: CNY", "plans/sales"}}) {
    const auto refused = Run(ItemsOf(absl::StrReplaceAll(kBlueprint, {{row.was, row.is}})));
    EXPECT_TRUE(absl::IsAlreadyExists(refused.status())) << refused.status();
    EXPECT_THAT(refused.status().message(),
                HasSubstr(absl::StrCat("'tenants/", tenant_id_, "/", row.named, "'")));
  }
}

TEST_F(OnboardingTest, RefusesACompanyThatIsThereWithAnotherCurrency) {
  ASSERT_OK(Run(ItemsOf(kBlueprint)));
  EXPECT_OK(Run(ItemsOf(kBlueprint))) << "the same once more";
  currency_ = "CNY";
  const auto refused = Run(ItemsOf(kBlueprint));
  EXPECT_THAT(refused, HasReason("RESOURCE_EXISTS"));
  EXPECT_THAT(refused.status().message(),
              HasSubstr("with reporting_currency_code 'USD' instead of 'CNY'"));
}

TEST_F(OnboardingTest, DoesNotMakeAnOwnerOfWhoHasAnotherRole) {
  LeaveUnfinished();
  product_->database("tenancy").ExecuteAsRoot(
      "UPDATE memberships SET access_role = 'MEMBER' WHERE principal = 'boss@acme.cn'");
  EXPECT_THAT(Run(ItemsOf(kBlueprint)), HasReason("RESOURCE_EXISTS"));
}

TEST_F(OnboardingTest, WhatWasUndoneIsRecordedAgainOrCheckedAnew) {
  ASSERT_OK(Run(ItemsOf(kBlueprint)));
  ctl::ClientSession session({.api_token = owner_token_}, environment_, product_->channel());
  const ctl::ImportFile file = InquiryList("1,li-wei,2026-03-01\n");
  ctl::ImportRun run(session);
  ASSERT_OK_AND_ASSIGN(const metrics::v1::Import first,
                       run.Open(file, ctl::ImportPurpose::kRecord));
  ASSERT_OK(run.Upload(first, file.content));
  ASSERT_OK(run.Validate(first.name()));
  ASSERT_OK(run.Commit(first.name()));
  ASSERT_OK(run.Undo(first.name()));
  ASSERT_OK_AND_ASSIGN(const metrics::v1::Import check, run.Open(file, ctl::ImportPurpose::kCheck));
  EXPECT_NE(check.name(), first.name());
  ASSERT_OK(run.Upload(check, file.content));
  ASSERT_OK_AND_ASSIGN(const metrics::v1::Import checked, run.Validate(check.name()));
  EXPECT_EQ(checked.validated().revised_rows(), 1);
  ASSERT_OK_AND_ASSIGN(const metrics::v1::Import again,
                       run.Open(file, ctl::ImportPurpose::kRecord));
  EXPECT_EQ(again.name(), first.name());
}

// Whom a company has made is the teams service's to say, what is imported the metrics service's.
TEST_F(OnboardingTest, AnImportNotesASellerWhoIsMisspelt) {
  ASSERT_OK(Run(ItemsOf(kBlueprint)));
  ctl::ClientSession session({.api_token = owner_token_}, environment_, product_->channel());
  const ctl::ImportFile file = InquiryList("1,li-wei,2026-03-01\n2,li-wie,2026-03-02\n");
  ctl::ImportRun run(session);
  ASSERT_OK_AND_ASSIGN(metrics::v1::Import import, run.Open(file, ctl::ImportPurpose::kRecord));
  ASSERT_OK(run.Upload(import, file.content));
  ASSERT_OK(run.Validate(import.name()));
  ASSERT_OK_AND_ASSIGN(import, run.Commit(import.name()));
  EXPECT_EQ(import.committed().new_rows(), 2);
  EXPECT_EQ(import.committed().noted_rows(), 1);
  ASSERT_OK_AND_ASSIGN(const std::string findings, run.ErrorsCsv(import.name()));
  EXPECT_THAT(findings, HasSubstr("3,seller,li-wie,MEMBER_UNKNOWN,NOTED,"));
}

}  // namespace
}  // namespace argosy::testing
