// The use cases against a real database: what a fault leaves behind, races for the last owner, and
// the keys.
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/crypto.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/tenancy/service/access_service.h"
#include "services/tenancy/service/api_token_service.h"
#include "services/tenancy/service/bootstrap.h"
#include "services/tenancy/service/key_ring.h"
#include "services/tenancy/service/membership_service.h"
#include "services/tenancy/service/tenant_service.h"
#include "services/tenancy/store/global_access.h"
#include "storage/sql_error.h"
#include "tests/support/context_for_test.h"
#include "tests/support/status_matchers.h"
#include "tests/support/test_database.h"

namespace argosy::tenancy {
namespace {

using ::argosy::testing::ContextForTest;
using ::argosy::testing::FreshRequestId;
using ::argosy::testing::FreshTenantUid;
using ::argosy::testing::HasReason;
using ::argosy::testing::TestDatabase;
using ::testing::SizeIs;

class HeardKeys final : public KeyAudience {
 public:
  absl::Status Accept(const std::vector<std::string>& jwks) override {
    jwks_ = jwks;
    return absl::OkStatus();
  }
  const std::vector<std::string>& jwks() const { return jwks_; }

 private:
  std::vector<std::string> jwks_;
};

class ServiceTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { database_ = TestDatabase::Create("tenancy"); }
  static void TearDownTestSuite() { database_.reset(); }

  ServiceTest()
      : ids_(database_->entropy()),
        global_(GlobalAccess::Session(database_->pool(), database_->entropy())),
        directory_(database_->pool()),
        pages_(base::SealingKey::Generate(database_->entropy()), database_->entropy(),
               database_->clock()),
        with_{.db = database_->session(),
              .global = global_,
              .directory = directory_,
              .ids = ids_,
              .entropy = database_->entropy(),
              .pages = pages_},
        memberships_(with_),
        tokens_(with_, form_) {}

  // A company in the database, ACTIVE, without people.
  Tenant NewTenant() {
    Tenant tenant{
        .uid = FreshTenantUid(),
        .id = base::TenantId::Parse(absl::StrCat("t-", FreshRequestId().ToString())).value(),
        .state = TenantState::kActive,
        .settings = {.display_name = "Acme",
                     .time_zone = "UTC",
                     .currency = base::Currency::Parse("USD").value()},
        .create_time = absl::FromUnixSeconds(1),
        .update_time = absl::FromUnixSeconds(1)};
    const auto written =
        global_.Write<bool>(Deadline(), [&](tenants::GlobalTxn& txn) -> absl::StatusOr<bool> {
          RETURN_IF_ERROR(with_.tenants.Insert(txn, tenant));
          return true;
        });
    EXPECT_OK(written);
    return tenant;
  }

  static absl::Time Deadline() { return database_->clock().Now() + absl::Seconds(20); }
  static tenants::RequestContext Context(const Tenant& tenant) {
    return ContextForTest(tenant.uid).TenantId(tenant.id.text()).Build();
  }

  absl::StatusOr<v1::Membership> Grant(const Tenant& tenant, const std::string& principal,
                                       common::v1::AccessRole role) {
    v1::CreateMembershipRequest request;
    request.set_parent(tenant.name());
    request.mutable_membership()->set_principal(principal);
    request.mutable_membership()->set_access_role(role);
    return memberships_.CreateMembership(Context(tenant), request);
  }

