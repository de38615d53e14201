// Between the contract and the domain.
#ifndef ARGOSY_SERVICES_TENANCY_SERVICE_CONVERT_H_
#define ARGOSY_SERVICES_TENANCY_SERVICE_CONVERT_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "argosy/common/v1/role.pb.h"
#include "argosy/tenancy/v1/api_token.pb.h"
#include "argosy/tenancy/v1/membership.pb.h"
#include "argosy/tenancy/v1/tenant.pb.h"
#include "base/ids.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/tenancy/domain/api_token.h"
#include "services/tenancy/domain/membership.h"
#include "services/tenancy/domain/tenant.h"

namespace argosy::tenancy {

google::protobuf::Timestamp ToProto(absl::Time time);
common::v1::AccessRole ToProto(AccessRole role);
v1::Tenant ToProto(const Tenant& tenant);
v1::Membership ToProto(const base::TenantId& tenant, const Membership& membership);
// Without the value.
v1::ApiToken ToProto(const base::TenantId& tenant, const ApiToken& token);

// All Parse functions: INVALID_ARGUMENT / FIELD_INVALID unless said otherwise.

// "tenants/acme" to its id.
absl::StatusOr<base::TenantId> ParseTenantName(absl::string_view name);
// The last part of "tenants/acme/memberships/{uuid}"; the tenant has been checked before.
absl::StatusOr<MembershipId> ParseMembershipName(absl::string_view name);
absl::StatusOr<ApiTokenId> ParseApiTokenName(absl::string_view name);
// "memberships/{uuid}", the actor of a context. INTERNAL for another actor: the rule of the method
// lets no other in.
absl::StatusOr<MembershipId> ParseMemberActor(absl::string_view actor);

// The settings a new tenant asks for. Also CURRENCY_UNKNOWN.
absl::StatusOr<TenantSettings> ParseSettings(const v1::Tenant& tenant);
// Also CURRENCY_UNKNOWN.
absl::StatusOr<SettingsChange> ParseSettingsChange(const v1::UpdateTenantRequest& request);

// The membership asked for, without id and times.
absl::StatusOr<Membership> ParseMembership(const v1::Membership& membership);
absl::StatusOr<MembershipChange> ParseMembershipChange(const v1::UpdateMembershipRequest& request);

// When the token asked for is to end, or nothing when that is left to us.
absl::StatusOr<std::optional<absl::Time>> ParseExpiry(const v1::ApiToken& token, absl::Time now);

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_SERVICE_CONVERT_H_
