#include "services/tenancy/service/convert.h"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "google/protobuf/field_mask.pb.h"

namespace argosy::tenancy {
namespace {

constexpr absl::string_view kTenantsPrefix = "tenants/";
constexpr absl::string_view kMembershipActor = "memberships/";

using Paths = std::set<std::string>;

// The paths of `mask`: all of `known` for "*" and for none. FIELD_INVALID for one that is not
// known.
absl::StatusOr<Paths> ParseMask(const google::protobuf::FieldMask& mask,
                                std::initializer_list<absl::string_view> known) {
  Paths all(known.begin(), known.end());
  if (mask.paths().empty()) return all;
  if (mask.paths_size() == 1 && mask.paths(0) == "*") return all;
  Paths paths;
  for (const std::string& path : mask.paths()) {
    if (all.count(path) == 0) {
      return base::FieldInvalid("update_mask", absl::StrCat("'", path, "' cannot be changed"));
    }
    paths.insert(path);
  }
  return paths;
}

absl::string_view LastPart(absl::string_view name) {
  return name.substr(std::min(name.size(), name.rfind('/') + 1));
}

absl::StatusOr<base::Uuid> ParseLastPart(absl::string_view name) {
  const absl::StatusOr<base::Uuid> uuid = base::Uuid::Parse(LastPart(name));
  if (!uuid.ok()) return base::FieldInvalid("name", "does not end with a UUID");
  return *uuid;
}

absl::StatusOr<AccessRole> ParseRole(common::v1::AccessRole role) {
  switch (role) {
    case common::v1::ACCESS_ROLE_OWNER:
      return AccessRole::kOwner;
    case common::v1::ACCESS_ROLE_MEMBER:
      return AccessRole::kMember;
    case common::v1::ACCESS_ROLE_PLATFORM_OPERATOR:
      return AccessRole::kPlatformOperator;
    default:
      return base::FieldInvalid("membership.access_role", "is required");
  }
}

// "" is no member.
absl::StatusOr<std::optional<base::MemberId>> ParseMember(absl::string_view name) {
  if (name.empty()) return std::optional<base::MemberId>();
  ASSIGN_OR_RETURN(base::MemberId id, base::MemberId::Parse(LastPart(name)));
  return std::optional<base::MemberId>(std::move(id));
}

}  // namespace

google::protobuf::Timestamp ToProto(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  const absl::Time whole = absl::FromUnixSeconds(absl::ToUnixSeconds(time));
  timestamp.set_seconds(absl::ToUnixSeconds(time));
  timestamp.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(time - whole)));
  return timestamp;
}

common::v1::AccessRole ToProto(AccessRole role) {
  switch (role) {
    case AccessRole::kOwner:
      return common::v1::ACCESS_ROLE_OWNER;
    case AccessRole::kMember:
      return common::v1::ACCESS_ROLE_MEMBER;
    case AccessRole::kPlatformOperator:
      return common::v1::ACCESS_ROLE_PLATFORM_OPERATOR;
  }
  return common::v1::ACCESS_ROLE_UNSPECIFIED;
}

v1::Tenant ToProto(const Tenant& tenant) {
  v1::Tenant proto;
  proto.set_name(tenant.name());
  proto.set_uid(tenant.uid.ToString());
  proto.set_display_name(tenant.settings.display_name);
  proto.set_reporting_time_zone(tenant.settings.time_zone);
  proto.set_reporting_currency_code(tenant.settings.currency.code());
  if (!tenant.blueprint.name.empty()) {
    proto.mutable_blueprint()->set_name(tenant.blueprint.name);
    proto.mutable_blueprint()->set_sha256(tenant.blueprint.sha256);
  }
  proto.set_kind(tenant.kind == TenantKind::kPlatform ? v1::Tenant::KIND_PLATFORM
                                                      : v1::Tenant::KIND_COMPANY);
  switch (tenant.state) {
    case TenantState::kOnboarding:
      proto.set_state(v1::Tenant::STATE_ONBOARDING);
      break;
    case TenantState::kActive:
      proto.set_state(v1::Tenant::STATE_ACTIVE);
      break;
    case TenantState::kSuspended:
      proto.set_state(v1::Tenant::STATE_SUSPENDED);
      break;
  }
  *proto.mutable_create_time() = ToProto(tenant.create_time);
  *proto.mutable_update_time() = ToProto(tenant.update_time);
  proto.set_etag(tenant.etag());
  return proto;
}

v1::Membership ToProto(const base::TenantId& tenant, const Membership& membership) {
  v1::Membership proto;
  proto.set_name(MembershipName(tenant, membership.id));
  proto.set_principal(membership.principal);
  proto.set_access_role(ToProto(membership.role));
  if (membership.member) {
    proto.set_member(
        absl::StrCat(kTenantsPrefix, tenant.text(), "/members/", membership.member->text()));
  }
  *proto.mutable_create_time() = ToProto(membership.create_time);
  *proto.mutable_update_time() = ToProto(membership.update_time);
  proto.set_etag(membership.etag());
  return proto;
}

