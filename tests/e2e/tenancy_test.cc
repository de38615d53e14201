// One company's way through tenancy, over a real server, and the ways that must be closed.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "argosyd/bootstrap.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tenants/audit.h"
#include "tests/e2e/running_product.h"
#include "tests/support/context_for_test.h"
#include "tests/support/status_matchers.h"

namespace argosy::testing {
namespace {

namespace v1 = tenancy::v1;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Tenants = v1::TenantService::Stub;
using Memberships = v1::MembershipService::Stub;
using Tokens = v1::ApiTokenService::Stub;
using Access = v1::AccessService::Stub;

class TenancyTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { product_ = RunningProduct::Start({"tenancy"}); }
  static void TearDownTestSuite() { product_.reset(); }

  TenancyTest()
      : tenants_(v1::TenantService::NewStub(product_->channel())),
        memberships_(v1::MembershipService::NewStub(product_->channel())),
        tokens_(v1::ApiTokenService::NewStub(product_->channel())),
        access_(v1::AccessService::NewStub(product_->channel())) {}

  static std::string NewRequestId() { return FreshRequestId().ToString(); }
  static std::string OperatorAccess() { return product_->AccessOf(product_->operator_token()); }

  absl::StatusOr<v1::Tenant> Get(const std::string& access, const std::string& name) {
    v1::GetTenantRequest request;
    request.set_name(name);
    return Call(*tenants_, &Tenants::GetTenant, access, request);
  }

  template <typename Request>
  absl::StatusOr<v1::Tenant> Move(grpc::Status (Tenants::*verb)(grpc::ClientContext*,
                                                                const Request&, v1::Tenant*),
                                  const std::string& name) {
    Request request;
    request.set_name(name);
    request.set_request_id(NewRequestId());
    return Call(*tenants_, verb, OperatorAccess(), request);
  }

  static v1::CreateMembershipRequest Grant(const std::string& tenant, const std::string& principal,
                                           common::v1::AccessRole role) {
    v1::CreateMembershipRequest request;
    request.set_parent(tenant);
    request.set_request_id(NewRequestId());
    request.mutable_membership()->set_principal(principal);
    request.mutable_membership()->set_access_role(role);
    return request;
  }

  static v1::CreateApiTokenRequest TokenFor(const OnboardedTenant& tenant) {
    v1::CreateApiTokenRequest request;
    request.set_parent(tenant.name);
    request.set_request_id(NewRequestId());
    request.mutable_api_token()->set_membership(tenant.owner);
    return request;
  }

