#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/incentives/service/company_db_for_test.h"
#include "tests/support/status_matchers.h"

namespace argosy::incentives {
namespace {

using argosy::testing::HasReason;
using argosy::testing::IsOk;
using ::testing::SizeIs;

class PlanDbTest : public CompanyDbTest {};

TEST_F(PlanDbTest, ComesBackAsItWasCreated) {
  const auto created = CreatePlan();
  ASSERT_THAT(created, IsOk());
  v1::GetPlanRequest request;
  request.set_name("tenants/acme/plans/sales-plan");
  const auto got = plans_.GetPlan(Owner(), request);
  ASSERT_THAT(got, IsOk());
  EXPECT_EQ(got->SerializeAsString(), created->SerializeAsString());
  EXPECT_EQ(got->currency_code(), "CNY");
}

TEST_F(PlanDbTest, RefusesATakenIdAndAnUnknownCurrency) {
  ASSERT_THAT(CreatePlan(), IsOk());
  EXPECT_THAT(CreatePlan(), HasReason("RESOURCE_EXISTS"));
  v1::CreatePlanRequest request;
  request.set_plan_id("other");
  request.mutable_plan()->set_currency_code("ABC");
  EXPECT_THAT(plans_.CreatePlan(Owner(), request), HasReason("CURRENCY_UNKNOWN"));
}

TEST_F(PlanDbTest, VersionKeepsItsSpecAndHash) {
  ASSERT_THAT(CreatePlan(), IsOk());
  v1::PlanSpec spec = Spec();
  v1::CreditRule& rule = *spec.mutable_components(0)->mutable_commission()->mutable_credit_rule();
  rule.set_kind(v1::CreditRule::KIND_SPLIT);
  v1::CreditShare& half = *rule.add_shares();
  half.set_order_member(true);
  half.set_numerator(1);
  half.set_denominator(2);
  v1::CreditShare& other = *rule.add_shares();
  other.set_member("tenants/acme/members/bob");
  other.set_numerator(1);
  other.set_denominator(2);
  const auto draft = CreateVersion(spec);
  ASSERT_THAT(draft, IsOk());
  EXPECT_EQ(draft->ordinal(), 1);
  EXPECT_EQ(draft->state(), v1::PlanVersion::STATE_DRAFT);
  const auto again = CreateVersion(draft->spec());  // what is given back can be sent again
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->ordinal(), 2);
  EXPECT_EQ(again->content_hash(), draft->content_hash());
  const auto published = Publish(*draft);
  ASSERT_THAT(published, IsOk());
  EXPECT_EQ(published->content_hash(), draft->content_hash());
  v1::GetPlanVersionRequest request;
  request.set_name(draft->name());
  const auto got = plans_.GetPlanVersion(Owner(), request);
  ASSERT_THAT(got, IsOk());
  EXPECT_EQ(got->SerializeAsString(), published->SerializeAsString());
  EXPECT_EQ(got->effective_start_date(), "2026-01-01");
}

TEST_F(PlanDbTest, LinterNamesEveryFault) {
  ASSERT_THAT(CreatePlan(), IsOk());
  v1::PlanSpec spec = Spec();
  spec.mutable_components(0)->mutable_commission()->mutable_tiers(1)->set_from_minor(9'000'000);
  EXPECT_THAT(CreateVersion(spec), HasReason("PLAN_SPEC_INVALID"));
  spec = Spec();
  spec.mutable_components(0)->clear_commission();
  EXPECT_THAT(CreateVersion(spec), HasReason("FIELD_INVALID"));
}

TEST_F(PlanDbTest, PublishingRefuses) {
  ASSERT_THAT(CreatePlan(), IsOk());
  const auto draft = CreateVersion();
  const auto second = CreateVersion();
  ASSERT_THAT(draft, IsOk());
  ASSERT_THAT(second, IsOk());
  v1::PlanVersion stale = *draft;
  stale.set_etag("\"other\"");
  EXPECT_THAT(Publish(stale), HasReason("ETAG_MISMATCH"));
  EXPECT_THAT(Publish(*draft, "2026-01-02"), HasReason("FIELD_INVALID"));
  EXPECT_THAT(Publish(*draft, "2026-13-01"), HasReason("DATE_MALFORMED"));
  const auto published = Publish(*draft);
  ASSERT_THAT(published, IsOk());
  EXPECT_THAT(Publish(*published, "2026-02-01"), HasReason("STATE_NOT_ALLOWED"));
  EXPECT_THAT(Publish(*second), HasReason("PLAN_VERSION_OVERLAP"));
  EXPECT_THAT(Publish(*second, "2026-02-01"), IsOk());
}

TEST_F(PlanDbTest, RoleHasOnePlanADay) {
  ASSERT_THAT(CreatePlan(), IsOk());
  ASSERT_THAT(CreatePlan("other-plan"), IsOk());
  const auto assigned = Assign();
  ASSERT_THAT(assigned, IsOk());
  EXPECT_THAT(Assign("other-plan", "2026-04-01"), HasReason("ASSIGNMENT_OVERLAP"));
  v1::EndPlanAssignmentRequest end;
  end.set_name(assigned->name());
  end.set_end_date("2026-04-01");
  end.set_etag("\"other\"");
  EXPECT_THAT(plans_.EndPlanAssignment(Owner(), end), HasReason("ETAG_MISMATCH"));
  end.set_etag(assigned->etag());
  const auto ended = plans_.EndPlanAssignment(Owner(), end);
  ASSERT_THAT(ended, IsOk());
  EXPECT_EQ(ended->end_date(), "2026-04-01");
  EXPECT_THAT(Assign("other-plan", "2026-04-01"), IsOk());
  v1::ListPlanAssignmentsRequest list;
  list.set_parent("tenants/acme/plans/-");
  EXPECT_EQ(plans_.ListPlanAssignments(Owner(), list)->plan_assignments_size(), 2);
  list.set_parent("tenants/acme/plans/sales-plan");
  EXPECT_EQ(plans_.ListPlanAssignments(Owner(), list)->plan_assignments_size(), 1);
}

TEST_F(PlanDbTest, ChangeOfWhatPaysMakesACalculatedRunStale) {
  SetUpPlan();
  company_.Order("o1", "ann", 1'000'000, "2026-02-10");
  orders_.Record(company_.facts());
  const auto approve = [&] { return Approve(*Calculate("2026-02")); };
  const auto assign = [&](common::v1::BusinessRole role, const char* starts) {
    v1::AssignPlanRequest request;
    request.set_parent("tenants/acme/plans/sales-plan");
    request.mutable_plan_assignment()->set_business_role(role);
    request.mutable_plan_assignment()->set_start_date(starts);
    return plans_.AssignPlan(Owner(), request);
  };
  v1::PlanSpec spec = Spec();
  spec.mutable_components(0)->mutable_commission()->mutable_tiers(1)->set_rate_ppm(30'000);

  const auto before_version = approve();
  ASSERT_THAT(before_version, IsOk());
  ASSERT_THAT(Publish(*CreateVersion(spec), "2026-02-01"), IsOk());
  EXPECT_THAT(Lock(*before_version), HasReason("RUN_STALE"));

  const auto before_assignment = approve();
  ASSERT_THAT(before_assignment, IsOk());
  const auto manager = assign(common::v1::BUSINESS_ROLE_MANAGER, "2026-02-28");
  ASSERT_THAT(manager, IsOk());
  EXPECT_THAT(Lock(*before_assignment), HasReason("RUN_STALE"));

  v1::EndPlanAssignmentRequest end;
  end.set_name(manager->name());
  end.set_etag(manager->etag());
  end.set_end_date("2026-03-15");
  const auto before_end = approve();
  ASSERT_THAT(before_end, IsOk());
  const auto later_end = plans_.EndPlanAssignment(Owner(), end);
  ASSERT_THAT(later_end, IsOk());
  end.set_etag(later_end->etag());
  end.set_name(manager->name());
  end.set_end_date("2026-03-01");
  ASSERT_THAT(plans_.EndPlanAssignment(Owner(), end), IsOk());

  // What changes from March on is nothing to a run of February.
  ASSERT_THAT(Publish(*CreateVersion(), "2026-03-01"), IsOk());
  ASSERT_THAT(assign(common::v1::BUSINESS_ROLE_MANAGER, "2026-03-01"), IsOk());
  EXPECT_EQ(Verify().entry_count(), 0);
  EXPECT_THAT(Lock(*before_end), IsOk());
}

TEST_F(PlanDbTest, ListsPageByPage) {
  for (const char* id : {"plan-c", "plan-a", "plan-b"}) ASSERT_THAT(CreatePlan(id), IsOk());
  v1::ListPlansRequest request;
  request.set_parent("tenants/acme");
  request.set_page_size(2);
  const auto first = plans_.ListPlans(Owner(), request);
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(first->plans(), SizeIs(2));
  EXPECT_EQ(first->plans(0).name(), "tenants/acme/plans/plan-a");
  request.set_page_token(first->next_page_token());
  const auto last = plans_.ListPlans(Owner(), request);
  ASSERT_THAT(last, IsOk());
  ASSERT_THAT(last->plans(), SizeIs(1));
  EXPECT_EQ(last->plans(0).name(), "tenants/acme/plans/plan-c");
  EXPECT_EQ(last->next_page_token(), "");
  // The token is of this tenant alone.
  const tenants::RequestContext stranger =
      argosy::testing::ContextForTest(argosy::testing::FreshTenantUid()).Build();
  EXPECT_THAT(plans_.ListPlans(stranger, request), HasReason("PAGE_TOKEN_INVALID"));
}

TEST_F(PlanDbTest, UnknownAndForeignPlansAreTheSame) {
  ASSERT_THAT(CreatePlan(), IsOk());
  v1::GetPlanRequest request;
  request.set_name("tenants/acme/plans/nothing");
  const auto unknown = plans_.GetPlan(Owner(), request);
  EXPECT_THAT(unknown, HasReason("RESOURCE_NOT_FOUND"));
  EXPECT_EQ(base::FindFault(unknown.status())->resource->name, request.name());
  request.set_name("tenants/acme/plans/sales-plan");
  const tenants::RequestContext stranger =
      argosy::testing::ContextForTest(argosy::testing::FreshTenantUid()).Build();
  EXPECT_THAT(plans_.GetPlan(stranger, request), HasReason("RESOURCE_NOT_FOUND"));
  for (const char* bad : {"plans/x", "tenants/acme/teams/east", "tenants/acme/plans/UPPER", ""}) {
    request.set_name(bad);
    EXPECT_THAT(plans_.GetPlan(Owner(), request), HasReason("FIELD_INVALID")) << bad;
  }
}

}  // namespace
}  // namespace argosy::incentives
