#include <string>
#include <vector>

#include "base/status_macros.h"
#include "services/tenancy/service/api_token_service.h"
#include "services/tenancy/service/convert.h"

namespace argosy::tenancy {

absl::StatusOr<v1::ListApiTokensResponse> ApiTokenService::ListApiTokens(
    const tenants::RequestContext& ctx, const v1::ListApiTokensRequest& request) {
  ASSIGN_OR_RETURN(const int32_t size, base::PageSize(request.page_size(), kPageDefault, kPageMax));
  ASSIGN_OR_RETURN(const std::string key, with_.pages.Open(PageScopeOf(ctx), request.page_token()));
  ApiTokenId after;
  if (!key.empty()) {
    ASSIGN_OR_RETURN(after, ApiTokenId::Parse(key));
  }
  ASSIGN_OR_RETURN(std::vector<ApiToken> tokens,
                   with_.db.Read<std::vector<ApiToken>>(ctx, [&](tenants::TenantReader& reader) {
                     return with_.tokens.List(reader, after, size + 1);
                   }));
  v1::ListApiTokensResponse response;
  if (tokens.size() > static_cast<size_t>(size)) {
    tokens.pop_back();
    response.set_next_page_token(with_.pages.Seal(PageScopeOf(ctx), tokens.back().id.ToString()));
  }
  for (const ApiToken& token : tokens) {
    *response.add_api_tokens() = ToProto(ctx.tenant().tenant_id(), token);
  }
  return response;
}

}  // namespace argosy::tenancy
