// A teams service over a database of its own, a fresh tenant per test.
#ifndef ARGOSY_SERVICES_TEAMS_SERVICE_TEAMS_FIXTURE_TEST_H_
#define ARGOSY_SERVICES_TEAMS_SERVICE_TEAMS_FIXTURE_TEST_H_

#include <memory>
#include <string>

#include "base/crypto.h"
#include "base/page_token.h"
#include "base/random.h"
#include "gtest/gtest.h"
#include "services/teams/service/collaborators.h"
#include "services/teams/service/people_service.h"
#include "tests/support/context_for_test.h"
#include "tests/support/test_database.h"

namespace argosy::teams {

class TeamsFixture : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { database_ = argosy::testing::TestDatabase::Create("teams"); }
  static void TearDownTestSuite() { database_.reset(); }

  // The owner of the test's tenant; every call is one of its own.
  argosy::testing::ContextForTest Owner() {
    argosy::testing::ContextForTest context(tenant_);
    context.Payload(std::to_string(++calls_));
    return context;
  }
  // A caller of own scope who is `member`.
  argosy::testing::ContextForTest As(const std::string& member) {
    argosy::testing::ContextForTest context = Owner();
    context.Role(tenants::AccessRole::kMember).Member(member);
    return context;
  }

  v1::Member AddMember(const std::string& id, const std::string& joined = "2026-01-01") {
    v1::CreateMemberRequest request;
    request.set_parent("tenants/acme");
    request.set_member_id(id);
    request.mutable_member()->set_display_name(id);
    request.mutable_member()->set_joined_date(joined);
    const auto ctx = Owner().Build();
    auto made = people_.CreateMember(ctx, request);
    EXPECT_TRUE(made.ok()) << made.status();
    return made.ok() ? *made : v1::Member();
  }

  v1::Team AddTeam(const std::string& id, v1::TeamKind kind, const std::string& lead = "") {
    v1::CreateTeamRequest request;
    request.set_parent("tenants/acme");
    request.set_team_id(id);
    request.mutable_team()->set_display_name(id);
    request.mutable_team()->set_kind(kind);
    if (!lead.empty()) request.mutable_team()->set_lead_member("tenants/acme/members/" + lead);
    const auto ctx = Owner().Build();
    auto made = people_.CreateTeam(ctx, request);
    EXPECT_TRUE(made.ok()) << made.status();
    return made.ok() ? *made : v1::Team();
  }

  static v1::RoleAssignment Role(const std::string& member, common::v1::BusinessRole role,
                                 int64_t share_ppm, const std::string& team = "") {
    v1::RoleAssignment assignment;
    assignment.set_member("tenants/acme/members/" + member);
    if (!team.empty()) assignment.set_team("tenants/acme/teams/" + team);
    assignment.set_role(role);
    assignment.set_effective_start_date("2026-01-01");
    assignment.set_effort_share_ppm(share_ppm);
    return assignment;
  }

  absl::StatusOr<v1::RoleAssignment> Give(const v1::RoleAssignment& assignment) {
    v1::CreateRoleAssignmentRequest request;
    request.set_parent("tenants/acme");
    *request.mutable_role_assignment() = assignment;
    const auto ctx = Owner().Build();
    return people_.CreateRoleAssignment(ctx, request);
  }

  static inline std::unique_ptr<argosy::testing::TestDatabase> database_;
  const base::TenantUid tenant_ = argosy::testing::FreshTenantUid();
  int calls_ = 0;
  base::IdSource ids_{database_->entropy()};
  base::PageTokens pages_{base::SealingKey::Generate(database_->entropy()), database_->entropy(),
                          database_->clock()};
  Collaborators with_{.db = database_->session(), .ids = ids_, .pages = pages_};
  PeopleService people_{with_};
};

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_SERVICE_TEAMS_FIXTURE_TEST_H_
