#include "services/tenancy/service/collaborators.h"

#include "absl/strings/str_cat.h"
#include "base/clock.h"

namespace argosy::tenancy {

tenants::AuditEntry ForeignEntry(const tenants::RequestContext& ctx) {
  return {
      .recorded_at_us = base::ToMicros(ctx.now()),
      .actor = absl::StrCat("tenants/", ctx.tenant().tenant_id().text(), "/", ctx.tenant().actor()),
      .method = ctx.method(),
      .resource = ctx.resource(),
      .request_id = ctx.request_id(),
      .call_id = ctx.call_id(),
      .trace_id = ctx.trace_id()};
}

}  // namespace argosy::tenancy
