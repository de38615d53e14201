// Access tokens for the tests of the chassis, good ones and others.
#ifndef ARGOSY_RPC_TESTING_TOKEN_MAKER_H_
#define ARGOSY_RPC_TESTING_TOKEN_MAKER_H_

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "base/access_token.h"
#include "base/crypto.h"
#include "rpc/key_set.h"
#include "rpc/tenant_lookup.h"
#include "tenants/directory.h"
#include "tests/support/context_for_test.h"

namespace argosy::rpc {

inline constexpr char kIssuer[] = "https://argosy.test";
inline constexpr char kAudience[] = "argosy";

// Signs with one key, which `keys` accepts.
class TokenMaker {
 public:
  explicit TokenMaker(AcceptedKeys& keys) : key_(*base::SigningKey::Generate("key-1")) {
    if (!keys.Replace({key_.PublicJwk()}).ok()) std::abort();
  }

  // The claims of an owner of acme, valid from `now` for five minutes.
  static base::AccessClaims OwnerOfAcme(absl::Time now) {
    return base::AccessClaims{.issuer = kIssuer,
                              .audience = kAudience,
                              .actor = "memberships/m1",
                              .tenant_uid = testing::TenantUidForTest("acme"),
                              .tenant_id = *base::TenantId::Parse("acme"),
                              .access_role = "owner",
                              .epoch = 1,
                              .issued_at = now,
                              .not_before = now,
                              .expires_at = now + absl::Minutes(5)};
  }

  std::string Sign(const std::string& payload) const { return *key_.Sign(payload); }
  std::string Bearer(const base::AccessClaims& claims) const {
    return absl::StrCat("Bearer ", Sign(base::EncodeAccessClaims(claims)));
  }
  const base::SigningKey& key() const { return key_; }

 private:
  base::SigningKey key_;
};

// Tenants that are simply there.
class FakeTenants final : public TenantLookup {
 public:
  void Add(const std::string& id, tenants::TenantKind kind) {
    entries_[id] = {.uid = testing::TenantUidForTest(id),
                    .id = *base::TenantId::Parse(id),
                    .kind = kind,
                    .reporting_time_zone = "Asia/Shanghai",
                    .reporting_currency = "USD",
                    .epoch = 1};
  }
  tenants::TenantEntry& entry(const std::string& id) { return entries_.at(id); }
  void Fail(absl::Status status) { failure_ = std::move(status); }
  int lookups() const { return lookups_; }

  absl::StatusOr<std::optional<tenants::TenantEntry>> FindById(const base::TenantId& id,
                                                               absl::Time /*deadline*/) override {
    ++lookups_;
    if (!failure_.ok()) return failure_;
    const auto found = entries_.find(id.text());
    if (found == entries_.end()) return std::optional<tenants::TenantEntry>();
    return std::optional<tenants::TenantEntry>(found->second);
  }

 private:
  std::map<std::string, tenants::TenantEntry> entries_;
  absl::Status failure_;
  int lookups_ = 0;
};

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_TESTING_TOKEN_MAKER_H_