  static inline std::unique_ptr<TestDatabase> database_;
  base::IdSource ids_;
  tenants::GlobalSession global_;
  tenants::Directory directory_;
  base::PageTokens pages_;
  Collaborators with_;
  const TokenForm form_{.environment = "test", .pepper = std::string(32, 'p')};
  MembershipService memberships_;
  ApiTokenService tokens_;
};

TEST_F(ServiceTest, APrincipalHasOneMembership) {
  const Tenant tenant = NewTenant();
  ASSERT_OK(Grant(tenant, "boss", common::v1::ACCESS_ROLE_OWNER));
  EXPECT_THAT(Grant(tenant, "boss", common::v1::ACCESS_ROLE_MEMBER), HasReason("RESOURCE_EXISTS"));
  EXPECT_THAT(Grant(tenant, "spy", common::v1::ACCESS_ROLE_PLATFORM_OPERATOR),
              HasReason("FIELD_INVALID"));
}

TEST_F(ServiceTest, AChangedTenantIsReadAsItIsNow) {
  const Tenant tenant = NewTenant();
  TenantService service(with_);
  const auto before = service.GetTenant(Context(tenant), v1::GetTenantRequest());
  EXPECT_EQ(before.value().display_name(), "Acme");

  v1::UpdateTenantRequest update;
  update.mutable_tenant()->set_name(tenant.name());
  update.mutable_tenant()->set_display_name("Acme Ltd");
  update.mutable_tenant()->set_etag(before->etag());
  update.mutable_update_mask()->add_paths("display_name");
  ASSERT_OK(service.UpdateTenant(Context(tenant), update));
  const auto after = service.GetTenant(Context(tenant), v1::GetTenantRequest());
  EXPECT_EQ(after.value().display_name(), "Acme Ltd");

  const Tenant other = NewTenant();
  EXPECT_EQ(service.GetTenant(Context(other), v1::GetTenantRequest()).value().name(), other.name());
}

TEST_F(ServiceTest, AbsentResourcesAreMissing) {
  const Tenant tenant = NewTenant();
  const std::string absent = FreshRequestId().ToString();
  v1::GetMembershipRequest get;
  get.set_name(absl::StrCat(tenant.name(), "/memberships/", absent));
  EXPECT_THAT(memberships_.GetMembership(Context(tenant), get), HasReason("RESOURCE_NOT_FOUND"));
  v1::CreateApiTokenRequest create;
  create.mutable_api_token()->set_membership(get.name());
  EXPECT_THAT(tokens_.CreateApiToken(Context(tenant), create), HasReason("RESOURCE_NOT_FOUND"));
  v1::RevokeApiTokenRequest revoke;
  revoke.set_name(absl::StrCat(tenant.name(), "/apiTokens/", absent));
  EXPECT_THAT(tokens_.RevokeApiToken(Context(tenant), revoke), HasReason("RESOURCE_NOT_FOUND"));
}

// Two owners remove each other at the same time: one of them stays, every time.
TEST_F(ServiceTest, RacingOwnersLeaveOne) {
  for (int round = 0; round < 8; ++round) {
    const Tenant tenant = NewTenant();
    const auto a = Grant(tenant, "owner-a", common::v1::ACCESS_ROLE_OWNER);
    const auto b = Grant(tenant, "owner-b", common::v1::ACCESS_ROLE_OWNER);
    ASSERT_OK(a);
    ASSERT_OK(b);
    std::vector<absl::Status> results(2);
    const auto remove = [&](size_t slot, const std::string& name) {
      v1::DeleteMembershipRequest request;
      request.set_name(name);
      results[slot] = memberships_.DeleteMembership(Context(tenant), request).status();
    };
    std::thread first(remove, 0, a->name());
    std::thread second(remove, 1, b->name());
    first.join();
    second.join();
    EXPECT_NE(results[0].ok(), results[1].ok()) << results[0] << " / " << results[1];
    EXPECT_THAT(results[0].ok() ? results[1] : results[0], HasReason("LAST_OWNER"));
  }
}

// Whichever statement of a grant is lost, either all of it is there or nothing.
TEST_F(ServiceTest, AGrantIsAllOrNothingUnderFaults) {
  for (int64_t k = 1;; ++k) {
    const Tenant tenant = NewTenant();
    database_->faults().FailStatement(k, {.code = storage::kErrorServerLost});
    const auto granted = Grant(tenant, "boss", common::v1::ACCESS_ROLE_OWNER);
    const bool struck = database_->faults().struck();
    database_->faults().Reset();
    const std::string where =
        absl::StrCat(" WHERE tenant_id = UNHEX(REPLACE('", tenant.uid.ToString(), "', '-', ''))");
    const std::string rows = database_->QueryAsRoot(
        absl::StrCat("SELECT CONCAT((SELECT COUNT(*) FROM memberships", where,
                     "), '/', (SELECT COUNT(*) FROM audit", where,
                     "), '/', (SELECT owner_count FROM tenants WHERE tenant_id = UNHEX(REPLACE('",
                     tenant.uid.ToString(), "', '-', ''))))"));
    EXPECT_EQ(rows, granted.ok() ? "1/1/1" : "0/0/0") << "statement " << k;
    if (!struck) break;
    ASSERT_LT(k, 100);
  }
}

TEST_F(ServiceTest, AnotherSealCannotOpenTheKeys) {
  HeardKeys heard;
  KeyRing ring(global_, ids_, database_->entropy(),
               base::SealingKey::FromBytes(std::string(32, 'a')).value(), heard);
  const absl::Time now = database_->clock().Now();
  ASSERT_OK_AND_ASSIGN(const std::string jws, ring.Sign("{}", now, Deadline()));
  ASSERT_THAT(heard.jwks(), SizeIs(1));
  ASSERT_OK_AND_ASSIGN(const auto key, base::VerifyingKey::FromJwk(heard.jwks()[0]));
  EXPECT_OK(key.Verify(jws));
  KeyRing other(global_, ids_, database_->entropy(),
                base::SealingKey::FromBytes(std::string(32, 'b')).value(), heard);
  EXPECT_THAT(other.Sign("{}", now, Deadline()), HasReason("INTERNAL"));

  // A lifetime later the successor is announced, then signs; the old key goes after the overlap.
  const absl::Time due = now + kKeyLifetime;
  ASSERT_OK_AND_ASSIGN(const auto both, ring.Accepted(due, Deadline()));
  EXPECT_THAT(both, SizeIs(2));
  EXPECT_THAT(heard.jwks(), SizeIs(2));
  const absl::Time changed = due + 2 * kKeyGrain + kKeyOverlap;
  ASSERT_OK_AND_ASSIGN(const auto one, ring.Accepted(changed, Deadline()));
  EXPECT_THAT(one, SizeIs(1));
  ASSERT_OK_AND_ASSIGN(const std::string later, ring.Sign("{}", changed, Deadline()));
  EXPECT_FALSE(key.Verify(later).ok());
}

TEST_F(ServiceTest, FormsAreChecked) {
  EXPECT_OK(CheckForm(form_));
  EXPECT_THAT(CheckForm({.environment = "test", .pepper = "short"}), HasReason("FIELD_INVALID"));
  EXPECT_THAT(CheckForm({.environment = "Test!", .pepper = form_.pepper}),
              HasReason("FIELD_INVALID"));
}

}  // namespace
}  // namespace argosy::tenancy
