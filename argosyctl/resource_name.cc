#include "argosyctl/resource_name.h"

#include <array>
#include <cstddef>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "base/fault.h"

namespace argosy::ctl {
namespace {

struct Pattern {
  const char* type;
  const char* outer;  // the collection directly under the tenant
  const char* inner;  // the one below it, or null
};

constexpr std::array<Pattern, 18> kPatterns = {{
    {"argosy.dev/Membership", "memberships", nullptr},
    {"argosy.dev/ApiToken", "apiTokens", nullptr},
    {"argosy.dev/Member", "members", nullptr},
    {"argosy.dev/Team", "teams", nullptr},
    {"argosy.dev/RoleAssignment", "roleAssignments", nullptr},
    {"argosy.dev/StageEvaluation", "stageEvaluations", nullptr},
    {"argosy.dev/Channel", "channels", nullptr},
    {"argosy.dev/Campaign", "campaigns", nullptr},
    {"argosy.dev/Fact", "facts", nullptr},
    {"argosy.dev/Import", "imports", nullptr},
    {"argosy.dev/MetricDefinition", "metricDefinitions", nullptr},
    {"argosy.dev/Plan", "plans", nullptr},
    {"argosy.dev/PlanVersion", "plans", "versions"},
    {"argosy.dev/PlanAssignment", "plans", "assignments"},
    {"argosy.dev/Run", "runs", nullptr},
    {"argosy.dev/LedgerEntry", "ledgerEntries", nullptr},
    {"argosy.dev/Statement", "statements", nullptr},
    {"argosy.dev/StatementLine", "statements", "lines"},
}};

absl::Status NameInvalid(absl::string_view text, absl::string_view why) {
  return base::FieldInvalid("name", absl::StrCat("'", text, "': ", why));
}

absl::StatusOr<std::string> Fill(const Pattern& pattern, absl::string_view text,
                                 absl::string_view tenant) {
  if (tenant.empty()) return NameInvalid(text, "no tenant is known: give --tenant");
  const std::vector<std::string> parts = absl::StrSplit(text, '/');
  const size_t wanted = pattern.inner == nullptr ? 1 : 2;
  if (parts.size() != wanted) {
    return NameInvalid(text, wanted == 1 ? "must be one id or a full name"
                                         : "must be two ids with '/' between, or a full name");
  }
  std::string name = absl::StrCat(tenant, "/", pattern.outer, "/", parts[0]);
  if (wanted == 2) absl::StrAppend(&name, "/", pattern.inner, "/", parts[1]);
  return name;
}

}  // namespace

absl::StatusOr<std::string> ExpandName(absl::string_view type, absl::string_view text,
                                       absl::string_view tenant) {
  if (absl::StartsWith(text, "tenants/")) return std::string(text);
  if (type == "argosy.dev/Tenant") return absl::StrCat("tenants/", text);
  for (const Pattern& pattern : kPatterns) {
    if (type == pattern.type) return Fill(pattern, text, tenant);
  }
  return NameInvalid(text, absl::StrCat("must be the full name of a ", type));
}

std::string ShortName(absl::string_view name) {
  if (!absl::StartsWith(name, "tenants/")) return std::string(name);
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  if (parts.size() == 2) return parts[1];
  std::vector<std::string> ids;
  for (size_t i = 3; i < parts.size(); i += 2) ids.push_back(parts[i]);
  return absl::StrJoin(ids, "/");
}

}  // namespace argosy::ctl
