// The tenancy service's right to the global tables: the only maker of a GlobalKey.
#ifndef ARGOSY_SERVICES_TENANCY_STORE_GLOBAL_ACCESS_H_
#define ARGOSY_SERVICES_TENANCY_STORE_GLOBAL_ACCESS_H_

#include "base/random.h"
#include "storage/pool.h"
#include "tenants/global_txn.h"
#include "tenants/tenant_txn.h"

namespace argosy::tenancy {

class GlobalAccess {
 public:
  // On the connection and in the transaction of `txn`.
  static tenants::GlobalTxn On(tenants::TenantTxn& txn) {
    return tenants::GlobalTxn(tenants::GlobalKey(), txn);
  }
  // Transactions of their own, for calls that have no tenant yet. Both outlive what is returned.
  static tenants::GlobalSession Session(storage::Pool& pool, base::EntropySource& entropy) {
    return tenants::GlobalSession(tenants::GlobalKey(), pool, entropy);
  }
};

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_STORE_GLOBAL_ACCESS_H_
