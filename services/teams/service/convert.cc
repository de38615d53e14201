#include "services/teams/service/convert.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/money.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/teams/domain/names.h"

namespace argosy::teams {
namespace {

// The end of `days` as text, empty when there is none.
std::string EndText(const DayRange& days) {
  return days.end.has_value() ? base::FormatCivilDay(*days.end) : "";
}

absl::StatusOr<std::optional<absl::CivilDay>> ParseOptionalDay(const std::string& text) {
  if (text.empty()) return std::optional<absl::CivilDay>();
  ASSIGN_OR_RETURN(const absl::CivilDay day, base::ParseCivilDay(text));
  return std::optional<absl::CivilDay>(day);
}

absl::StatusOr<DayRange> ParseDays(const std::string& start, const std::string& end) {
  DayRange days;
  ASSIGN_OR_RETURN(days.start, base::ParseCivilDay(start));
  ASSIGN_OR_RETURN(days.end, ParseOptionalDay(end));
  return days;
}

absl::StatusOr<std::optional<MembershipId>> ParseOptionalMembership(const std::string& name) {
  if (name.empty()) return std::optional<MembershipId>();
  ASSIGN_OR_RETURN(const MembershipId id, ParseMembershipName(name));
  return std::optional<MembershipId>(id);
}

absl::StatusOr<std::optional<base::MemberId>> ParseOptionalMember(const std::string& name) {
  if (name.empty()) return std::optional<base::MemberId>();
  ASSIGN_OR_RETURN(base::MemberId id, ParseMemberName(name));
  return std::optional<base::MemberId>(std::move(id));
}

absl::StatusOr<std::optional<base::TeamId>> ParseOptionalTeam(const std::string& name) {
  if (name.empty()) return std::optional<base::TeamId>();
  ASSIGN_OR_RETURN(base::TeamId id, ParseTeamName(name));
  return std::optional<base::TeamId>(std::move(id));
}

absl::StatusOr<std::optional<base::Money>> ParseBudget(const v1::Team& team) {
  if (!team.has_monthly_budget()) return std::optional<base::Money>();
  ASSIGN_OR_RETURN(const base::Currency currency,
                   base::Currency::Parse(team.monthly_budget().currency_code()));
  return std::optional<base::Money>(
      base::Money{.minor = team.monthly_budget().amount_minor(), .currency = currency});
}

absl::StatusOr<BusinessRole> ParseBusinessRole(common::v1::BusinessRole role) {
  const auto number = static_cast<int64_t>(role);
  if (number < 1 || number > kBusinessRoleLast) {
    return base::FieldInvalid("role_assignment.role", "must be a role");
  }
  return static_cast<BusinessRole>(number);
}

absl::StatusOr<TeamKind> ParseKind(v1::TeamKind kind) {
  const auto number = static_cast<int64_t>(kind);
  if (number < 1 || number > kTeamKindLast) {
    return base::FieldInvalid("team.kind", "must be a kind of team");
  }
  return static_cast<TeamKind>(number);
}

// Which fields of a resource an update takes.
class UpdateMask {
 public:
  static absl::StatusOr<UpdateMask> Parse(const google::protobuf::FieldMask& mask,
                                          const std::vector<std::string>& known) {
    std::vector<std::string> paths(mask.paths().begin(), mask.paths().end());
    if (paths == std::vector<std::string>{"*"}) paths = known;
    for (const std::string& path : paths) {
      if (std::find(known.begin(), known.end(), path) == known.end()) {
        return base::FieldInvalid("update_mask", absl::StrCat("'", path, "' cannot be changed"));
      }
    }
    return UpdateMask(std::move(paths));
  }

  // Without a mask a field is taken when it is set.
  enum class Presence { kUnset, kSet };
  bool Takes(absl::string_view path, Presence presence) const {
    if (paths_.empty()) return presence == Presence::kSet;
    return std::find(paths_.begin(), paths_.end(), path) != paths_.end();
  }
  bool Takes(absl::string_view path, const std::string& value) const {
    return Takes(path, value.empty() ? Presence::kUnset : Presence::kSet);
  }

