// What the service classes share.
#ifndef ARGOSY_SERVICES_TEAMS_SERVICE_COLLABORATORS_H_
#define ARGOSY_SERVICES_TEAMS_SERVICE_COLLABORATORS_H_

#include <cstdint>
#include <string>
#include <utility>

#include "base/ids.h"
#include "base/page_token.h"
#include "services/teams/store/member_store.h"
#include "services/teams/store/role_assignment_store.h"
#include "services/teams/store/stage_evaluation_store.h"
#include "services/teams/store/team_store.h"
#include "tenants/request_context.h"
#include "tenants/tenant_session.h"

namespace argosy::teams {

// References outlive the services.
struct Collaborators {
  tenants::TenantSession& db;
  base::IdSource& ids;
  const base::PageTokens& pages;
  MemberStore members = {};
  TeamStore teams = {};
  RoleAssignmentStore assignments = {};
  StageEvaluationStore evaluations = {};
};

// Rows of a page when the client does not say, and at most: a thousand people are about 300 KiB.
inline constexpr int32_t kPageDefault = 50;
inline constexpr int32_t kPageMax = 1000;
// An evaluation is about 6 KiB.
inline constexpr int32_t kEvaluationsDefault = 12;
inline constexpr int32_t kEvaluationsMax = 50;

// Where a listing of the call's tenant, narrowed by `filters`, goes on.
inline base::PageScope PageScopeOf(const tenants::RequestContext& ctx, std::string filters) {
  return {
      .tenant = ctx.tenant().tenant_uid(), .method = ctx.method(), .filters = std::move(filters)};
}

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_SERVICE_COLLABORATORS_H_
