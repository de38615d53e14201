#include "services/incentives/service/names.h"

#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "services/incentives/domain/errors.h"

namespace argosy::incentives {
namespace {

using Parts = std::vector<absl::string_view>;

absl::Status NotAName(absl::string_view field, absl::string_view form) {
  return base::FieldInvalid(field, absl::StrCat("is not of the form '", form, "'"));
}

// The ids of a name "tenants/{t}/a/{x}/b/{y}" whose collections are `collections`, without the
// tenant.
absl::StatusOr<Parts> Split(absl::string_view field, absl::string_view name,
                            const Parts& collections, absl::string_view form) {
  const Parts parts = absl::StrSplit(name, '/');
  if (parts.size() != 2 + 2 * collections.size() || parts[0] != "tenants") {
    return NotAName(field, form);
  }
  Parts ids;
  for (size_t i = 0; i < collections.size(); ++i) {
    if (parts[2 + 2 * i] != collections[i]) return NotAName(field, form);
    ids.push_back(parts[3 + 2 * i]);
  }
  return ids;
}

template <typename Id>
absl::StatusOr<Id> ParseId(absl::string_view field, absl::string_view text,
                           absl::string_view form) {
  absl::StatusOr<Id> id = Id::Parse(text);
  if (!id.ok()) return NotAName(field, form);
  return id;
}

constexpr absl::string_view kPlanForm = "tenants/{tenant}/plans/{plan}";
constexpr absl::string_view kVersionForm = "tenants/{tenant}/plans/{plan}/versions/{version}";
constexpr absl::string_view kAssignmentForm =
    "tenants/{tenant}/plans/{plan}/assignments/{assignment}";
constexpr absl::string_view kRunForm = "tenants/{tenant}/runs/{run}";
constexpr absl::string_view kMemberForm = "tenants/{tenant}/members/{member}";
constexpr absl::string_view kStatementForm = "tenants/{tenant}/statements/{statement}";
constexpr absl::string_view kLineForm = "tenants/{tenant}/statements/{statement}/lines/{line}";

}  // namespace

Names::Names(const base::TenantId& tenant)
    : tenant_(absl::StrCat("tenants/", tenant.text(), "/")) {}

std::string Names::Plan(const base::PlanId& plan) const {
  return absl::StrCat(tenant_, "plans/", plan.text());
}
std::string Names::PlanVersion(const base::PlanId& plan, const PlanVersionUid& version) const {
  return absl::StrCat(Plan(plan), "/versions/", version.ToString());
}
std::string Names::PlanAssignment(const base::PlanId& plan,
                                  const PlanAssignmentUid& assignment) const {
  return absl::StrCat(Plan(plan), "/assignments/", assignment.ToString());
}
std::string Names::Member(const base::MemberId& member) const {
  return absl::StrCat(tenant_, "members/", member.text());
}
std::string Names::Run(const RunUid& run) const {
  return absl::StrCat(tenant_, "runs/", run.ToString());
}
std::string Names::RunLine(const RunUid& run, int64_t line) const {
  return absl::StrCat(Run(run), "/lines/", line);
}
std::string Names::Statement(const StatementUid& statement) const {
  return absl::StrCat(tenant_, "statements/", statement.ToString());
}
std::string Names::StatementLine(const StatementUid& statement, int64_t line) const {
  return absl::StrCat(Statement(statement), "/lines/", line);
}
std::string Names::LedgerEntry(int64_t seq) const {
  return absl::StrCat(tenant_, "ledgerEntries/", seq);
}

absl::StatusOr<base::PlanId> ParsePlanName(absl::string_view field, absl::string_view name) {
  ASSIGN_OR_RETURN(const Parts ids, Split(field, name, {"plans"}, kPlanForm));
  return ParseId<base::PlanId>(field, ids[0], kPlanForm);
}

absl::StatusOr<std::optional<base::PlanId>> ParsePlanOrAll(absl::string_view field,
                                                           absl::string_view name) {
  ASSIGN_OR_RETURN(const Parts ids, Split(field, name, {"plans"}, kPlanForm));
  if (ids[0] == "-") return std::optional<base::PlanId>();
  ASSIGN_OR_RETURN(base::PlanId plan, ParseId<base::PlanId>(field, ids[0], kPlanForm));
  return std::optional<base::PlanId>(std::move(plan));
}

absl::StatusOr<PlanVersionName> ParsePlanVersionName(absl::string_view name) {
  ASSIGN_OR_RETURN(const Parts ids, Split("name", name, {"plans", "versions"}, kVersionForm));
  PlanVersionName parsed;
  ASSIGN_OR_RETURN(parsed.plan, ParseId<base::PlanId>("name", ids[0], kVersionForm));
  ASSIGN_OR_RETURN(parsed.version, ParseId<PlanVersionUid>("name", ids[1], kVersionForm));
  return parsed;
}

absl::StatusOr<PlanAssignmentName> ParsePlanAssignmentName(absl::string_view name) {
  ASSIGN_OR_RETURN(const Parts ids, Split("name", name, {"plans", "assignments"}, kAssignmentForm));
  PlanAssignmentName parsed;
  ASSIGN_OR_RETURN(parsed.plan, ParseId<base::PlanId>("name", ids[0], kAssignmentForm));
  ASSIGN_OR_RETURN(parsed.assignment, ParseId<PlanAssignmentUid>("name", ids[1], kAssignmentForm));
  return parsed;
}

absl::StatusOr<RunUid> ParseRunName(absl::string_view field, absl::string_view name) {
  ASSIGN_OR_RETURN(const Parts ids, Split(field, name, {"runs"}, kRunForm));
  return ParseId<RunUid>(field, ids[0], kRunForm);
}

absl::StatusOr<base::MemberId> ParseMemberName(absl::string_view field, absl::string_view name) {
  ASSIGN_OR_RETURN(const Parts ids, Split(field, name, {"members"}, kMemberForm));
  return ParseId<base::MemberId>(field, ids[0], kMemberForm);
}

absl::StatusOr<StatementUid> ParseStatementName(absl::string_view name) {
  ASSIGN_OR_RETURN(const Parts ids, Split("name", name, {"statements"}, kStatementForm));
  return ParseId<StatementUid>("name", ids[0], kStatementForm);
}

absl::StatusOr<StatementLineName> ParseStatementLineName(absl::string_view name) {
  ASSIGN_OR_RETURN(const Parts ids, Split("name", name, {"statements", "lines"}, kLineForm));
  StatementLineName parsed;
  ASSIGN_OR_RETURN(parsed.statement, ParseId<StatementUid>("name", ids[0], kLineForm));
  if (!absl::SimpleAtoi(ids[1], &parsed.line) || parsed.line < 1)
    return NotAName("name", kLineForm);
  return parsed;
}

std::string ToEtag(const base::Uuid& uid, int64_t version) {
  return absl::StrCat("\"", uid.ToString(), "-", version, "\"");
}

absl::Status CheckEtag(absl::string_view name, absl::string_view etag, const base::Uuid& uid,
                       int64_t version) {
  return etag == ToEtag(uid, version) ? absl::OkStatus() : EtagMismatch(name);
}

}  // namespace argosy::incentives
