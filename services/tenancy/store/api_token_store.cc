#include "services/tenancy/store/api_token_store.h"

#include <utility>

#include "base/clock.h"
#include "base/status_macros.h"
#include "services/tenancy/store/membership_store.h"
#include "services/tenancy/store/queries.h"
#include "storage/row.h"
#include "storage/value.h"

namespace argosy::tenancy {
namespace {

using storage::Bytes;
using storage::Row;
using storage::Text;
using tenants::GlobalTxn;
using tenants::TenantReader;
using tenants::TenantTxn;

constexpr size_t kTokenColumn = 2;       // of kFindCredential
constexpr size_t kMembershipColumn = 8;  // of kFindCredential

absl::StatusOr<ApiToken> TokenAt(const Row& row, size_t first) {
  ApiToken token;
  ASSIGN_OR_RETURN(const std::string id, row.Bytes(first));
  ASSIGN_OR_RETURN(const base::Uuid uuid, base::Uuid::FromBytes(id));
  token.id = ApiTokenId(uuid);
  ASSIGN_OR_RETURN(const std::string membership, row.Bytes(first + 1));
  ASSIGN_OR_RETURN(const base::Uuid membership_uuid, base::Uuid::FromBytes(membership));
  token.membership = MembershipId(membership_uuid);
  ASSIGN_OR_RETURN(token.display_name, row.Text(first + 2));
  ASSIGN_OR_RETURN(const int64_t created_us, row.Int64(first + 3));
  ASSIGN_OR_RETURN(const int64_t expires_us, row.Int64(first + 4));
  ASSIGN_OR_RETURN(const std::optional<int64_t> revoked_us, row.OptionalInt64(first + 5));
  token.create_time = base::FromMicros(created_us);
  token.expire_time = base::FromMicros(expires_us);
  if (revoked_us) token.revoke_time = base::FromMicros(*revoked_us);
  return token;
}

absl::StatusOr<ApiToken> TokenOf(const Row& row) { return TokenAt(row, 0); }

absl::StatusOr<Credential> CredentialOf(const Row& row) {
  Credential credential;
  ASSIGN_OR_RETURN(const std::string tenant, row.Bytes(0));
  ASSIGN_OR_RETURN(const base::Uuid tenant_uuid, base::Uuid::FromBytes(tenant));
  credential.tenant = base::TenantUid(tenant_uuid);
  ASSIGN_OR_RETURN(credential.digest, row.Bytes(1));
  ASSIGN_OR_RETURN(credential.token, TokenAt(row, kTokenColumn));
  ASSIGN_OR_RETURN(credential.actor, MembershipOf(row, kMembershipColumn));
  return credential;
}

}  // namespace

absl::StatusOr<std::optional<ApiToken>> ApiTokenStore::Find(TenantReader& reader,
                                                            const ApiTokenId& id) const {
  return reader.FindOne<ApiToken>(kGetApiToken, {Bytes(id.ToBytes())}, TokenOf);
}

absl::StatusOr<std::vector<ApiToken>> ApiTokenStore::List(TenantReader& reader,
                                                          const ApiTokenId& after,
                                                          int64_t limit) const {
  return reader.SelectAll<ApiToken>(kListApiTokens, {Bytes(after.ToBytes()), limit}, TokenOf);
}

absl::Status ApiTokenStore::Insert(TenantTxn& txn, const ApiToken& token) const {
  return txn
      .Execute(kInsertApiToken, {Bytes(token.id.ToBytes()), Bytes(token.membership.ToBytes()),
                                 Text(token.display_name), base::ToMicros(token.create_time),
                                 base::ToMicros(token.expire_time)})
      .status();
}

absl::Status ApiTokenStore::InsertLookup(GlobalTxn& txn, const base::TenantUid& tenant,
                                         const ApiToken& token, absl::string_view digest) const {
  return txn
      .Execute(kInsertTokenLookup, {Bytes(token.id.ToBytes()), Bytes(tenant.ToBytes()),
                                    Bytes(token.membership.ToBytes()), Bytes(std::string(digest))})
      .status();
}

absl::Status ApiTokenStore::InsertFirst(GlobalTxn& txn, const base::TenantUid& tenant,
                                        const ApiToken& token) const {
  return txn
      .Execute(kInsertFirstApiToken,
               {Bytes(tenant.ToBytes()), Bytes(token.id.ToBytes()),
                Bytes(token.membership.ToBytes()), Text(token.display_name),
                base::ToMicros(token.create_time), base::ToMicros(token.expire_time)})
      .status();
}

absl::Status ApiTokenStore::Revoke(TenantTxn& txn, const ApiToken& token) const {
  return txn
      .Execute(kRevokeApiToken,
               {base::ToMicros(token.revoke_time.value()), Bytes(token.id.ToBytes())})
      .status();
}

absl::Status ApiTokenStore::EndBy(GlobalTxn& txn, const base::TenantUid& tenant,
                                  absl::Time by) const {
  return txn.Execute(kEndApiTokensBy, {base::ToMicros(by), Bytes(tenant.ToBytes())}).status();
}

absl::Status ApiTokenStore::DeleteOfMembership(TenantTxn& txn,
                                               const MembershipId& membership) const {
  return txn.Execute(kDeleteApiTokensOfMembership, {Bytes(membership.ToBytes())}).status();
}

absl::Status ApiTokenStore::DeleteLookups(GlobalTxn& txn, const base::TenantUid& tenant,
                                          const MembershipId& membership) const {
  return txn.Execute(kDeleteTokenLookups, {Bytes(tenant.ToBytes()), Bytes(membership.ToBytes())})
      .status();
}

absl::StatusOr<std::optional<Credential>> ApiTokenStore::FindCredential(
    GlobalTxn& txn, const ApiTokenId& id) const {
  return txn.FindOne<Credential>(kFindCredential, {Bytes(id.ToBytes())}, CredentialOf);
}

}  // namespace argosy::tenancy
