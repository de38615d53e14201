#include "services/tenancy/store/tenant_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "services/tenancy/domain/errors.h"
#include "services/tenancy/store/queries.h"
#include "storage/row.h"
#include "storage/value.h"

namespace argosy::tenancy {
namespace {

using storage::Bytes;
using storage::Row;
using storage::Text;
using storage::Value;
using tenants::GlobalTxn;

constexpr absl::string_view kType = "argosy.dev/Tenant";

absl::StatusOr<TenantSettings> SettingsOf(const Row& row) {
  TenantSettings settings;
  ASSIGN_OR_RETURN(settings.display_name, row.Text(4));
  ASSIGN_OR_RETURN(settings.time_zone, row.Text(5));
  ASSIGN_OR_RETURN(const std::string currency, row.Text(6));
  ASSIGN_OR_RETURN(settings.currency, base::Currency::Parse(currency));
  return settings;
}

absl::StatusOr<Tenant> TenantOf(const Row& row) {
  Tenant tenant;
  ASSIGN_OR_RETURN(const std::string uid, row.Bytes(0));
  ASSIGN_OR_RETURN(const base::Uuid uuid, base::Uuid::FromBytes(uid));
  tenant.uid = base::TenantUid(uuid);
  ASSIGN_OR_RETURN(const std::string id, row.Text(1));
  ASSIGN_OR_RETURN(tenant.id, base::TenantId::Parse(id));
  ASSIGN_OR_RETURN(const std::string kind, row.Text(2));
  ASSIGN_OR_RETURN(tenant.kind, ParseTenantKind(kind));
  ASSIGN_OR_RETURN(const std::string state, row.Text(3));
  ASSIGN_OR_RETURN(tenant.state, ParseTenantState(state));
  ASSIGN_OR_RETURN(tenant.settings, SettingsOf(row));
  ASSIGN_OR_RETURN(tenant.blueprint.name, row.Text(7));
  ASSIGN_OR_RETURN(tenant.blueprint.sha256, row.Text(8));
  ASSIGN_OR_RETURN(const std::string creator, row.Bytes(9));
  ASSIGN_OR_RETURN(const base::Uuid creator_uuid, base::Uuid::FromBytes(creator));
  tenant.created_by = MembershipId(creator_uuid);
  ASSIGN_OR_RETURN(tenant.owner_count, row.Int64(10));
  ASSIGN_OR_RETURN(tenant.epoch, row.Int64(11));
  ASSIGN_OR_RETURN(tenant.version, row.Int64(12));
  ASSIGN_OR_RETURN(const int64_t created_us, row.Int64(13));
  ASSIGN_OR_RETURN(const int64_t updated_us, row.Int64(14));
  tenant.create_time = base::FromMicros(created_us);
  tenant.update_time = base::FromMicros(updated_us);
  return tenant;
}

absl::StatusOr<Tenant> GetOne(GlobalTxn& txn, const Query& query, Value key,
                              absl::string_view shown_name) {
  ASSIGN_OR_RETURN(std::optional<Tenant> found,
                   txn.FindOne<Tenant>(query, {std::move(key)}, TenantOf));
  if (!found) return ResourceMissing(kType, shown_name);
  return *std::move(found);
}

}  // namespace

absl::StatusOr<std::optional<Tenant>> TenantStore::FindById(GlobalTxn& txn,
                                                            const base::TenantId& id) const {
  return txn.FindOne<Tenant>(kFindTenantById, {Text(id.text())}, TenantOf);
}

absl::StatusOr<Tenant> TenantStore::GetById(GlobalTxn& txn, const base::TenantId& id) const {
  return GetOne(txn, kFindTenantById, Text(id.text()), absl::StrCat("tenants/", id.text()));
}

absl::StatusOr<Tenant> TenantStore::GetByUid(GlobalTxn& txn, const base::TenantUid& uid) const {
  return GetOne(txn, kFindTenantByUid, Bytes(uid.ToBytes()), "tenants/-");
}

absl::StatusOr<Tenant> TenantStore::LockById(GlobalTxn& txn, const base::TenantId& id) const {
  return GetOne(txn, kLockTenantById, Text(id.text()), absl::StrCat("tenants/", id.text()));
}

absl::StatusOr<Tenant> TenantStore::LockByUid(GlobalTxn& txn, const base::TenantUid& uid) const {
  return GetOne(txn, kLockTenantByUid, Bytes(uid.ToBytes()), "tenants/-");
}

absl::StatusOr<std::vector<Tenant>> TenantStore::ListCompanies(GlobalTxn& txn,
                                                               absl::string_view after,
                                                               int64_t limit) const {
  return txn.SelectAll<Tenant>(kListCompanies, {Text(std::string(after)), limit}, TenantOf);
}

absl::Status TenantStore::Insert(GlobalTxn& txn, const Tenant& tenant) const {
  const absl::StatusOr<int64_t> inserted = txn.Execute(
      kInsertTenant,
      {Bytes(tenant.uid.ToBytes()), Text(tenant.id.text()), Text(std::string(ToText(tenant.kind))),
       Text(std::string(ToText(tenant.state))), Text(tenant.settings.display_name),
       Text(tenant.settings.time_zone), Text(tenant.settings.currency.code()),
       Text(tenant.blueprint.name), Text(tenant.blueprint.sha256),
       Bytes(tenant.created_by.ToBytes()), tenant.owner_count, tenant.epoch, tenant.version,
       base::ToMicros(tenant.create_time), base::ToMicros(tenant.update_time)});
  if (absl::IsAlreadyExists(inserted.status())) return ResourceExists(kType, tenant.name());
  return inserted.status();
}

absl::Status TenantStore::Update(GlobalTxn& txn, const Tenant& next,
                                 int64_t current_version) const {
  ASSIGN_OR_RETURN(
      const int64_t matched,
      txn.Execute(kUpdateTenant,
                  {Text(std::string(ToText(next.state))), Text(next.settings.display_name),
                   Text(next.settings.time_zone), Text(next.settings.currency.code()),
                   next.owner_count, next.epoch, next.version, base::ToMicros(next.update_time),
                   Bytes(next.uid.ToBytes()), current_version}));
  return matched == 1 ? absl::OkStatus() : EtagMismatch(next.name());
}

}  // namespace argosy::tenancy
