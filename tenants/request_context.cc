#include "tenants/request_context.h"

#include <cstdlib>

namespace argosy::tenants {

const TenantContext& RequestContext::tenant() const {
  if (!tenant_.has_value()) std::abort();
  return *tenant_;
}

std::string RequestContext::StorableReply(std::string reply) const {
  return fields_.blank_secrets ? fields_.blank_secrets(reply) : std::move(reply);
}

}  // namespace argosy::tenants
