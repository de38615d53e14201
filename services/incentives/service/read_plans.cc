#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "services/incentives/domain/errors.h"
#include "services/incentives/service/convert.h"
#include "services/incentives/service/plan_service.h"

namespace argosy::incentives {

absl::StatusOr<Plan> PlanService::Get(const tenants::RequestContext& ctx,
                                      tenants::TenantReader& reader, const base::PlanId& id) const {
  ASSIGN_OR_RETURN(auto plan, with_.plan_store.Find(reader, id));
  if (!plan) return ResourceNotFound("argosy.dev/Plan", Names(ctx.tenant().tenant_id()).Plan(id));
  return *std::move(plan);
}

absl::StatusOr<PlanVersion> PlanService::GetVersion(const tenants::RequestContext& ctx,
                                                    tenants::TenantReader& reader, const Plan& plan,
                                                    const PlanVersionUid& uid) const {
  ASSIGN_OR_RETURN(auto version, with_.plan_store.FindVersion(reader, uid));
  if (!version || version->plan != plan.uid) {
    return ResourceNotFound("argosy.dev/PlanVersion",
                            Names(ctx.tenant().tenant_id()).PlanVersion(plan.id, uid));
  }
  return *std::move(version);
}

absl::StatusOr<std::optional<absl::CivilDay>> PlanService::LockedUntil(
    tenants::TenantReader& reader) const {
  ASSIGN_OR_RETURN(const std::vector<LockedMonth> locked, with_.run_store.ListLockedMonths(reader));
  if (locked.empty()) return std::optional<absl::CivilDay>();
  return std::optional<absl::CivilDay>(
      base::PeriodOf(locked.back().month, base::Grain::kMonth).end);
}

absl::StatusOr<v1::Plan> PlanService::GetPlan(const tenants::RequestContext& ctx,
                                              const v1::GetPlanRequest& request) {
  ASSIGN_OR_RETURN(const base::PlanId id, ParsePlanName("name", request.name()));
  return with_.db.Read<v1::Plan>(ctx,
                                 [&](tenants::TenantReader& reader) -> absl::StatusOr<v1::Plan> {
                                   ASSIGN_OR_RETURN(const Plan plan, Get(ctx, reader, id));
                                   return ToProto(Names(ctx.tenant().tenant_id()), plan);
                                 });
}

absl::StatusOr<v1::ListPlansResponse> PlanService::ListPlans(const tenants::RequestContext& ctx,
                                                             const v1::ListPlansRequest& request) {
  ASSIGN_OR_RETURN(const PageAsked page, OpenPage(with_, ctx, request, ""));
  ASSIGN_OR_RETURN(std::vector<Plan> plans,
                   with_.db.Read<std::vector<Plan>>(ctx, [&](tenants::TenantReader& reader) {
                     return with_.plan_store.List(reader, page.after, page.size + 1);
                   }));
  v1::ListPlansResponse response;
  if (plans.size() > static_cast<size_t>(page.size)) {
    plans.pop_back();
    response.set_next_page_token(with_.pages.Seal(page.scope, plans.back().id.text()));
  }
  const Names names(ctx.tenant().tenant_id());
  for (const Plan& plan : plans) *response.add_plans() = ToProto(names, plan);
  return response;
}

absl::StatusOr<v1::PlanVersion> PlanService::GetPlanVersion(
    const tenants::RequestContext& ctx, const v1::GetPlanVersionRequest& request) {
  ASSIGN_OR_RETURN(const PlanVersionName name, ParsePlanVersionName(request.name()));
  return with_.db.Read<v1::PlanVersion>(
      ctx, [&](tenants::TenantReader& reader) -> absl::StatusOr<v1::PlanVersion> {
        ASSIGN_OR_RETURN(const Plan plan, Get(ctx, reader, name.plan));
        ASSIGN_OR_RETURN(const PlanVersion version, GetVersion(ctx, reader, plan, name.version));
        return ToProto(Names(ctx.tenant().tenant_id()), plan.id, version);
      });
}

absl::StatusOr<v1::ListPlanVersionsResponse> PlanService::ListPlanVersions(
    const tenants::RequestContext& ctx, const v1::ListPlanVersionsRequest& request) {
  ASSIGN_OR_RETURN(const base::PlanId id, ParsePlanName("parent", request.parent()));
  ASSIGN_OR_RETURN(const PageAsked page, OpenPage(with_, ctx, request, id.text()));
  int64_t after = 0;
  if (!page.after.empty() && !absl::SimpleAtoi(page.after, &after)) {
    return base::PageTokenInvalid();
  }
  ASSIGN_OR_RETURN(
      std::vector<PlanVersion> versions,
      with_.db.Read<std::vector<PlanVersion>>(
          ctx, [&](tenants::TenantReader& reader) -> absl::StatusOr<std::vector<PlanVersion>> {
            ASSIGN_OR_RETURN(const Plan plan, Get(ctx, reader, id));
            return with_.plan_store.ListVersions(reader, plan.uid, after, page.size + 1);
          }));
  v1::ListPlanVersionsResponse response;
  if (versions.size() > static_cast<size_t>(page.size)) {
    versions.pop_back();
    response.set_next_page_token(
        with_.pages.Seal(page.scope, absl::StrCat(versions.back().ordinal)));
  }
  const Names names(ctx.tenant().tenant_id());
  for (const PlanVersion& version : versions) {
    *response.add_plan_versions() = ToProto(names, id, version);
  }
  return response;
}

absl::StatusOr<v1::ListPlanAssignmentsResponse> PlanService::ListPlanAssignments(
    const tenants::RequestContext& ctx, const v1::ListPlanAssignmentsRequest& request) {
  ASSIGN_OR_RETURN(const auto id, ParsePlanOrAll("parent", request.parent()));
  ASSIGN_OR_RETURN(const PageAsked page, OpenPage(with_, ctx, request, id ? id->text() : "-"));
  PlanAssignmentUid after;
  if (!page.after.empty()) {
    ASSIGN_OR_RETURN(after, PlanAssignmentUid::Parse(page.after));
  }
  ASSIGN_OR_RETURN(
      std::vector<PlanAssignment> assignments,
      with_.db.Read<std::vector<PlanAssignment>>(
          ctx, [&](tenants::TenantReader& reader) -> absl::StatusOr<std::vector<PlanAssignment>> {
            std::optional<PlanUid> uid;
            if (id) {
              ASSIGN_OR_RETURN(const Plan plan, Get(ctx, reader, *id));
              uid = plan.uid;
            }
            return with_.plan_store.ListAssignments(reader, uid, after, page.size + 1);
          }));
  v1::ListPlanAssignmentsResponse response;
  if (assignments.size() > static_cast<size_t>(page.size)) {
    assignments.pop_back();
    response.set_next_page_token(with_.pages.Seal(page.scope, assignments.back().uid.ToString()));
  }
  const Names names(ctx.tenant().tenant_id());
  for (const PlanAssignment& assignment : assignments) {
    *response.add_plan_assignments() = ToProto(names, assignment);
  }
  return response;
}

}  // namespace argosy::incentives