  static inline std::unique_ptr<RunningProduct> product_;
  std::unique_ptr<Tenants> tenants_;
  std::unique_ptr<Memberships> memberships_;
  std::unique_ptr<Tokens> tokens_;
  std::unique_ptr<Access> access_;
};

TEST_F(TenancyTest, OnboardedOwnerReadsTheirTenant) {
  const OnboardedTenant acme = product_->Onboard();
  ASSERT_OK_AND_ASSIGN(const v1::Tenant tenant, Get(product_->AccessOf(acme.api_token), acme.name));
  EXPECT_EQ(tenant.name(), acme.name);
  EXPECT_EQ(tenant.state(), v1::Tenant::STATE_ACTIVE);
  EXPECT_EQ(tenant.display_name(), "Acme 外贸");
  EXPECT_EQ(tenant.reporting_currency_code(), "USD");
}

TEST_F(TenancyTest, ActivationEndsTheOperatorsOwnerTokens) {
  const OnboardedTenant acme = product_->Onboard();
  EXPECT_THAT(product_->Exchange(product_->operator_token(), acme.name),
              HasReason("PERMISSION_MISSING"));
  // The operator still sees what the platform may see of it.
  v1::LookupTenantRequest request;
  request.set_name(acme.name);
  ASSERT_OK_AND_ASSIGN(const v1::Tenant seen,
                       Call(*tenants_, &Tenants::LookupTenant, OperatorAccess(), request));
  EXPECT_EQ(seen.state(), v1::Tenant::STATE_ACTIVE);
}

TEST_F(TenancyTest, TokensTheOperatorMadeEndSoonAfterActivation) {
  const absl::Time before = product_->clock().Now();
  const OnboardedTenant acme = product_->Onboard();
  const std::string access = product_->AccessOf(acme.api_token);
  ASSERT_OK_AND_ASSIGN(const v1::ApiToken own,
                       Call(*tokens_, &Tokens::CreateApiToken, access, TokenFor(acme)));
  v1::ListApiTokensRequest list;
  list.set_parent(acme.name);
  ASSERT_OK_AND_ASSIGN(const auto listed, Call(*tokens_, &Tokens::ListApiTokens, access, list));
  ASSERT_THAT(listed.api_tokens(), SizeIs(2));
  const auto days_of = [&](const v1::ApiToken& token) {
    const absl::Duration left = absl::FromUnixSeconds(token.expire_time().seconds()) - before;
    return (left + absl::Hours(12)) / absl::Hours(24);
  };
  EXPECT_EQ(days_of(listed.api_tokens(0)), 30);
  EXPECT_EQ(listed.api_tokens(1).name(), own.name());
  EXPECT_EQ(days_of(listed.api_tokens(1)), 90);
}

TEST_F(TenancyTest, ActivationNeedsAnOwner) {
  v1::CreateTenantRequest opening;
  opening.set_tenant_id("ownerless");
  opening.set_request_id(NewRequestId());
  opening.mutable_tenant()->set_display_name("Ownerless");
  opening.mutable_tenant()->set_reporting_time_zone("UTC");
  opening.mutable_tenant()->set_reporting_currency_code("EUR");
  opening.mutable_tenant()->mutable_blueprint()->set_name("trading-startup");
  opening.mutable_tenant()->mutable_blueprint()->set_sha256(std::string(64, '0'));
  ASSERT_OK(Call(*tenants_, &Tenants::CreateTenant, OperatorAccess(), opening));
  EXPECT_THAT(Move(&Tenants::ActivateTenant, "tenants/ownerless"),
              IsFault(absl::StatusCode::kFailedPrecondition, std::string("OWNER_MISSING")));
  ASSERT_OK_AND_ASSIGN(const std::string onboarding,
                       product_->Exchange(product_->operator_token(), "tenants/ownerless"));
  ASSERT_OK(Get(onboarding, "tenants/ownerless"));
  opening.set_request_id(NewRequestId());
  EXPECT_THAT(Call(*tenants_, &Tenants::CreateTenant, OperatorAccess(), opening),
              IsFault(absl::StatusCode::kAlreadyExists, std::string("RESOURCE_EXISTS")));
}

TEST_F(TenancyTest, OnboardingIsWrittenInTheTenantsOwnChain) {
  const OnboardedTenant acme = product_->Onboard();
  ASSERT_OK_AND_ASSIGN(const v1::Tenant tenant, Get(product_->AccessOf(acme.api_token), acme.name));
  const std::string methods = product_->database("tenancy").QueryAsRoot(absl::StrCat(
      "SELECT GROUP_CONCAT(method ORDER BY seq) FROM audit WHERE tenant_id = UNHEX(REPLACE('",
      tenant.uid(), "', '-', ''))"));
  EXPECT_THAT(methods, HasSubstr("TenantService/CreateTenant"));
  EXPECT_THAT(methods, HasSubstr("AccessService/ExchangeToken"));
  EXPECT_THAT(methods, HasSubstr("TenantService/ActivateTenant"));
}

TEST_F(TenancyTest, RefusesCallsWithoutAToken) {
  const OnboardedTenant acme = product_->Onboard();
  EXPECT_THAT(Get("", acme.name),
              IsFault(absl::StatusCode::kUnauthenticated, std::string("CREDENTIAL_MISSING")));
  EXPECT_THAT(Get("not-a-token", acme.name), HasReason("CREDENTIAL_INVALID"));
  EXPECT_THAT(Get(acme.api_token, acme.name), HasReason("CREDENTIAL_INVALID"));
}

TEST_F(TenancyTest, AForeignResourceIsAnAbsentOne) {
  const OnboardedTenant acme = product_->Onboard();
  const OnboardedTenant other = product_->Onboard();
  const std::string access = product_->AccessOf(acme.api_token);
  const auto refusal = [&](const std::string& id) {
    v1::GetMembershipRequest request;
    request.set_name(absl::StrCat(acme.name, "/memberships/", id));
    const auto found = Call(*memberships_, &Memberships::GetMembership, access, request);
    EXPECT_THAT(found, IsFault(absl::StatusCode::kNotFound, std::string("RESOURCE_NOT_FOUND")));
    return absl::StrReplaceAll(found.status().ToString(), {{id, "{id}"}});
  };
  const std::string foreign_id = other.owner.substr(other.owner.rfind('/') + 1);
  EXPECT_EQ(refusal(foreign_id), refusal(NewRequestId()));
}

TEST_F(TenancyTest, RefusesANestedForeignName) {
  const OnboardedTenant acme = product_->Onboard();
  const OnboardedTenant other = product_->Onboard();
  const std::string access = product_->AccessOf(acme.api_token);
  v1::CreateApiTokenRequest token = TokenFor(acme);
  token.mutable_api_token()->set_membership(other.owner);
  EXPECT_THAT(Call(*tokens_, &Tokens::CreateApiToken, access, token),
              IsFault(absl::StatusCode::kInvalidArgument, std::string("TENANT_MISMATCH")));
  v1::CreateMembershipRequest grant =
      Grant(acme.name, "spy@acme.example", common::v1::ACCESS_ROLE_MEMBER);
  grant.mutable_membership()->set_member(absl::StrCat(other.name, "/members/li-wei"));
  EXPECT_THAT(Call(*memberships_, &Memberships::CreateMembership, access, grant),
              HasReason("TENANT_MISMATCH"));
}

TEST_F(TenancyTest, RepeatsGiveTheFirstAnswerWithoutTheSecret) {
  const OnboardedTenant acme = product_->Onboard();
  const std::string access = product_->AccessOf(acme.api_token);
  v1::CreateApiTokenRequest request = TokenFor(acme);
  ASSERT_OK_AND_ASSIGN(const v1::ApiToken first,
                       Call(*tokens_, &Tokens::CreateApiToken, access, request));
  ASSERT_OK_AND_ASSIGN(const v1::ApiToken again,
                       Call(*tokens_, &Tokens::CreateApiToken, access, request));
  EXPECT_THAT(first.value(), Not(IsEmpty()));
  EXPECT_THAT(again.value(), IsEmpty());
  EXPECT_EQ(again.name(), first.name());
  EXPECT_THAT(product_->log_text(), Not(HasSubstr(first.value())));
  request.mutable_api_token()->set_display_name("another payload");
  EXPECT_THAT(Call(*tokens_, &Tokens::CreateApiToken, access, request),
              IsFault(absl::StatusCode::kInvalidArgument, std::string("REQUEST_ID_REUSED")));
}

TEST_F(TenancyTest, PageTokensAreOfOneTenantAndOneMethod) {
  const OnboardedTenant acme = product_->Onboard();
  const OnboardedTenant other = product_->Onboard();
  const std::string access = product_->AccessOf(acme.api_token);
  ASSERT_OK(Call(*memberships_, &Memberships::CreateMembership, access,
                 Grant(acme.name, "second@acme.example", common::v1::ACCESS_ROLE_MEMBER)));
  v1::ListMembershipsRequest list;
  list.set_parent(acme.name);
  list.set_page_size(1);
  ASSERT_OK_AND_ASSIGN(const auto page,
                       Call(*memberships_, &Memberships::ListMemberships, access, list));
  EXPECT_THAT(page.memberships(), SizeIs(1));
  list.set_page_token(page.next_page_token());
  ASSERT_OK_AND_ASSIGN(const auto rest,
                       Call(*memberships_, &Memberships::ListMemberships, access, list));
  EXPECT_THAT(rest.memberships(), SizeIs(1));
  EXPECT_EQ(rest.memberships(0).principal(), "second@acme.example");
  EXPECT_THAT(rest.next_page_token(), IsEmpty());

  v1::ListMembershipsRequest foreign = list;
  foreign.set_parent(other.name);
  EXPECT_THAT(Call(*memberships_, &Memberships::ListMemberships,
                   product_->AccessOf(other.api_token), foreign),
              IsFault(absl::StatusCode::kInvalidArgument, std::string("PAGE_TOKEN_INVALID")));
  v1::ListApiTokensRequest tokens;
  tokens.set_parent(acme.name);
  tokens.set_page_token(page.next_page_token());
  EXPECT_THAT(Call(*tokens_, &Tokens::ListApiTokens, access, tokens),
              HasReason("PAGE_TOKEN_INVALID"));
}

TEST_F(TenancyTest, RevokedTokensEndAtOnce) {
  const OnboardedTenant acme = product_->Onboard();
  const std::string access = product_->AccessOf(acme.api_token);
  ASSERT_OK_AND_ASSIGN(const v1::ApiToken token,
                       Call(*tokens_, &Tokens::CreateApiToken, access, TokenFor(acme)));
  const std::string by_token = product_->AccessOf(token.value());
  v1::RevokeApiTokenRequest revocation;
  revocation.set_name(token.name());
  revocation.set_request_id(NewRequestId());
  ASSERT_OK_AND_ASSIGN(const v1::ApiToken revoked,
                       Call(*tokens_, &Tokens::RevokeApiToken, access, revocation));
  EXPECT_TRUE(revoked.has_revoke_time());
  EXPECT_THAT(product_->Exchange(token.value(), ""),
              IsFault(absl::StatusCode::kUnauthenticated, std::string("CREDENTIAL_INVALID")));
  EXPECT_THAT(Get(by_token, acme.name), HasReason("CREDENTIAL_INVALID"));
  EXPECT_OK(Get(product_->AccessOf(acme.api_token), acme.name));
}

TEST_F(TenancyTest, ExpiredTokensAreRefused) {
  const OnboardedTenant acme = product_->Onboard();
  v1::CreateApiTokenRequest request = TokenFor(acme);
  request.mutable_api_token()->mutable_ttl()->set_seconds(60);
  ASSERT_OK_AND_ASSIGN(const v1::ApiToken token, Call(*tokens_, &Tokens::CreateApiToken,
                                                      product_->AccessOf(acme.api_token), request));
  const std::string access = product_->AccessOf(token.value());
  EXPECT_OK(Get(access, acme.name));
  product_->clock().Advance(absl::Seconds(61));
  EXPECT_THAT(product_->Exchange(token.value(), ""),
              IsFault(absl::StatusCode::kUnauthenticated, std::string("CREDENTIAL_EXPIRED")));
  EXPECT_OK(Get(access, acme.name));
  product_->clock().Advance(absl::Minutes(11));
  EXPECT_THAT(Get(access, acme.name),
              IsFault(absl::StatusCode::kUnauthenticated, std::string("CREDENTIAL_EXPIRED")));
}

TEST_F(TenancyTest, SuspensionStopsATenantAndResumingStartsIt) {
  const OnboardedTenant acme = product_->Onboard();
  const std::string access = product_->AccessOf(acme.api_token);
  ASSERT_OK(Move(&Tenants::SuspendTenant, acme.name));
  EXPECT_THAT(Get(access, acme.name), HasReason("CREDENTIAL_INVALID"));
  EXPECT_THAT(product_->Exchange(acme.api_token, ""),
              IsFault(absl::StatusCode::kFailedPrecondition, std::string("TENANT_SUSPENDED")));
  EXPECT_THAT(Move(&Tenants::SuspendTenant, acme.name), HasReason("STATE_NOT_ALLOWED"));
  ASSERT_OK(Move(&Tenants::ResumeTenant, acme.name));
  EXPECT_OK(Get(product_->AccessOf(acme.api_token), acme.name));
}

TEST_F(TenancyTest, TheLastOwnerStays) {
  const OnboardedTenant acme = product_->Onboard();
  const std::string access = product_->AccessOf(acme.api_token);
  v1::DeleteMembershipRequest removal;
  removal.set_name(acme.owner);
  removal.set_request_id(NewRequestId());
  EXPECT_THAT(Call(*memberships_, &Memberships::DeleteMembership, access, removal),
              IsFault(absl::StatusCode::kFailedPrecondition, std::string("LAST_OWNER")));
  ASSERT_OK(Call(*memberships_, &Memberships::CreateMembership, access,
                 Grant(acme.name, "heir@acme.example", common::v1::ACCESS_ROLE_OWNER)));
  removal.set_request_id(NewRequestId());
  ASSERT_OK(Call(*memberships_, &Memberships::DeleteMembership, access, removal));
  EXPECT_THAT(product_->Exchange(acme.api_token, ""), HasReason("CREDENTIAL_INVALID"));
  EXPECT_THAT(Get(access, acme.name), HasReason("CREDENTIAL_INVALID"));
}

TEST_F(TenancyTest, UpdatesAreConditionalAndMasked) {
  const OnboardedTenant acme = product_->Onboard();
  const std::string access = product_->AccessOf(acme.api_token);
  ASSERT_OK_AND_ASSIGN(const v1::Tenant before, Get(access, acme.name));
  v1::UpdateTenantRequest request;
  request.set_request_id(NewRequestId());
  request.mutable_tenant()->set_name(acme.name);
  request.mutable_tenant()->set_display_name("Acme 集团");
  request.mutable_tenant()->set_etag(before.etag());
  request.mutable_update_mask()->add_paths("display_name");
  ASSERT_OK_AND_ASSIGN(const v1::Tenant after,
                       Call(*tenants_, &Tenants::UpdateTenant, access, request));
  EXPECT_EQ(after.display_name(), "Acme 集团");
  EXPECT_EQ(after.reporting_time_zone(), before.reporting_time_zone());
  request.set_request_id(NewRequestId());
  EXPECT_THAT(Call(*tenants_, &Tenants::UpdateTenant, access, request),
              IsFault(absl::StatusCode::kAborted, std::string("ETAG_MISMATCH")));
  request.set_request_id(NewRequestId());
  request.mutable_tenant()->clear_etag();
  request.mutable_update_mask()->add_paths("state");
  EXPECT_THAT(Call(*tenants_, &Tenants::UpdateTenant, access, request), HasReason("FIELD_INVALID"));
}

TEST_F(TenancyTest, ValidateOnlyChangesNothing) {
  const OnboardedTenant acme = product_->Onboard();
  const std::string access = product_->AccessOf(acme.api_token);
  v1::CreateMembershipRequest grant =
      Grant(acme.name, "maybe@acme.example", common::v1::ACCESS_ROLE_MEMBER);
  grant.set_validate_only(true);
  ASSERT_OK(Call(*memberships_, &Memberships::CreateMembership, access, grant));
  v1::ListMembershipsRequest list;
  list.set_parent(acme.name);
  EXPECT_THAT(Call(*memberships_, &Memberships::ListMemberships, access, list)->memberships(),
              SizeIs(1));
}

TEST_F(TenancyTest, BootstrapRefusesASecondTimeUnlessAskedForAToken) {
  EXPECT_THAT(
      argosyd::RunBootstrap(product_->config(), product_->clock(), {.principal = "operator"}),
      HasReason("RESOURCE_EXISTS"));
  ASSERT_OK_AND_ASSIGN(const std::string token,
                       argosyd::RunBootstrap(product_->config(), product_->clock(),
                                             {.principal = "operator", .reissue = true}));
  EXPECT_OK(product_->Exchange(token, ""));
  EXPECT_OK(product_->Exchange(product_->operator_token(), ""));
  EXPECT_THAT(argosyd::RunBootstrap(product_->config(), product_->clock(), {.principal = "A B"}),
              HasReason("FIELD_INVALID"));
}

TEST_F(TenancyTest, RestartsKeepTheSigningKeys) {
  const OnboardedTenant acme = product_->Onboard();
  const std::string access = product_->AccessOf(acme.api_token);
  const auto keys = [&] {
    return Call(*v1::AccessService::NewStub(product_->channel()), &Access::ListSigningKeys, "",
                v1::ListSigningKeysRequest());
  };
  ASSERT_OK_AND_ASSIGN(const auto before, keys());
  EXPECT_THAT(before.signing_keys(), SizeIs(1));
  EXPECT_THAT(before.signing_keys(0).jwk(), Not(HasSubstr("\"d\"")));
  tenants_.reset();
  memberships_.reset();
  tokens_.reset();
  access_.reset();
  product_->Restart();
  ASSERT_OK_AND_ASSIGN(const auto after, keys());
  EXPECT_EQ(after.SerializeAsString(), before.SerializeAsString());
  tenants_ = v1::TenantService::NewStub(product_->channel());
  EXPECT_OK(Get(access, acme.name));
}

}  // namespace
}  // namespace argosy::testing
