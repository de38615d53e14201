#include "services/teams/service/convert.h"

#include "argosy/common/v1/role.pb.h"
#include "argosy/metrics/v1/channel_service.pb.h"
#include "argosy/teams/v1/stage_service.pb.h"
#include "gtest/gtest.h"
#include "services/teams/domain/criterion.h"
#include "services/teams/domain/stage_inputs.h"
#include "services/teams/domain/stage_policy.h"
#include "tests/support/status_matchers.h"

namespace argosy::teams {
namespace {

using argosy::testing::HasReason;
using argosy::testing::IsOk;

// The domain's enums carry the numbers of the contract: the first and the last name agree.
TEST(Enums, HaveTheNumbersOfTheContract) {
  EXPECT_EQ(static_cast<int>(BusinessRole::kSales), common::v1::BUSINESS_ROLE_SALES);
  EXPECT_EQ(static_cast<int>(BusinessRole::kCustomerService),
            common::v1::BUSINESS_ROLE_CUSTOMER_SERVICE);
  EXPECT_EQ(static_cast<int>(BusinessRole::kMarketing), common::v1::BUSINESS_ROLE_MARKETING);
  EXPECT_EQ(static_cast<int>(BusinessRole::kOperations), common::v1::BUSINESS_ROLE_OPERATIONS);
  EXPECT_EQ(static_cast<int>(BusinessRole::kAgency), common::v1::BUSINESS_ROLE_AGENCY);
  EXPECT_EQ(kBusinessRoleLast, common::v1::BusinessRole_MAX);
  EXPECT_EQ(static_cast<int>(TeamKind::kMarketing), v1::TEAM_KIND_MARKETING);
  EXPECT_EQ(kTeamKindLast, v1::TeamKind_MAX);
  EXPECT_EQ(static_cast<int>(TeamModel::kPureSales), v1::TEAM_MODEL_PURE_SALES);
  EXPECT_EQ(static_cast<int>(TeamModel::kTransitional), v1::TeamModel_MAX);
  EXPECT_EQ(static_cast<int>(Verdict::kPass), v1::VERDICT_PASS);
  EXPECT_EQ(static_cast<int>(Verdict::kNotEvaluated), v1::Verdict_MAX);
  EXPECT_EQ(static_cast<int>(CriterionKind::kSoft), v1::CriterionKind_MAX);
  EXPECT_EQ(static_cast<int>(CriterionReason::kCostStable), v1::CRITERION_REASON_COST_STABLE);
  EXPECT_EQ(static_cast<int>(CriterionReason::kEmptyHalf), v1::CRITERION_REASON_EMPTY_HALF);
  EXPECT_EQ(static_cast<int>(CriterionReason::kRateFell), v1::CRITERION_REASON_RATE_FELL);
  EXPECT_EQ(static_cast<int>(CriterionReason::kMarginNotPositive),
            v1::CRITERION_REASON_MARGIN_NOT_POSITIVE);
  EXPECT_EQ(static_cast<int>(CriterionReason::kSpendUnknown), v1::CriterionReason_MAX);
  EXPECT_EQ(static_cast<int>(MeasureUnit::kWeeks), v1::MeasureUnit_MAX);
  EXPECT_EQ(static_cast<int>(StageProfile::kMicro), v1::StageProfile_MAX);
  EXPECT_EQ(static_cast<int>(ChannelKind::kSearch), metrics::v1::CHANNEL_KIND_SEARCH);
  EXPECT_EQ(static_cast<int>(ChannelKind::kSocial), metrics::v1::CHANNEL_KIND_SOCIAL);
  EXPECT_EQ(static_cast<int>(ChannelKind::kOther), metrics::v1::ChannelKind_MAX);
}

TEST(ParseLastPart, RefusesOtherShapes) {
  EXPECT_THAT(ParseMemberName("tenants/acme/members/li-wei"), IsOk());
  for (const char* name :
       {"", "members/li-wei", "tenants/acme/teams/li-wei", "tenants/acme/members/li-wei/x",
        "tenants/acme/members/Li", "tenants/acme/members/"}) {
    EXPECT_THAT(ParseMemberName(name), HasReason("FIELD_INVALID")) << name;
  }
  EXPECT_THAT(ParseAssignmentName("tenants/acme/roleAssignments/li-wei"),
              HasReason("FIELD_INVALID"));
}

TEST(ParseMember, ReportsBadDates) {
  v1::Member member;
  member.set_display_name("Li Wei");
  EXPECT_THAT(ParseMember(member), HasReason("DATE_MALFORMED"));
  member.set_joined_date("1999-12-31");
  EXPECT_THAT(ParseMember(member), HasReason("DATE_OUT_OF_RANGE"));
  member.set_joined_date("2026-01-01");
  EXPECT_THAT(ParseMember(member), IsOk());
}

TEST(ParseTeam, WantsAKindAndAKnownCurrency) {
  v1::Team team;
  team.set_display_name("East");
  EXPECT_THAT(ParseTeam(team), HasReason("FIELD_INVALID"));
  team.set_kind(v1::TEAM_KIND_SALES);
  EXPECT_THAT(ParseTeam(team), IsOk());
  team.mutable_monthly_budget()->set_amount_minor(1);
  team.mutable_monthly_budget()->set_currency_code("ZZZ");
  EXPECT_THAT(ParseTeam(team), HasReason("CURRENCY_UNKNOWN"));
}

TEST(ParseRole, WantsARole) {
  v1::RoleAssignment assignment;
  assignment.set_member("tenants/acme/members/li-wei");
  assignment.set_effective_start_date("2026-01-01");
  EXPECT_THAT(ParseRole(assignment), HasReason("FIELD_INVALID"));
}

TEST(ToProto, KeepsMicrosecondsBeforeAndAfterTheEpoch) {
  EXPECT_EQ(ToProto(absl::FromUnixMicros(1'500'001)).seconds(), 1);
  EXPECT_EQ(ToProto(absl::FromUnixMicros(1'500'001)).nanos(), 500'001'000);
  EXPECT_EQ(ToProto(absl::FromUnixMicros(-1)).seconds(), -1);
  EXPECT_EQ(ToProto(absl::FromUnixMicros(-1)).nanos(), 999'999'000);
}

}  // namespace
}  // namespace argosy::teams
