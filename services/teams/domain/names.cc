#include "services/teams/domain/names.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace argosy::teams {
namespace {

std::string ChildName(const base::TenantId& tenant, absl::string_view collection,
                      absl::string_view id) {
  return absl::StrCat("tenants/", tenant.text(), "/", collection, "/", id);
}

}  // namespace

std::string MemberName(const base::TenantId& tenant, const base::MemberId& member) {
  return ChildName(tenant, "members", member.text());
}

std::string TeamName(const base::TenantId& tenant, const base::TeamId& team) {
  return ChildName(tenant, "teams", team.text());
}

std::string AssignmentName(const base::TenantId& tenant, const RoleAssignmentId& assignment) {
  return ChildName(tenant, "roleAssignments", assignment.ToString());
}

std::string EvaluationName(const base::TenantId& tenant, const StageEvaluationId& evaluation) {
  return ChildName(tenant, "stageEvaluations", evaluation.ToString());
}

std::string MembershipName(const base::TenantId& tenant, const MembershipId& membership) {
  return ChildName(tenant, "memberships", membership.ToString());
}

}  // namespace argosy::teams