 private:
  explicit UpdateMask(std::vector<std::string> paths) : paths_(std::move(paths)) {}
  std::vector<std::string> paths_;
};

}  // namespace

google::protobuf::Timestamp ToProto(absl::Time time) {
  constexpr int64_t kMicrosPerSecond = 1'000'000;
  constexpr int64_t kNanosPerMicro = 1'000;
  const int64_t micros = base::ToMicros(time);
  int64_t seconds = micros / kMicrosPerSecond;
  int64_t rest = micros % kMicrosPerSecond;
  if (rest < 0) {
    rest += kMicrosPerSecond;
    --seconds;
  }
  google::protobuf::Timestamp proto;
  proto.set_seconds(seconds);
  proto.set_nanos(static_cast<int32_t>(rest * kNanosPerMicro));
  return proto;
}

v1::Member ToProto(const base::TenantId& tenant, const Member& member) {
  v1::Member proto;
  proto.set_name(MemberName(tenant, member.id));
  proto.set_uid(member.uid.ToString());
  proto.set_display_name(member.fields.display_name);
  if (member.fields.membership.has_value()) {
    proto.set_membership(MembershipName(tenant, *member.fields.membership));
  }
  proto.set_joined_date(base::FormatCivilDay(member.fields.employment.start));
  proto.set_left_date(EndText(member.fields.employment));
  proto.set_etag(member.etag());
  *proto.mutable_create_time() = ToProto(member.created_at);
  *proto.mutable_update_time() = ToProto(member.updated_at);
  return proto;
}

v1::Team ToProto(const base::TenantId& tenant, const Team& team) {
  v1::Team proto;
  proto.set_name(TeamName(tenant, team.id));
  proto.set_uid(team.uid.ToString());
  proto.set_display_name(team.fields.display_name);
  proto.set_kind(static_cast<v1::TeamKind>(team.fields.kind));
  if (team.fields.lead.has_value()) proto.set_lead_member(MemberName(tenant, *team.fields.lead));
  if (team.fields.monthly_budget.has_value()) {
    proto.mutable_monthly_budget()->set_amount_minor(team.fields.monthly_budget->minor);
    proto.mutable_monthly_budget()->set_currency_code(team.fields.monthly_budget->currency.code());
  }
  proto.set_etag(team.etag());
  *proto.mutable_create_time() = ToProto(team.created_at);
  *proto.mutable_update_time() = ToProto(team.updated_at);
  return proto;
}

v1::RoleAssignment ToProto(const base::TenantId& tenant, const RoleAssignment& assignment) {
  v1::RoleAssignment proto;
  proto.set_name(AssignmentName(tenant, assignment.id));
  proto.set_member(MemberName(tenant, assignment.fields.member));
  if (assignment.fields.team.has_value()) {
    proto.set_team(TeamName(tenant, *assignment.fields.team));
  }
  proto.set_role(static_cast<common::v1::BusinessRole>(assignment.fields.role));
  proto.set_effective_start_date(base::FormatCivilDay(assignment.fields.days.start));
  proto.set_effective_end_date(EndText(assignment.fields.days));
  proto.set_effort_share_ppm(assignment.fields.share_ppm);
  proto.set_etag(assignment.etag());
  *proto.mutable_create_time() = ToProto(assignment.created_at);
  *proto.mutable_update_time() = ToProto(assignment.updated_at);
  return proto;
}

v1::CurrentModel ToProto(const RoleLayout& layout, const CurrentModel& model) {
  v1::CurrentModel proto;
  proto.set_model(static_cast<v1::TeamModel>(model.model));
  proto.set_nearest_model(static_cast<v1::TeamModel>(model.nearest));
  proto.set_headcount(layout.headcount);
  proto.set_sales(layout.sales);
  proto.set_operations(layout.operations);
  proto.set_marketing(layout.marketing);
  proto.set_customer_service(layout.customer_service);
  for (const ModelCondition& condition : model.trace) {
    v1::ModelCondition& line = *proto.add_trace();
    line.set_model(static_cast<v1::TeamModel>(condition.model));
    line.set_condition(condition.condition);
    line.set_present(condition.present);
    line.set_bound(condition.bound);
    line.set_gap(condition.gap);
  }
  return proto;
}

absl::StatusOr<std::string> ParseLastPart(absl::string_view name, absl::string_view collection) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() != 4 || parts[0] != "tenants" || parts[2] != collection) {
    return base::FieldInvalid("name", absl::StrCat("must be tenants/*/", collection, "/*"));
  }
  return std::string(parts[3]);
}

absl::StatusOr<base::MemberId> ParseMemberName(absl::string_view name) {
  ASSIGN_OR_RETURN(const std::string id, ParseLastPart(name, "members"));
  return base::MemberId::Parse(id);
}

absl::StatusOr<base::TeamId> ParseTeamName(absl::string_view name) {
  ASSIGN_OR_RETURN(const std::string id, ParseLastPart(name, "teams"));
  return base::TeamId::Parse(id);
}

absl::StatusOr<RoleAssignmentId> ParseAssignmentName(absl::string_view name) {
  ASSIGN_OR_RETURN(const std::string id, ParseLastPart(name, "roleAssignments"));
  return RoleAssignmentId::Parse(id);
}

