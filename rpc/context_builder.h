// The only maker of contexts outside tests: what has been authenticated and authorised becomes the
// context a handler runs in.
#ifndef ARGOSY_RPC_CONTEXT_BUILDER_H_
#define ARGOSY_RPC_CONTEXT_BUILDER_H_

#include <optional>

#include "absl/time/time.h"
#include "rpc/authenticate.h"
#include "rpc/authorize.h"
#include "tenants/request_context.h"
#include "tenants/tenant_context.h"

namespace argosy::rpc {

class ContextBuilder {
 public:
  // The context of a call that `grant` allows to `caller`.
  static tenants::RequestContext ForTenant(tenants::RequestFields fields, const Caller& caller,
                                           const Grant& grant);
  // The context of a PUBLIC call: it has no tenant.
  static tenants::RequestContext ForPublic(tenants::RequestFields fields);
};

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_CONTEXT_BUILDER_H_
