// What the service classes share.
#ifndef ARGOSY_SERVICES_INCENTIVES_SERVICE_COLLABORATORS_H_
#define ARGOSY_SERVICES_INCENTIVES_SERVICE_COLLABORATORS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "base/ids.h"
#include "base/page_token.h"
#include "base/status_macros.h"
#include "services/incentives/service/order_source.h"
#include "services/incentives/service/people_source.h"
#include "services/incentives/store/ledger_store.h"
#include "services/incentives/store/plan_store.h"
#include "services/incentives/store/run_store.h"
#include "tenants/request_context.h"
#include "tenants/tenant_session.h"

namespace argosy::incentives {

// References outlive the services.
struct Collaborators {
  tenants::TenantSession& db;
  base::IdSource& ids;
  const base::PageTokens& pages;
  OrderSource& orders;
  PeopleSource& people;
  PlanStore plan_store;
  RunStore run_store;
  LedgerStore ledger_store;
};

// Rows of a page when the client does not say, and at most: a screenful, and what stays well below
// 1 MiB.
inline constexpr int32_t kPageDefault = 50;
inline constexpr int32_t kPageMax = 200;

// A page being read: how many rows, and after which key ("" from the first).
struct PageAsked {
  base::PageScope scope;
  int32_t size = 0;
  std::string after;
};
// PAGE_TOKEN_INVALID, FIELD_INVALID. `filters` are the request's fields that pick rows.
template <typename Request>
absl::StatusOr<PageAsked> OpenPage(const Collaborators& with, const tenants::RequestContext& ctx,
                                   const Request& request, std::string filters) {
  PageAsked page{.scope = {.tenant = ctx.tenant().tenant_uid(),
                           .method = ctx.method(),
                           .filters = std::move(filters)}};
  ASSIGN_OR_RETURN(page.size, base::PageSize(request.page_size(), kPageDefault, kPageMax));
  ASSIGN_OR_RETURN(page.after, with.pages.Open(page.scope, request.page_token()));
  return page;
}

// Whose figures the caller may see.
struct Sight {
  bool everybody = false;
  std::optional<base::MemberId> own;  // nothing: nobody's

  bool Covers(const base::MemberId& member) const { return everybody || own == member; }
};
Sight SightOf(const tenants::RequestContext& ctx);

// The member a listing is narrowed to: the one asked for, or the caller's own. Nothing with
// `nobody` set when the caller may not see the one asked for: the listing is empty.
struct MemberScope {
  bool nobody = false;
  std::optional<base::MemberId> member;
};
MemberScope NarrowTo(const Sight& sight, const std::optional<base::MemberId>& asked);

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_SERVICE_COLLABORATORS_H_
