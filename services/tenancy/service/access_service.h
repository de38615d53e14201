// Access: API tokens exchanged for access tokens, and the keys these are checked with.
#ifndef ARGOSY_SERVICES_TENANCY_SERVICE_ACCESS_SERVICE_H_
#define ARGOSY_SERVICES_TENANCY_SERVICE_ACCESS_SERVICE_H_

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "argosy/tenancy/v1/access.pb.h"
#include "services/tenancy/domain/access_grant.h"
#include "services/tenancy/service/api_token_service.h"
#include "services/tenancy/service/collaborators.h"
#include "services/tenancy/service/key_ring.h"
#include "tenants/request_context.h"

namespace argosy::tenancy {

// What every access token carries besides its actor.
struct TokenStamp {
  std::string issuer;
  std::string audience;
};

// The verbs of argosy.tenancy.v1.AccessService, whose contract says what each refuses. Both are
// PUBLIC: their contexts have no tenant. Thread-safe.
class AccessService {
 public:
  AccessService(const Collaborators& with, KeyRing& keys, TokenForm form, TokenStamp stamp)
      : with_(with), keys_(keys), form_(std::move(form)), stamp_(std::move(stamp)) {}

  absl::StatusOr<v1::ExchangeTokenResponse> ExchangeToken(const tenants::RequestContext& ctx,
                                                          const v1::ExchangeTokenRequest& request);
  absl::StatusOr<v1::ListSigningKeysResponse> ListSigningKeys(
      const tenants::RequestContext& ctx, const v1::ListSigningKeysRequest& request);

 private:
  // What the request's token and tenant entitle to.
  absl::StatusOr<AccessGrant> Grant(const tenants::RequestContext& ctx,
                                    const v1::ExchangeTokenRequest& request);
  // Writes an onboarding grant into the chain of the tenant it opens.
  absl::Status Record(const tenants::RequestContext& ctx, const AccessGrant& grant);

  Collaborators with_;
  KeyRing& keys_;
  TokenForm form_;
  TokenStamp stamp_;
};

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_SERVICE_ACCESS_SERVICE_H_
