// The stores and the schema against a real database.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/tenancy/store/api_token_store.h"
#include "services/tenancy/store/global_access.h"
#include "services/tenancy/store/membership_store.h"
#include "services/tenancy/store/queries.h"
#include "services/tenancy/store/signing_key_store.h"
#include "services/tenancy/store/tenant_store.h"
#include "tenants/tenant_sql.h"
#include "tests/support/context_for_test.h"
#include "tests/support/schema_rules.h"
#include "tests/support/status_matchers.h"
#include "tests/support/test_database.h"

namespace argosy::tenancy {
namespace {

using ::argosy::testing::ContextForTest;
using ::argosy::testing::FreshRequestId;
using ::argosy::testing::FreshTenantUid;
using ::argosy::testing::HasReason;
using ::argosy::testing::IsFault;
using ::argosy::testing::IsOkAndHolds;
using ::argosy::testing::TestDatabase;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::Optional;

// Mutate's reply in tests that look at rows.
struct Done {
  std::string SerializeAsString() const { return ""; }
  bool ParseFromString(const std::string& bytes) { return bytes.empty(); }
};

class StoreTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { database_ = TestDatabase::Create("tenancy"); }
  static void TearDownTestSuite() { database_.reset(); }

  static tenants::GlobalSession Global() {
    return GlobalAccess::Session(database_->pool(), database_->entropy());
  }
  static absl::Time Deadline() { return database_->clock().Now() + absl::Seconds(10); }
  static MembershipId NewMembershipId() { return MembershipId(FreshRequestId()); }

