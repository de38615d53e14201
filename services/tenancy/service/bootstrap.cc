#include "services/tenancy/service/bootstrap.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "services/tenancy/domain/errors.h"

namespace argosy::tenancy {
namespace {

constexpr absl::string_view kActor = "bootstrap";

absl::Status CheckPrincipal(const std::string& principal) {
  const bool chars_ok = std::all_of(principal.begin(), principal.end(), [](char c) {
    return absl::ascii_islower(static_cast<unsigned char>(c)) ||
           absl::ascii_isdigit(static_cast<unsigned char>(c)) || absl::StrContains("._@+-", c);
  });
  if (principal.size() < 3 || principal.size() > 128 || !chars_ok) {
    return base::FieldInvalid("principal", "must be 3 to 128 characters a-z, 0-9 and ._@+-");
  }
  return absl::OkStatus();
}

// Who gets the token.
struct Platform {
  Tenant tenant;
  Membership first_operator;
};

absl::StatusOr<Platform> FindPlatform(const Collaborators& with, tenants::GlobalTxn& txn,
                                      const Tenant& tenant, Reissue reissue) {
  if (reissue == Reissue::kRefuse) return ResourceExists("argosy.dev/Tenant", tenant.name());
  ASSIGN_OR_RETURN(const auto found, with.memberships.FindFirst(txn, tenant.uid));
  if (!found) return OwnerMissing(tenant.name());
  return Platform{.tenant = tenant, .first_operator = *found};
}

absl::StatusOr<Platform> MakePlatform(const Collaborators& with, tenants::GlobalTxn& txn,
                                      const BootstrapOrder& order) {
  const Platform platform{
      .tenant = OpenPlatform(base::TenantUid(with.ids.NewUuid(order.now)), order.now),
      .first_operator = {.id = MembershipId(with.ids.NewUuid(order.now)),
                         .principal = order.principal,
                         .role = AccessRole::kPlatformOperator,
                         .create_time = order.now,
                         .update_time = order.now}};
  RETURN_IF_ERROR(with.tenants.Insert(txn, platform.tenant));
  RETURN_IF_ERROR(with.memberships.InsertFirst(txn, platform.tenant.uid, platform.first_operator));
  return platform;
}

}  // namespace

absl::StatusOr<std::string> Bootstrap(const Collaborators& with, const TokenForm& form,
                                      const BootstrapOrder& order) {
  RETURN_IF_ERROR(CheckPrincipal(order.principal));
  const base::TenantId id = base::TenantId::Parse(kPlatformId).value();
  return with.global.Write<std::string>(
      order.deadline, [&](tenants::GlobalTxn& txn) -> absl::StatusOr<std::string> {
        ASSIGN_OR_RETURN(const std::optional<Tenant> existing, with.tenants.FindById(txn, id));
        ASSIGN_OR_RETURN(const Platform platform,
                         existing ? FindPlatform(with, txn, *existing, order.reissue)
                                  : MakePlatform(with, txn, order));
        const ApiToken token{.id = ApiTokenId(with.ids.NewUuid(order.now)),
                             .membership = platform.first_operator.id,
                             .display_name = "bootstrap",
                             .create_time = order.now,
                             .expire_time = order.now + kTokenLifetimeMax};
        const std::string value =
            FormatApiToken(form.environment, token.id, with.entropy.Bytes(kTokenSecretBytes));
        RETURN_IF_ERROR(with.tokens.InsertFirst(txn, platform.tenant.uid, token));
        RETURN_IF_ERROR(with.tokens.InsertLookup(txn, platform.tenant.uid, token,
                                                 TokenDigest(form.pepper, value)));
        RETURN_IF_ERROR(
            txn.AppendAudit(platform.tenant.uid, {.recorded_at_us = base::ToMicros(order.now),
                                                  .actor = std::string(kActor),
                                                  .method = "argosyd bootstrap",
                                                  .resource = platform.tenant.name(),
                                                  .notes = {{"api_token", token.id.ToString()}}}));
        return value;
      });
}

}  // namespace argosy::tenancy