v1::ApiToken ToProto(const base::TenantId& tenant, const ApiToken& token) {
  v1::ApiToken proto;
  proto.set_name(ApiTokenName(tenant, token.id));
  proto.set_membership(MembershipName(tenant, token.membership));
  proto.set_display_name(token.display_name);
  *proto.mutable_expire_time() = ToProto(token.expire_time);
  *proto.mutable_create_time() = ToProto(token.create_time);
  if (token.revoke_time) *proto.mutable_revoke_time() = ToProto(*token.revoke_time);
  return proto;
}

absl::StatusOr<base::TenantId> ParseTenantName(absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kTenantsPrefix)) {
    return base::FieldInvalid("name", "does not begin with 'tenants/'");
  }
  return base::TenantId::Parse(name);
}

absl::StatusOr<MembershipId> ParseMembershipName(absl::string_view name) {
  ASSIGN_OR_RETURN(const base::Uuid uuid, ParseLastPart(name));
  return MembershipId(uuid);
}

absl::StatusOr<ApiTokenId> ParseApiTokenName(absl::string_view name) {
  ASSIGN_OR_RETURN(const base::Uuid uuid, ParseLastPart(name));
  return ApiTokenId(uuid);
}

absl::StatusOr<MembershipId> ParseMemberActor(absl::string_view actor) {
  const absl::StatusOr<base::Uuid> uuid =
      base::Uuid::Parse(absl::StripPrefix(actor, kMembershipActor));
  if (!absl::StartsWith(actor, kMembershipActor) || !uuid.ok()) {
    return base::Internal(absl::StrCat("actor '", actor, "' is not a membership"));
  }
  return MembershipId(*uuid);
}

absl::StatusOr<TenantSettings> ParseSettings(const v1::Tenant& tenant) {
  ASSIGN_OR_RETURN(const base::Currency currency,
                   base::Currency::Parse(tenant.reporting_currency_code()));
  return TenantSettings{.display_name = tenant.display_name(),
                        .time_zone = tenant.reporting_time_zone(),
                        .currency = currency};
}

absl::StatusOr<SettingsChange> ParseSettingsChange(const v1::UpdateTenantRequest& request) {
  ASSIGN_OR_RETURN(const Paths paths,
                   ParseMask(request.update_mask(),
                             {"display_name", "reporting_time_zone", "reporting_currency_code"}));
  const v1::Tenant& tenant = request.tenant();
  SettingsChange change;
  if (paths.count("display_name") != 0) change.display_name = tenant.display_name();
  if (paths.count("reporting_time_zone") != 0) change.time_zone = tenant.reporting_time_zone();
  if (paths.count("reporting_currency_code") != 0) {
    ASSIGN_OR_RETURN(change.currency, base::Currency::Parse(tenant.reporting_currency_code()));
  }
  return change;
}

absl::StatusOr<Membership> ParseMembership(const v1::Membership& membership) {
  if (membership.principal().empty()) {
    return base::FieldInvalid("membership.principal", "is required");
  }
  Membership parsed{.principal = membership.principal()};
  ASSIGN_OR_RETURN(parsed.role, ParseRole(membership.access_role()));
  ASSIGN_OR_RETURN(parsed.member, ParseMember(membership.member()));
  return parsed;
}

absl::StatusOr<MembershipChange> ParseMembershipChange(const v1::UpdateMembershipRequest& request) {
  ASSIGN_OR_RETURN(const Paths paths, ParseMask(request.update_mask(), {"access_role", "member"}));
  if (request.membership().etag().empty()) {
    return base::FieldInvalid("membership.etag", "is required");
  }
  MembershipChange change;
  if (paths.count("access_role") != 0) {
    ASSIGN_OR_RETURN(change.role, ParseRole(request.membership().access_role()));
  }
  if (paths.count("member") != 0) {
    ASSIGN_OR_RETURN(change.member, ParseMember(request.membership().member()));
  }
  return change;
}

absl::StatusOr<std::optional<absl::Time>> ParseExpiry(const v1::ApiToken& token, absl::Time now) {
  if (token.has_expire_time()) {
    return std::optional<absl::Time>(absl::FromUnixSeconds(token.expire_time().seconds()) +
                                     absl::Nanoseconds(token.expire_time().nanos()));
  }
  if (token.has_ttl()) {
    return std::optional<absl::Time>(now + absl::Seconds(token.ttl().seconds()) +
                                     absl::Nanoseconds(token.ttl().nanos()));
  }
  return std::optional<absl::Time>();
}

}  // namespace argosy::tenancy
