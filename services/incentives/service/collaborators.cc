#include "services/incentives/service/collaborators.h"

#include "tenants/access.h"

namespace argosy::incentives {

Sight SightOf(const tenants::RequestContext& ctx) {
  const tenants::Reach reach = ctx.tenant().ReachFor(tenants::Permission::kIncentivesRead);
  if (reach == tenants::Reach::kWholeTenant) return {.everybody = true};
  return {.own = ctx.tenant().member_id()};
}

MemberScope NarrowTo(const Sight& sight, const std::optional<base::MemberId>& asked) {
  if (sight.everybody) return {.member = asked};
  if (!sight.own || (asked && *asked != *sight.own)) return {.nobody = true};
  return {.member = sight.own};
}

}  // namespace argosy::incentives