absl::StatusOr<MembershipId> ParseMembershipName(absl::string_view name) {
  ASSIGN_OR_RETURN(const std::string id, ParseLastPart(name, "memberships"));
  return MembershipId::Parse(id);
}

absl::StatusOr<MemberFields> ParseMember(const v1::Member& member) {
  MemberFields fields{.display_name = member.display_name()};
  ASSIGN_OR_RETURN(fields.membership, ParseOptionalMembership(member.membership()));
  ASSIGN_OR_RETURN(fields.employment, ParseDays(member.joined_date(), member.left_date()));
  RETURN_IF_ERROR(CheckMember(fields));
  return fields;
}

absl::StatusOr<TeamFields> ParseTeam(const v1::Team& team) {
  TeamFields fields{.display_name = team.display_name()};
  ASSIGN_OR_RETURN(fields.kind, ParseKind(team.kind()));
  ASSIGN_OR_RETURN(fields.lead, ParseOptionalMember(team.lead_member()));
  ASSIGN_OR_RETURN(fields.monthly_budget, ParseBudget(team));
  RETURN_IF_ERROR(CheckTeam(fields));
  return fields;
}

absl::StatusOr<RoleFields> ParseRole(const v1::RoleAssignment& assignment) {
  RoleFields fields{.share_ppm = assignment.effort_share_ppm()};
  ASSIGN_OR_RETURN(fields.member, ParseMemberName(assignment.member()));
  ASSIGN_OR_RETURN(fields.team, ParseOptionalTeam(assignment.team()));
  ASSIGN_OR_RETURN(fields.role, ParseBusinessRole(assignment.role()));
  ASSIGN_OR_RETURN(fields.days,
                   ParseDays(assignment.effective_start_date(), assignment.effective_end_date()));
  return fields;
}

absl::StatusOr<AssignmentFilter> ParseFilter(const v1::ListRoleAssignmentsRequest& request) {
  AssignmentFilter filter;
  ASSIGN_OR_RETURN(filter.member, ParseOptionalMember(request.member()));
  ASSIGN_OR_RETURN(filter.team, ParseOptionalTeam(request.team()));
  if (request.role() != common::v1::BUSINESS_ROLE_UNSPECIFIED) {
    ASSIGN_OR_RETURN(filter.role, ParseBusinessRole(request.role()));
  }
  if (request.has_period()) {
    ASSIGN_OR_RETURN(filter.days,
                     ParseDays(request.period().start_date(), request.period().end_date()));
    if (filter.days->is_empty()) {
      return base::FieldInvalid("period.end_date", "must be later than start_date");
    }
  }
  return filter;
}

absl::StatusOr<MemberFields> MergeMember(const MemberFields& current, const v1::Member& change,
                                         const google::protobuf::FieldMask& mask) {
  ASSIGN_OR_RETURN(const UpdateMask taken, UpdateMask::Parse(mask, {"display_name", "membership",
                                                                    "joined_date", "left_date"}));
  MemberFields next = current;
  if (taken.Takes("display_name", change.display_name())) next.display_name = change.display_name();
  if (taken.Takes("membership", change.membership())) {
    ASSIGN_OR_RETURN(next.membership, ParseOptionalMembership(change.membership()));
  }
  if (taken.Takes("joined_date", change.joined_date())) {
    ASSIGN_OR_RETURN(next.employment.start, base::ParseCivilDay(change.joined_date()));
  }
  if (taken.Takes("left_date", change.left_date())) {
    ASSIGN_OR_RETURN(next.employment.end, ParseOptionalDay(change.left_date()));
  }
  return next;
}

absl::StatusOr<TeamFields> MergeTeam(const TeamFields& current, const v1::Team& change,
                                     const google::protobuf::FieldMask& mask) {
  using Presence = UpdateMask::Presence;
  ASSIGN_OR_RETURN(
      const UpdateMask taken,
      UpdateMask::Parse(mask, {"display_name", "kind", "lead_member", "monthly_budget"}));
  const auto presence = [](bool set) { return set ? Presence::kSet : Presence::kUnset; };
  TeamFields next = current;
  if (taken.Takes("display_name", change.display_name())) next.display_name = change.display_name();
  if (taken.Takes("kind", presence(change.kind() != v1::TEAM_KIND_UNSPECIFIED))) {
    ASSIGN_OR_RETURN(next.kind, ParseKind(change.kind()));
  }
  if (taken.Takes("lead_member", change.lead_member())) {
    ASSIGN_OR_RETURN(next.lead, ParseOptionalMember(change.lead_member()));
  }
  if (taken.Takes("monthly_budget", presence(change.has_monthly_budget()))) {
    ASSIGN_OR_RETURN(next.monthly_budget, ParseBudget(change));
  }
  return next;
}

}  // namespace argosy::teams