  static Tenant NewTenant() {
    return {.uid = FreshTenantUid(),
            .id = base::TenantId::Parse(absl::StrCat("t-", FreshRequestId().ToString())).value(),
            .settings = {.display_name = "Acme 外贸",
                         .time_zone = "Asia/Shanghai",
                         .currency = base::Currency::Parse("CNY").value()},
            .blueprint = {.name = "trading-startup", .sha256 = std::string(64, 'a')},
            .created_by = NewMembershipId(),
            .create_time = absl::FromUnixMicros(1'772'000'000'000'001),
            .update_time = absl::FromUnixMicros(1'772'000'000'000'002)};
  }

  static Membership NewMembership() {
    return {.id = NewMembershipId(),
            .principal = "boss@acme.example",
            .role = AccessRole::kOwner,
            .member = base::MemberId::Parse("li-wei").value(),
            .create_time = absl::FromUnixMicros(1),
            .update_time = absl::FromUnixMicros(2)};
  }

  // Runs `body` as one mutation of `tenant`.
  template <typename Body>
  static absl::Status InTenant(const base::TenantUid& tenant, Body body) {
    return database_->session()
        .Mutate<Done>(ContextForTest(tenant).Build(),
                      [&](tenants::TenantTxn& txn) -> absl::StatusOr<Done> {
                        RETURN_IF_ERROR(body(txn));
                        return Done();
                      })
        .status();
  }

  static absl::StatusOr<std::optional<Membership>> FindMembership(const base::TenantUid& tenant,
                                                                  const MembershipId& id) {
    using Found = std::optional<Membership>;
    return database_->session().Read<Found>(
        ContextForTest(tenant).Build(),
        [&](tenants::TenantReader& reader) { return MembershipStore().Find(reader, id); });
  }

  static inline std::unique_ptr<TestDatabase> database_;
  const TenantStore tenants_{};
  const MembershipStore memberships_{};
  const ApiTokenStore tokens_{};
  const SigningKeyStore keys_{};
};

TEST_F(StoreTest, SchemaKeepsTheRules) {
  EXPECT_THAT(
      argosy::testing::SchemaFaults(*database_, {"tenants", "token_lookup", "signing_keys"}),
      IsEmpty());
}

TEST_F(StoreTest, EveryTenantQueryIsConfinedToItsTenant) {
  EXPECT_OK(tenants::CheckTenantPredicates({kTenantQueries.begin(), kTenantQueries.end()}));
}

TEST_F(StoreTest, TenantsRoundTripAndIdsAreTakenForEver) {
  auto global = Global();
  Tenant tenant = NewTenant();
  const auto insert = [&](const Tenant& row) {
    return global.Write<bool>(Deadline(), [&](tenants::GlobalTxn& txn) -> absl::StatusOr<bool> {
      RETURN_IF_ERROR(tenants_.Insert(txn, row));
      return true;
    });
  };
  ASSERT_OK(insert(tenant));
  const auto found = [&] {
    return global.Read<Tenant>(
        Deadline(), [&](tenants::GlobalTxn& txn) { return tenants_.GetById(txn, tenant.id); });
  };
  EXPECT_THAT(found(), IsOkAndHolds(Eq(tenant)));
  Tenant same_id = NewTenant();
  same_id.id = tenant.id;
  EXPECT_THAT(insert(same_id),
              IsFault(absl::StatusCode::kAlreadyExists, std::string("RESOURCE_EXISTS")));

  const int64_t version = tenant.version;
  tenant.state = TenantState::kActive;
  tenant.owner_count = 2;
  tenant.epoch = 3;
  tenant.version = 4;
  const auto update = [&] {
    return global.Write<bool>(Deadline(), [&](tenants::GlobalTxn& txn) -> absl::StatusOr<bool> {
      RETURN_IF_ERROR(tenants_.Update(txn, tenant, version));
      return true;
    });
  };
  ASSERT_OK(update());
  EXPECT_THAT(found(), IsOkAndHolds(Eq(tenant)));
  EXPECT_THAT(update(), HasReason("ETAG_MISMATCH"));
}

TEST_F(StoreTest, AbsentTenantsAreMissing) {
  EXPECT_THAT(Global().Read<Tenant>(Deadline(),
                                    [&](tenants::GlobalTxn& txn) {
                                      return tenants_.GetByUid(txn, FreshTenantUid());
                                    }),
              IsFault(absl::StatusCode::kNotFound, std::string("RESOURCE_NOT_FOUND")));
}

TEST_F(StoreTest, MembershipsAreSeenInTheirTenantAlone) {
  const base::TenantUid tenant = FreshTenantUid();
  Membership membership = NewMembership();
  ASSERT_OK(InTenant(
      tenant, [&](tenants::TenantTxn& txn) { return memberships_.Insert(txn, membership); }));
  EXPECT_THAT(FindMembership(tenant, membership.id), IsOkAndHolds(Optional(membership)));
  EXPECT_THAT(FindMembership(FreshTenantUid(), membership.id), IsOkAndHolds(Eq(std::nullopt)));

  const int64_t version = membership.version;
  membership.member.reset();
  membership.version = 2;
  ASSERT_OK(InTenant(tenant, [&](tenants::TenantTxn& txn) -> absl::Status {
    EXPECT_THAT(memberships_.Update(txn, membership, version), IsOkAndHolds(true));
    EXPECT_THAT(memberships_.Update(txn, membership, version), IsOkAndHolds(false));
    return absl::OkStatus();
  }));
  EXPECT_THAT(FindMembership(tenant, membership.id), IsOkAndHolds(Optional(membership)));
}

TEST_F(StoreTest, CredentialsAreFoundUntilTheirMembershipEnds) {
  const base::TenantUid tenant = FreshTenantUid();
  const Membership membership = NewMembership();
  const ApiToken token{.id = ApiTokenId(FreshRequestId()),
                       .membership = membership.id,
                       .display_name = "导入",
                       .create_time = absl::FromUnixMicros(1),
                       .expire_time = absl::FromUnixMicros(9)};
  const std::string digest(32, 'd');
  ASSERT_OK(InTenant(tenant, [&](tenants::TenantTxn& txn) -> absl::Status {
    tenants::GlobalTxn global = GlobalAccess::On(txn);
    RETURN_IF_ERROR(memberships_.Insert(txn, membership));
    RETURN_IF_ERROR(tokens_.Insert(txn, token));
    return tokens_.InsertLookup(global, tenant, token, digest);
  }));
  const auto find = [&] {
    using Found = std::optional<Credential>;
    return Global().Read<Found>(
        Deadline(), [&](tenants::GlobalTxn& txn) { return tokens_.FindCredential(txn, token.id); });
  };
  ASSERT_OK_AND_ASSIGN(const auto found, find());
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->tenant, tenant);
  EXPECT_EQ(found->digest, digest);
  EXPECT_EQ(found->token, token);
  EXPECT_EQ(found->actor, membership);

  ASSERT_OK(InTenant(tenant, [&](tenants::TenantTxn& txn) -> absl::Status {
    tenants::GlobalTxn global = GlobalAccess::On(txn);
    RETURN_IF_ERROR(tokens_.DeleteOfMembership(txn, membership.id));
    RETURN_IF_ERROR(tokens_.DeleteLookups(global, tenant, membership.id));
    EXPECT_THAT(memberships_.Delete(txn, membership), IsOkAndHolds(true));
    return absl::OkStatus();
  }));
  ASSERT_OK_AND_ASSIGN(const auto gone, find());
  EXPECT_FALSE(gone.has_value());
}

TEST_F(StoreTest, OneSigningKeyPerInstant) {
  const auto insert = [&](const std::string& kid, absl::Time activate_time) {
    const StoredKey key{.times = {.kid = kid, .activate_time = activate_time},
                        .public_jwk = "{}",
                        .sealed_jwk = std::string("\x00\xff", 2),
                        .create_time = absl::FromUnixMicros(1)};
    return Global().Write<bool>(Deadline(),
                                [&](tenants::GlobalTxn& txn) { return keys_.Insert(txn, key); });
  };
  const absl::Time hour = absl::FromUnixSeconds(3'600);
  EXPECT_THAT(insert("a", hour), IsOkAndHolds(true));
  EXPECT_THAT(insert("b", hour), IsOkAndHolds(false));
  EXPECT_THAT(insert("c", hour + absl::Hours(1)), IsOkAndHolds(true));
  ASSERT_OK_AND_ASSIGN(const auto keys,
                       Global().Read<std::vector<StoredKey>>(
                           Deadline(), [&](tenants::GlobalTxn& txn) { return keys_.List(txn); }));
  std::vector<std::string> kids;
  for (const StoredKey& key : keys) kids.push_back(key.times.kid);
  EXPECT_THAT(kids, ElementsAre("c", "a"));
  EXPECT_EQ(keys[0].sealed_jwk, std::string("\x00\xff", 2));
}

}  // namespace
}  // namespace argosy::tenancy
