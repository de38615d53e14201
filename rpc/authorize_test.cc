#include "rpc/authorize.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rpc/status_mapping.h"
#include "rpc/testing/note.pb.h"
#include "rpc/testing/token_maker.h"
#include "tests/support/status_matchers.h"

namespace argosy::rpc {
namespace {

using testing::HasReason;
using testing::IsOk;

const absl::Time kNow = absl::FromUnixSeconds(1'773'028'800);

class AuthorizeTest : public ::testing::Test {
 protected:
  AuthorizeTest() {
    tenants_.Add("acme", tenants::TenantKind::kCompany);
    tenants_.Add("globex", tenants::TenantKind::kCompany);
    tenants_.Add("platform", tenants::TenantKind::kPlatform);
    method_.permission = tenants::Permission::kTeamsRead;
    method_.scope = common::v1::SCOPE_TENANT;
    method_.resource_path = {
        chassistest::v1::GetNoteRequest::descriptor()->FindFieldByName("name")};
    caller_.claims = TokenMaker::OwnerOfAcme(kNow);
    caller_.role = tenants::AccessRole::kOwner;
  }

  absl::StatusOr<Grant> Ask(const std::string& tenant) {
    return Authorize(caller_,
                     {.method = method_,
                      .resource = absl::StrCat("tenants/", tenant, "/notes/n"),
                      .tenant_id = tenant},
                     tenants_, kNow + absl::Seconds(5));
  }
  void BecomeOperator() {
    caller_.claims.tenant_id = *base::TenantId::Parse("platform");
    caller_.claims.tenant_uid = testing::TenantUidForTest("platform");
    caller_.role = tenants::AccessRole::kPlatformOperator;
    method_.scope = common::v1::SCOPE_PLATFORM;
    method_.permission = tenants::Permission::kTenantsGet;
  }

  FakeTenants tenants_;
  Method method_;
  Caller caller_;
};

TEST_F(AuthorizeTest, GrantsTheTokensOwnTenant) {
  const auto grant = Ask("acme");
  ASSERT_THAT(grant, IsOk());
  EXPECT_EQ(grant->tenant.uid, testing::TenantUidForTest("acme"));
  EXPECT_TRUE(grant->permissions.Has(tenants::Permission::kTeamsRead));
}

TEST_F(AuthorizeTest, AnswersForeignAndUnknownTenantsInTheSameBytes) {
  const ErrorOrigin origin{.domain = "teams.argosy", .call_id = "c"};
  const int before = tenants_.lookups();
  const grpc::Status foreign = ToGrpcStatus(Ask("globex").status(), origin);
  const grpc::Status unknown = ToGrpcStatus(Ask("nobody").status(), origin);
  // Neither is looked up, so neither takes longer.
  EXPECT_EQ(tenants_.lookups(), before);
  EXPECT_EQ(foreign.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(unknown.error_code(), foreign.error_code());
  const auto renamed = [](std::string bytes) {
    for (size_t at = bytes.find("globex"); at != std::string::npos; at = bytes.find("globex")) {
      bytes.replace(at, 6, "nobody");
    }
    return bytes;
  };
  EXPECT_EQ(renamed(foreign.error_message()), unknown.error_message());
  EXPECT_EQ(renamed(foreign.error_details()), unknown.error_details());
}

TEST_F(AuthorizeTest, AnswersAGoneTenantLikeAForeignOne) {
  caller_.claims.tenant_id = *base::TenantId::Parse("gone");
  EXPECT_THAT(Ask("gone"), HasReason("PERMISSION_MISSING"));
}

TEST_F(AuthorizeTest, RefusesAnIdThatNowBelongsToAnotherUid) {
  tenants_.entry("acme").uid = testing::TenantUidForTest("acme-again");
  EXPECT_THAT(Ask("acme"), HasReason("PERMISSION_MISSING"));
}

TEST_F(AuthorizeTest, RefusesARoleWithoutThePermission) {
  method_.permission = tenants::Permission::kTeamsWrite;
  caller_.role = tenants::AccessRole::kMember;
  EXPECT_THAT(Ask("acme"), HasReason("PERMISSION_MISSING"));
}

TEST_F(AuthorizeTest, RefusesTheOperatorRoleInACompany) {
  caller_.role = tenants::AccessRole::kPlatformOperator;
  method_.permission = tenants::Permission::kTenantsGet;
  EXPECT_THAT(Ask("acme"), HasReason("PERMISSION_MISSING"));
}

TEST_F(AuthorizeTest, RefusesATokenOfAnEarlierEpoch) {
  tenants_.entry("acme").epoch = 2;
  EXPECT_THAT(Ask("acme"), HasReason("CREDENTIAL_INVALID"));
}

TEST_F(AuthorizeTest, LetsNothingBeCalledOfASuspendedTenant) {
  tenants_.entry("acme").state = tenants::TenantState::kSuspended;
  EXPECT_THAT(Ask("acme"), HasReason("TENANT_SUSPENDED"));
  method_.mutates = true;
  EXPECT_THAT(Ask("acme"), HasReason("TENANT_SUSPENDED"));
}

TEST_F(AuthorizeTest, WantsTheResourceNamed) {
  EXPECT_THAT(Authorize(caller_, {.method = method_}, tenants_, kNow), HasReason("FIELD_INVALID"));
}

TEST_F(AuthorizeTest, RefusesAResourceOfNoTenant) {
  EXPECT_THAT(Authorize(caller_, {.method = method_, .resource = "users/u"}, tenants_, kNow),
              HasReason("PERMISSION_MISSING"));
}

TEST_F(AuthorizeTest, PassesOnThatTheDirectoryIsAway) {
  tenants_.Fail(base::MakeFault(absl::StatusCode::kUnavailable, "no database",
                                {.reason = "DEPENDENCY_DOWN"}));
  EXPECT_THAT(Ask("acme"), HasReason("DEPENDENCY_DOWN"));
}

TEST_F(AuthorizeTest, GrantsThePlatformToItsOperatorWhateverTenantIsNamed) {
  BecomeOperator();
  const auto grant = Ask("globex");
  ASSERT_THAT(grant, IsOk());
  EXPECT_EQ(grant->tenant.kind, tenants::TenantKind::kPlatform);
}

TEST_F(AuthorizeTest, RefusesThePlatformToACompanysOwner) {
  method_.scope = common::v1::SCOPE_PLATFORM;
  method_.permission = tenants::Permission::kTenantsGet;
  EXPECT_THAT(Ask("acme"), HasReason("PERMISSION_MISSING"));
}

TEST_F(AuthorizeTest, RefusesCompanyResourcesToAnOperatorsToken) {
  BecomeOperator();
  method_.scope = common::v1::SCOPE_TENANT;
  EXPECT_THAT(Ask("acme"), HasReason("PERMISSION_MISSING"));
}

}  // namespace
}  // namespace argosy::rpc
