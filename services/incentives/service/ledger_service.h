// The ledger, read and verified.
#ifndef ARGOSY_SERVICES_INCENTIVES_SERVICE_LEDGER_SERVICE_H_
#define ARGOSY_SERVICES_INCENTIVES_SERVICE_LEDGER_SERVICE_H_

#include "absl/status/statusor.h"
#include "argosy/incentives/v1/ledger.pb.h"
#include "services/incentives/service/collaborators.h"
#include "tenants/request_context.h"

namespace argosy::incentives {

// The verbs of argosy.incentives.v1.LedgerService, whose contract says what each refuses.
// Thread-safe.
class LedgerService {
 public:
  explicit LedgerService(const Collaborators& with) : with_(with) {}

  absl::StatusOr<v1::ListLedgerEntriesResponse> ListLedgerEntries(
      const tenants::RequestContext& ctx, const v1::ListLedgerEntriesRequest& request);
  absl::StatusOr<v1::GetBalancesResponse> GetBalances(const tenants::RequestContext& ctx,
                                                      const v1::GetBalancesRequest& request);
  absl::StatusOr<v1::VerifyLedgerResponse> VerifyLedger(const tenants::RequestContext& ctx,
                                                        const v1::VerifyLedgerRequest& request);

 private:
  // Feeds every entry, then every statement, to `check`.
  absl::Status FeedAll(tenants::TenantReader& reader, LedgerCheck& check) const;

  Collaborators with_;
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_SERVICE_LEDGER_SERVICE_H_
