// API tokens: made, listed, revoked.
#ifndef ARGOSY_SERVICES_TENANCY_SERVICE_API_TOKEN_SERVICE_H_
#define ARGOSY_SERVICES_TENANCY_SERVICE_API_TOKEN_SERVICE_H_

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "argosy/tenancy/v1/api_token.pb.h"
#include "services/tenancy/domain/api_token.h"
#include "services/tenancy/service/collaborators.h"
#include "tenants/request_context.h"

namespace argosy::tenancy {

// How the texts of API tokens are made and digested.
struct TokenForm {
  std::string environment;  // the env part
  std::string pepper;       // keys the digests
};

// A pepper of fewer bytes could be guessed together with a leaked digest.
inline constexpr size_t kPepperBytesMin = 32;

// FIELD_INVALID for an environment of another form or a pepper that is too short.
absl::Status CheckForm(const TokenForm& form);

// The verbs of argosy.tenancy.v1.ApiTokenService, whose contract says what each refuses.
// Thread-safe.
class ApiTokenService {
 public:
  ApiTokenService(const Collaborators& with, TokenForm form)
      : with_(with), form_(std::move(form)) {}

  absl::StatusOr<v1::ApiToken> CreateApiToken(const tenants::RequestContext& ctx,
                                              const v1::CreateApiTokenRequest& request);
  absl::StatusOr<v1::ListApiTokensResponse> ListApiTokens(const tenants::RequestContext& ctx,
                                                          const v1::ListApiTokensRequest& request);
  absl::StatusOr<v1::ApiToken> RevokeApiToken(const tenants::RequestContext& ctx,
                                              const v1::RevokeApiTokenRequest& request);

 private:
  Collaborators with_;
  TokenForm form_;
};

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_SERVICE_API_TOKEN_SERVICE_H_
