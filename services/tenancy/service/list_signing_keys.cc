#include <vector>

#include "base/status_macros.h"
#include "services/tenancy/service/access_service.h"
#include "services/tenancy/service/convert.h"

namespace argosy::tenancy {

absl::StatusOr<v1::ListSigningKeysResponse> AccessService::ListSigningKeys(
    const tenants::RequestContext& ctx, const v1::ListSigningKeysRequest&) {
  ASSIGN_OR_RETURN(const std::vector<PublicKey> keys, keys_.Accepted(ctx.now(), ctx.deadline()));
  v1::ListSigningKeysResponse response;
  for (const PublicKey& key : keys) {
    v1::SigningKey& proto = *response.add_signing_keys();
    proto.set_kid(key.times.kid);
    proto.set_jwk(key.jwk);
    *proto.mutable_activate_time() = ToProto(key.times.activate_time);
  }
  return response;
}

}  // namespace argosy::tenancy
