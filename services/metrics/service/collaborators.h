// What the service classes share.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_COLLABORATORS_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_COLLABORATORS_H_

#include <string>
#include <utility>

#include "base/clock.h"
#include "base/ids.h"
#include "base/page_token.h"
#include "services/metrics/service/people_source.h"
#include "services/metrics/store/channel_store.h"
#include "services/metrics/store/fact_store.h"
#include "services/metrics/store/knowledge_store.h"
#include "tenants/request_context.h"
#include "tenants/tenant_session.h"

namespace argosy::metrics {

// References outlive the services.
struct Collaborators {
  tenants::TenantSession& db;
  const base::Clock& clock;
  base::IdSource& ids;
  const base::PageTokens& pages;
  PeopleSource& people;
  ChannelStore channels;
  FactStore facts;
  KnowledgeStore knowledge;
};

// Where a listing of the call's tenant goes on. `filters` are the canonical bytes of the request's
// fields that pick the rows.
inline base::PageScope PageScopeOf(const tenants::RequestContext& ctx, std::string filters) {
  return {
      .tenant = ctx.tenant().tenant_uid(), .method = ctx.method(), .filters = std::move(filters)};
}

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_COLLABORATORS_H_
