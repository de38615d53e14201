#include "services/tenancy/store/signing_key_store.h"

#include <cstdint>

#include "base/clock.h"
#include "base/status_macros.h"
#include "services/tenancy/store/queries.h"
#include "storage/row.h"
#include "storage/value.h"

namespace argosy::tenancy {
namespace {

using storage::Bytes;
using storage::Row;
using storage::Text;
using tenants::GlobalTxn;

absl::StatusOr<StoredKey> KeyOf(const Row& row) {
  StoredKey key;
  ASSIGN_OR_RETURN(key.times.kid, row.Text(0));
  ASSIGN_OR_RETURN(key.public_jwk, row.Text(1));
  ASSIGN_OR_RETURN(key.sealed_jwk, row.Bytes(2));
  ASSIGN_OR_RETURN(const int64_t activated_us, row.Int64(3));
  ASSIGN_OR_RETURN(const int64_t created_us, row.Int64(4));
  key.times.activate_time = base::FromMicros(activated_us);
  key.create_time = base::FromMicros(created_us);
  return key;
}

}  // namespace

absl::StatusOr<std::vector<StoredKey>> SigningKeyStore::List(GlobalTxn& txn) const {
  return txn.SelectAll<StoredKey>(kListSigningKeys, {kKeysMax}, KeyOf);
}

absl::StatusOr<bool> SigningKeyStore::Insert(GlobalTxn& txn, const StoredKey& key) const {
  const absl::StatusOr<int64_t> inserted =
      txn.Execute(kInsertSigningKey,
                  {Text(key.times.kid), Text(key.public_jwk), Bytes(key.sealed_jwk),
                   base::ToMicros(key.times.activate_time), base::ToMicros(key.create_time)});
  if (absl::IsAlreadyExists(inserted.status())) return false;
  RETURN_IF_ERROR(inserted.status());
  return true;
}

}  // namespace argosy::tenancy
