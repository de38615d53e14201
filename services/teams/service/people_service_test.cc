#include "services/teams/service/people_service.h"

#include <algorithm>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/fault.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/teams/service/teams_fixture_test.h"
#include "tests/support/proto_matchers.h"
#include "tests/support/status_matchers.h"

namespace argosy::teams {
namespace {

using argosy::testing::EqualsProto;
using argosy::testing::FreshRequestId;
using argosy::testing::HasReason;
using argosy::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// What a refusal is about, by its details and its metadata alike.
MATCHER_P(IsAbout, name, std::string("is about ") + name) {
  const auto fault = base::FindFault(argosy::testing::StatusOf(arg));
  *result_listener << argosy::testing::StatusOf(arg);
  if (!fault.has_value() || !fault->resource.has_value()) return false;
  const std::pair<std::string, std::string> entry("name", name);
  return fault->resource->name == name &&
         std::find(fault->metadata.begin(), fault->metadata.end(), entry) != fault->metadata.end();
}

constexpr auto kSales = common::v1::BUSINESS_ROLE_SALES;
constexpr auto kCs = common::v1::BUSINESS_ROLE_CUSTOMER_SERVICE;
constexpr auto kOperations = common::v1::BUSINESS_ROLE_OPERATIONS;
constexpr auto kMarketing = common::v1::BUSINESS_ROLE_MARKETING;
constexpr auto kAgency = common::v1::BUSINESS_ROLE_AGENCY;
constexpr char kMembership[] = "tenants/acme/memberships/01890000-0000-7000-8000-000000000001";

class PeopleServiceTest : public TeamsFixture {
 protected:
  absl::StatusOr<v1::Member> GetMember(const tenants::RequestContext& ctx, const std::string& id) {
    v1::GetMemberRequest request;
    request.set_name("tenants/acme/members/" + id);
    return people_.GetMember(ctx, request);
  }
  absl::StatusOr<v1::Member> UpdateMember(const v1::Member& member,
                                          const std::vector<std::string>& paths) {
    v1::UpdateMemberRequest request;
    *request.mutable_member() = member;
    for (const std::string& path : paths) request.mutable_update_mask()->add_paths(path);
    const auto ctx = Owner().Build();
    return people_.UpdateMember(ctx, request);
  }
  std::vector<std::string> MemberNames(const tenants::RequestContext& ctx,
                                       v1::ListMembersRequest request = {}) {
    request.set_parent("tenants/acme");
    auto page = people_.ListMembers(ctx, request);
    EXPECT_THAT(page, IsOk());
    std::vector<std::string> names;
    if (!page.ok()) return names;
    for (const v1::Member& member : page->members()) names.push_back(member.name());
    return names;
  }
  v1::CurrentModel Model(const std::string& date = "2026-03-09") {
    v1::GetCurrentModelRequest request;
    request.set_parent("tenants/acme");
    request.set_date(date);
    const auto ctx = Owner().Build();
    auto model = people_.GetCurrentModel(ctx, request);
    EXPECT_THAT(model, IsOk());
    return model.ok() ? *model : v1::CurrentModel();
  }
};

TEST_F(PeopleServiceTest, KeepsAMemberAndGivesHimBack) {
  const v1::Member made = AddMember("li-wei");
  EXPECT_EQ(made.name(), "tenants/acme/members/li-wei");
  const auto ctx = Owner().Build();
  ASSERT_OK_AND_ASSIGN(const v1::Member got, GetMember(ctx, "li-wei"));
  EXPECT_THAT(got, EqualsProto(made));
  EXPECT_THAT(GetMember(ctx, "nobody"), HasReason("RESOURCE_NOT_FOUND"));
  EXPECT_THAT(GetMember(ctx, "nobody"), IsAbout("tenants/acme/members/nobody"));
}

TEST_F(PeopleServiceTest, RefusesATakenId) {
  AddMember("li-wei");
  v1::CreateMemberRequest request;
  request.set_member_id("li-wei");
  request.mutable_member()->set_display_name("Another");
  request.mutable_member()->set_joined_date("2026-01-01");
  const auto ctx = Owner().Build();
  const auto taken = people_.CreateMember(ctx, request);
  EXPECT_THAT(taken, HasReason("RESOURCE_EXISTS"));
  EXPECT_THAT(taken, IsAbout("tenants/acme/members/li-wei"));
}

TEST_F(PeopleServiceTest, LinksAnAccountToOneMemberAlone) {
  v1::Member member = AddMember("li-wei");
  member.set_membership(kMembership);
  ASSERT_THAT(UpdateMember(member, {"membership"}), IsOk());
  v1::Member other = AddMember("wang-fang");
  other.set_membership(kMembership);
  EXPECT_THAT(UpdateMember(other, {"membership"}), HasReason("MEMBERSHIP_LINKED"));
  v1::CreateMemberRequest request;
  request.set_member_id("zhao-lei");
  *request.mutable_member() = other;
  const auto ctx = Owner().Build();
  EXPECT_THAT(people_.CreateMember(ctx, request), HasReason("MEMBERSHIP_LINKED"));
  v1::ListMembersRequest list;
  list.set_membership(kMembership);
  EXPECT_THAT(MemberNames(ctx, list), ElementsAre("tenants/acme/members/li-wei"));
}

TEST_F(PeopleServiceTest, UpdatesWhatTheMaskNames) {
  v1::Member member = AddMember("li-wei");
  member.set_display_name("李伟");
  member.set_left_date("2026-09-01");
  ASSERT_OK_AND_ASSIGN(v1::Member updated, UpdateMember(member, {"display_name"}));
  EXPECT_EQ(updated.display_name(), "李伟");
  EXPECT_EQ(updated.left_date(), "");
  EXPECT_THAT(UpdateMember(member, {"left_date"}), HasReason("ETAG_MISMATCH"));
  updated.set_left_date("2026-09-01");
  ASSERT_OK_AND_ASSIGN(updated, UpdateMember(updated, {}));
  EXPECT_EQ(updated.left_date(), "2026-09-01");
  updated.set_left_date("");
  ASSERT_OK_AND_ASSIGN(updated, UpdateMember(updated, {"*"}));
  EXPECT_EQ(updated.left_date(), "");
  EXPECT_THAT(UpdateMember(updated, {"uid"}), HasReason("FIELD_INVALID"));
}

TEST_F(PeopleServiceTest, RefusesDatesThatCutARoleOff) {
  v1::Member member = AddMember("li-wei");
  ASSERT_THAT(Give(Role("li-wei", kSales, 1'000'000)), IsOk());
  member.set_left_date("2026-09-01");
  EXPECT_THAT(UpdateMember(member, {"left_date"}), HasReason("MEMBER_HAS_ASSIGNMENTS"));
}

TEST_F(PeopleServiceTest, PagesThroughMembersInOrder) {
  for (const char* id : {"cai", "ann", "bob"}) AddMember(id);
  v1::ListMembersRequest request;
  request.set_parent("tenants/acme");
  request.set_page_size(2);
  const auto ctx = Owner().Build();
  ASSERT_OK_AND_ASSIGN(const v1::ListMembersResponse first, people_.ListMembers(ctx, request));
  EXPECT_THAT(first.members(), SizeIs(2));
  EXPECT_EQ(first.members(1).name(), "tenants/acme/members/bob");
  request.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const v1::ListMembersResponse last, people_.ListMembers(ctx, request));
  ASSERT_THAT(last.members(), SizeIs(1));
  EXPECT_EQ(last.members(0).name(), "tenants/acme/members/cai");
  EXPECT_EQ(last.next_page_token(), "");
  request.set_present_on_date("2026-03-01");
  EXPECT_THAT(people_.ListMembers(ctx, request), HasReason("PAGE_TOKEN_INVALID"));
}

TEST_F(PeopleServiceTest, ListsWhoIsPresentOnADay) {
  AddMember("early", "2025-01-01");
  v1::Member left = AddMember("left", "2025-01-01");
  left.set_left_date("2026-01-01");
  ASSERT_THAT(UpdateMember(left, {"left_date"}), IsOk());
  AddMember("late", "2026-06-01");
  v1::ListMembersRequest request;
  request.set_present_on_date("2026-01-01");
  const auto ctx = Owner().Build();
  EXPECT_THAT(MemberNames(ctx, request), ElementsAre("tenants/acme/members/early"));
  EXPECT_THAT(MemberNames(ctx), SizeIs(3));
}

TEST_F(PeopleServiceTest, CreatesAThousandMembersAtOnceOrNone) {
  v1::BatchCreateMembersRequest request;
  for (int i = 0; i < 1000; ++i) {
    v1::NewMember& item = *request.add_members();
    item.set_member_id("member-" + std::to_string(i));
    item.mutable_member()->set_display_name("Member");
    item.mutable_member()->set_joined_date("2026-01-01");
  }
  v1::BatchCreateMembersRequest bad = request;
  bad.mutable_members(999)->set_member_id("member-0");
  const auto refused = Owner().Build();
  EXPECT_THAT(people_.BatchCreateMembers(refused, bad), HasReason("FIELD_INVALID"));
  const base::Uuid id = FreshRequestId();
  const auto ctx = Owner().RequestId(id).Payload("batch").Build();
  ASSERT_OK_AND_ASSIGN(const auto made, people_.BatchCreateMembers(ctx, request));
  EXPECT_THAT(made.members(), SizeIs(1000));
  // The reply is too large to be kept, so a repeat reads the members again.
  const auto again = Owner().RequestId(id).Payload("batch").Build();
  ASSERT_OK_AND_ASSIGN(const auto repeated, people_.BatchCreateMembers(again, request));
  EXPECT_THAT(repeated, EqualsProto(made));
  bad.mutable_members(999)->set_member_id("member-new");
  const auto exists = Owner().Build();
  EXPECT_THAT(people_.BatchCreateMembers(exists, bad), HasReason("RESOURCE_EXISTS"));
  EXPECT_THAT(GetMember(exists, "member-new"), HasReason("RESOURCE_NOT_FOUND"));
}

TEST_F(PeopleServiceTest, KeepsTeamsWithLeadAndBudget) {
  AddMember("li-wei");
  v1::Team team = AddTeam("east", v1::TEAM_KIND_SALES, "li-wei");
  EXPECT_EQ(team.lead_member(), "tenants/acme/members/li-wei");
  team.mutable_monthly_budget()->set_amount_minor(500'000);
  team.mutable_monthly_budget()->set_currency_code("USD");
  v1::UpdateTeamRequest update;
  *update.mutable_team() = team;
  update.mutable_update_mask()->add_paths("monthly_budget");
  const auto ctx = Owner().Build();
  ASSERT_OK_AND_ASSIGN(const v1::Team updated, people_.UpdateTeam(ctx, update));
  EXPECT_EQ(updated.monthly_budget().amount_minor(), 500'000);
  const auto stale = Owner().Build();
  EXPECT_THAT(people_.UpdateTeam(stale, update), HasReason("ETAG_MISMATCH"));
  v1::GetTeamRequest get;
  get.set_name(team.name());
  const auto read = Owner().Build();
  ASSERT_OK_AND_ASSIGN(const v1::Team got, people_.GetTeam(read, get));
  EXPECT_THAT(got, EqualsProto(updated));
  ASSERT_OK_AND_ASSIGN(const auto listed, people_.ListTeams(read, v1::ListTeamsRequest()));
  EXPECT_THAT(listed.teams(), SizeIs(1));
}

TEST_F(PeopleServiceTest, RefusesATeamOfATakenIdOrAnUnknownLead) {
  AddTeam("east", v1::TEAM_KIND_SALES);
  v1::CreateTeamRequest request;
  request.set_team_id("east");
  request.mutable_team()->set_display_name("East");
  request.mutable_team()->set_kind(v1::TEAM_KIND_SALES);
  const auto taken = Owner().Build();
  const auto exists = people_.CreateTeam(taken, request);
  EXPECT_THAT(exists, HasReason("RESOURCE_EXISTS"));
  EXPECT_THAT(exists, IsAbout("tenants/acme/teams/east"));
  request.set_team_id("west");
  request.mutable_team()->set_lead_member("tenants/acme/members/nobody");
  const auto unknown = Owner().Build();
  EXPECT_THAT(people_.CreateTeam(unknown, request), HasReason("RESOURCE_NOT_FOUND"));
}

TEST_F(PeopleServiceTest, RefusesSharesThatOverlapBeyondTheWhole) {
  AddMember("li-wei");
  ASSERT_THAT(Give(Role("li-wei", kSales, 600'000)), IsOk());
  ASSERT_THAT(Give(Role("li-wei", kCs, 400'000)), IsOk());
  EXPECT_THAT(Give(Role("li-wei", kOperations, 10'000)), HasReason("EFFORT_SHARE_EXCEEDED"));
  EXPECT_THAT(Give(Role("li-wei", kSales, 10'000)), HasReason("ROLE_ALREADY_HELD"));
  v1::RoleAssignment early = Role("li-wei", kMarketing, 10'000);
  early.set_effective_start_date("2025-12-31");
  EXPECT_THAT(Give(early), HasReason("ASSIGNMENT_OUTSIDE_EMPLOYMENT"));
  EXPECT_THAT(Give(Role("nobody", kSales, 10'000)), HasReason("RESOURCE_NOT_FOUND"));
  EXPECT_THAT(Give(Role("li-wei", kSales, 10'000, "nowhere")), HasReason("RESOURCE_NOT_FOUND"));
  EXPECT_THAT(Give(Role("li-wei", kSales, 10'000, "nowhere")),
              IsAbout("tenants/acme/teams/nowhere"));
}

TEST_F(PeopleServiceTest, LetsOneOfTwoConcurrentGrantsThrough) {
  AddMember("li-wei");
  std::vector<absl::Status> results(2);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < results.size(); ++i) {
    v1::CreateRoleAssignmentRequest request;
    *request.mutable_role_assignment() = Role("li-wei", i == 0 ? kSales : kCs, 600'000);
    threads.emplace_back([this, i, request, &results, ctx = Owner().Build()] {
      results[i] = people_.CreateRoleAssignment(ctx, request).status();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_NE(results[0].ok(), results[1].ok()) << results[0] << " and " << results[1];
  EXPECT_THAT(results[0].ok() ? results[1] : results[0], HasReason("EFFORT_SHARE_EXCEEDED"));
}

TEST_F(PeopleServiceTest, ChecksABatchOfRolesAgainstItself) {
  AddMember("li-wei");
  AddMember("wang-fang");
  v1::BatchCreateRoleAssignmentsRequest request;
  *request.add_role_assignments() = Role("li-wei", kSales, 600'000);
  *request.add_role_assignments() = Role("wang-fang", kSales, 1'000'000);
  *request.add_role_assignments() = Role("li-wei", kCs, 600'000);
  const auto refused = Owner().Build();
  EXPECT_THAT(people_.BatchCreateRoleAssignments(refused, request),
              HasReason("EFFORT_SHARE_EXCEEDED"));
  request.mutable_role_assignments(2)->set_effort_share_ppm(400'000);
  const auto ctx = Owner().Build();
  ASSERT_OK_AND_ASSIGN(const auto made, people_.BatchCreateRoleAssignments(ctx, request));
  EXPECT_THAT(made.role_assignments(), SizeIs(3));
}

TEST_F(PeopleServiceTest, RepeatsALargeBatchOfRolesFromTheRowsItMade) {
  v1::BatchCreateMembersRequest members;
  v1::BatchCreateRoleAssignmentsRequest request;
  for (int i = 0; i < 400; ++i) {
    v1::NewMember& item = *members.add_members();
    item.set_member_id("member-" + std::to_string(i));
    item.mutable_member()->set_display_name("Member");
    item.mutable_member()->set_joined_date("2026-01-01");
    *request.add_role_assignments() = Role(item.member_id(), kSales, 1'000'000);
  }
  const auto first = Owner().Build();
  ASSERT_THAT(people_.BatchCreateMembers(first, members), IsOk());
  const base::Uuid id = FreshRequestId();
  const auto ctx = Owner().RequestId(id).Payload("roles").Build();
  ASSERT_OK_AND_ASSIGN(const auto made, people_.BatchCreateRoleAssignments(ctx, request));
  const auto again = Owner().RequestId(id).Payload("roles").Build();
  ASSERT_OK_AND_ASSIGN(const auto repeated, people_.BatchCreateRoleAssignments(again, request));
  EXPECT_THAT(repeated, EqualsProto(made));
}

TEST_F(PeopleServiceTest, EndsARoleOnceAndNeverProlongsIt) {
  AddMember("li-wei");
  ASSERT_OK_AND_ASSIGN(const v1::RoleAssignment open, Give(Role("li-wei", kSales, 1'000'000)));
  v1::EndRoleAssignmentRequest request;
  request.set_name(open.name());
  request.set_effective_end_date("2026-06-01");
  request.set_etag(open.etag());
  const auto ctx = Owner().Build();
  ASSERT_OK_AND_ASSIGN(const v1::RoleAssignment ended, people_.EndRoleAssignment(ctx, request));
  EXPECT_EQ(ended.effective_end_date(), "2026-06-01");
  const auto stale = Owner().Build();
  EXPECT_THAT(people_.EndRoleAssignment(stale, request), HasReason("ETAG_MISMATCH"));
  request.set_etag(ended.etag());
  request.set_effective_end_date("2026-07-01");
  const auto longer = Owner().Build();
  EXPECT_THAT(people_.EndRoleAssignment(longer, request), HasReason("STATE_NOT_ALLOWED"));
  v1::RoleAssignment next = Role("li-wei", kSales, 1'000'000);
  next.set_effective_start_date("2026-06-01");
  EXPECT_THAT(Give(next), IsOk());
}

TEST_F(PeopleServiceTest, ListsWhoHeldWhichRoleWhen) {
  AddMember("li-wei");
  AddMember("wang-fang");
  AddTeam("east", v1::TEAM_KIND_SALES);
  v1::RoleAssignment spring = Role("li-wei", kSales, 1'000'000, "east");
  spring.set_effective_end_date("2026-06-01");
  ASSERT_THAT(Give(spring), IsOk());
  ASSERT_THAT(Give(Role("wang-fang", kCs, 1'000'000)), IsOk());
  const auto ctx = Owner().Build();
  const auto count = [&](const v1::ListRoleAssignmentsRequest& request) {
    auto page = people_.ListRoleAssignments(ctx, request);
    EXPECT_THAT(page, IsOk());
    return page.ok() ? page->role_assignments_size() : -1;
  };
  v1::ListRoleAssignmentsRequest request;
  EXPECT_EQ(count(request), 2);
  request.set_team("tenants/acme/teams/east");
  EXPECT_EQ(count(request), 1);
  request.mutable_period()->set_start_date("2026-06-01");
  request.mutable_period()->set_end_date("2026-07-01");
  EXPECT_EQ(count(request), 0);
  request.mutable_period()->set_start_date("2026-05-31");
  EXPECT_EQ(count(request), 1);
  request.clear_team();
  request.set_role(kCs);
  EXPECT_EQ(count(request), 1);
  request.set_member("tenants/acme/members/li-wei");
  EXPECT_EQ(count(request), 0);
  request.mutable_period()->set_end_date("2026-05-31");
  EXPECT_THAT(people_.ListRoleAssignments(ctx, request), HasReason("FIELD_INVALID"));
}

TEST_F(PeopleServiceTest, ShowsTheRosterOfADayPageByPage) {
  for (const char* id : {"ann", "bob", "cai"}) AddMember(id);
  ASSERT_THAT(Give(Role("ann", kSales, 500'000)), IsOk());
  ASSERT_THAT(Give(Role("ann", kCs, 500'000)), IsOk());
  ASSERT_THAT(Give(Role("cai", kSales, 500'000)), IsOk());
  v1::ListRosterRequest request;
  request.set_date("2026-02-01");
  request.set_page_size(2);
  const auto ctx = Owner().Build();
  ASSERT_OK_AND_ASSIGN(const v1::ListRosterResponse first, people_.ListRoster(ctx, request));
  ASSERT_THAT(first.entries(), SizeIs(2));
  EXPECT_THAT(first.entries(0).role_assignments(), SizeIs(2));
  EXPECT_THAT(first.entries(1).role_assignments(), IsEmpty());
  request.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const v1::ListRosterResponse last, people_.ListRoster(ctx, request));
  ASSERT_THAT(last.entries(), SizeIs(1));
  EXPECT_THAT(last.entries(0).role_assignments(), SizeIs(1));
  request.clear_page_token();
  request.set_date("2025-02-01");
  ASSERT_OK_AND_ASSIGN(const v1::ListRosterResponse before, people_.ListRoster(ctx, request));
  EXPECT_THAT(before.entries(), IsEmpty());
}

TEST_F(PeopleServiceTest, LetsAMemberSeeHimselfAndTheTeamsHeLeads) {
  for (const char* id : {"lead", "mate", "other"}) AddMember(id);
  AddTeam("east", v1::TEAM_KIND_SALES, "lead");
  AddTeam("west", v1::TEAM_KIND_SALES);
  ASSERT_THAT(Give(Role("mate", kSales, 1'000'000, "east")), IsOk());
  ASSERT_THAT(Give(Role("other", kSales, 1'000'000, "west")), IsOk());
  const auto lead = As("lead").Build();
  EXPECT_THAT(MemberNames(lead),
              ElementsAre("tenants/acme/members/lead", "tenants/acme/members/mate"));
  EXPECT_THAT(GetMember(lead, "mate"), IsOk());
  EXPECT_THAT(GetMember(lead, "other"), HasReason("PERMISSION_MISSING"));
  EXPECT_THAT(GetMember(lead, "nobody"), HasReason("PERMISSION_MISSING"));
  const auto mate = As("mate").Build();
  EXPECT_THAT(MemberNames(mate), ElementsAre("tenants/acme/members/mate"));
  v1::GetTeamRequest team;
  team.set_name("tenants/acme/teams/east");
  EXPECT_THAT(people_.GetTeam(lead, team), IsOk());
  EXPECT_THAT(people_.GetTeam(mate, team), HasReason("PERMISSION_MISSING"));
  ASSERT_OK_AND_ASSIGN(const auto teams, people_.ListTeams(lead, v1::ListTeamsRequest()));
  EXPECT_THAT(teams.teams(), SizeIs(1));
  ASSERT_OK_AND_ASSIGN(const auto roles,
                       people_.ListRoleAssignments(mate, v1::ListRoleAssignmentsRequest()));
  EXPECT_THAT(roles.role_assignments(), SizeIs(1));
  v1::GetCurrentModelRequest model;
  model.set_date("2026-03-09");
  EXPECT_THAT(people_.GetCurrentModel(lead, model), HasReason("PERMISSION_MISSING"));
}

// Pages are made of what the caller may see: their number tells nothing of the others.
TEST_F(PeopleServiceTest, PagesOfAMemberDoNotCountTheCompany) {
  for (const char* id : {"ann", "lead", "mate", "other", "zoe"}) AddMember(id);
  AddTeam("east", v1::TEAM_KIND_SALES, "lead");
  for (const char* id : {"alps", "north", "west"}) AddTeam(id, v1::TEAM_KIND_SALES);
  for (const char* id : {"ann", "other", "zoe"}) {
    ASSERT_THAT(Give(Role(id, kSales, 1'000'000, "west")), IsOk());
  }
  ASSERT_THAT(Give(Role("mate", kSales, 1'000'000, "east")), IsOk());
  const auto pages = [](auto list, auto request, auto size) {
    std::vector<int> sizes;
    request.set_page_size(1);
    do {
      const auto page = list(request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) break;
      sizes.push_back(size(*page));
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return sizes;
  };
  const auto lead = As("lead").Build();
  v1::ListMembersRequest present;
  present.set_present_on_date("2026-03-01");
  for (const v1::ListMembersRequest& request : {v1::ListMembersRequest(), present}) {
    EXPECT_THAT(pages([&](const auto& asked) { return people_.ListMembers(lead, asked); }, request,
                      [](const auto& page) { return page.members_size(); }),
                ElementsAre(1, 1));
  }
  v1::ListRosterRequest roster;
  roster.set_date("2026-03-01");
  EXPECT_THAT(pages([&](const auto& asked) { return people_.ListRoster(lead, asked); }, roster,
                    [](const auto& page) { return page.entries_size(); }),
              ElementsAre(1, 1));
  EXPECT_THAT(pages([&](const auto& asked) { return people_.ListTeams(lead, asked); },
                    v1::ListTeamsRequest(), [](const auto& page) { return page.teams_size(); }),
              ElementsAre(1));
  EXPECT_THAT(pages([&](const auto& asked) { return people_.ListRoleAssignments(lead, asked); },
                    v1::ListRoleAssignmentsRequest(),
                    [](const auto& page) { return page.role_assignments_size(); }),
              ElementsAre(1));
  const auto nobody = Owner().Role(tenants::AccessRole::kMember).Build();
  EXPECT_THAT(pages([&](const auto& asked) { return people_.ListMembers(nobody, asked); },
                    v1::ListMembersRequest(), [](const auto& page) { return page.members_size(); }),
              ElementsAre(0));
}

TEST_F(PeopleServiceTest, ShowsNobodyToAnAccountWithoutAMember) {
  AddMember("li-wei");
  const auto ctx = Owner().Role(tenants::AccessRole::kMember).Build();
  EXPECT_THAT(MemberNames(ctx), IsEmpty());
}

TEST_F(PeopleServiceTest, TellsTheScopeOfALead) {
  for (const char* id : {"ann", "lead", "mate"}) AddMember(id);
  AddTeam("east", v1::TEAM_KIND_SALES, "lead");
  v1::RoleAssignment ended = Role("ann", kSales, 1'000'000, "east");
  ended.set_effective_end_date("2026-02-01");
  ASSERT_THAT(Give(ended), IsOk());
  ASSERT_THAT(Give(Role("mate", kSales, 1'000'000, "east")), IsOk());
  v1::GetMemberScopeRequest request;
  request.set_name("tenants/acme/members/lead");
  request.set_date("2026-03-01");
  const auto ctx = Owner().Build();
  ASSERT_OK_AND_ASSIGN(const v1::MemberScope scope, people_.GetMemberScope(ctx, request));
  EXPECT_THAT(scope.teams(), ElementsAre("tenants/acme/teams/east"));
  EXPECT_THAT(scope.members(),
              ElementsAre("tenants/acme/members/lead", "tenants/acme/members/mate"));
  const auto mate = As("mate").Build();
  EXPECT_THAT(people_.GetMemberScope(mate, request), HasReason("PERMISSION_MISSING"));
}

TEST_F(PeopleServiceTest, CountsTheCompanyByItsRoles) {
  for (int i = 0; i < 10; ++i) AddMember("sales-" + std::to_string(i));
  for (int i = 0; i < 9; ++i) {
    ASSERT_THAT(Give(Role("sales-" + std::to_string(i), kSales, 500'000)), IsOk());
  }
  AddMember("agency-ann");
  ASSERT_THAT(Give(Role("agency-ann", kAgency, 1'000'000)), IsOk());
  v1::CurrentModel model = Model();
  EXPECT_EQ(model.headcount(), 10);
  EXPECT_EQ(model.sales(), 9);
  EXPECT_EQ(model.model(), v1::TEAM_MODEL_PURE_SALES);
  AddMember("ops-one");
  ASSERT_THAT(Give(Role("ops-one", kOperations, 1'000'000)), IsOk());
  model = Model();
  EXPECT_EQ(model.headcount(), 11);
  EXPECT_EQ(model.model(), v1::TEAM_MODEL_SALES_OPERATIONS);
  EXPECT_EQ(Model("2025-12-31").headcount(), 0);
}

TEST_F(PeopleServiceTest, SeesADepartmentOnlyWithLeadAndBudget) {
  for (int i = 0; i < 8; ++i) {
    AddMember("sales-" + std::to_string(i));
    ASSERT_THAT(Give(Role("sales-" + std::to_string(i), kSales, 500'000)), IsOk());
  }
  for (const char* id : {"mk-one", "mk-two"}) {
    AddMember(id);
    ASSERT_THAT(Give(Role(id, kMarketing, 1'000'000)), IsOk());
  }
  v1::Team team = AddTeam("marketing", v1::TEAM_KIND_MARKETING, "mk-one");
  EXPECT_EQ(Model().model(), v1::TEAM_MODEL_TRANSITIONAL);
  EXPECT_EQ(Model().nearest_model(), v1::TEAM_MODEL_SALES_MARKETING);
  team.mutable_monthly_budget()->set_amount_minor(1);
  team.mutable_monthly_budget()->set_currency_code("USD");
  v1::UpdateTeamRequest update;
  *update.mutable_team() = team;
  const auto ctx = Owner().Build();
  ASSERT_THAT(people_.UpdateTeam(ctx, update), IsOk());
  EXPECT_EQ(Model().model(), v1::TEAM_MODEL_SALES_MARKETING);
}

TEST_F(PeopleServiceTest, ShowsOneTenantNothingOfAnother) {
  AddMember("li-wei");
  const auto stranger = argosy::testing::ContextForTest(argosy::testing::FreshTenantUid()).Build();
  EXPECT_THAT(GetMember(stranger, "li-wei"), HasReason("RESOURCE_NOT_FOUND"));
  EXPECT_THAT(MemberNames(stranger), IsEmpty());
}

TEST_F(PeopleServiceTest, KeepsNothingOfADryRun) {
  v1::CreateMemberRequest request;
  request.set_member_id("li-wei");
  request.mutable_member()->set_display_name("Li Wei");
  request.mutable_member()->set_joined_date("2026-01-01");
  const auto dry = Owner().ValidateOnly().Build();
  EXPECT_THAT(people_.CreateMember(dry, request), IsOk());
  const auto ctx = Owner().Build();
  EXPECT_THAT(GetMember(ctx, "li-wei"), HasReason("RESOURCE_NOT_FOUND"));
}

}  // namespace
}  // namespace argosy::teams
