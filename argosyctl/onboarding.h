// Opening a tenant and filling it, so that stopping anywhere and starting again ends in the same
// place.
#ifndef ARGOSY_ARGOSYCTL_ONBOARDING_H_
#define ARGOSY_ARGOSYCTL_ONBOARDING_H_

#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "argosy/teams/v1/people_service.pb.h"
#include "argosy/tenancy/v1/tenant.pb.h"
#include "argosyctl/client_session.h"
#include "argosyctl/text_file.h"

namespace argosy::ctl {

// One thing a new tenant starts with.
struct OnboardingItem {
  std::string path;  // "channels/google-ads": its place in the blueprint
  // A create request without parent and request_id.
  std::unique_ptr<google::protobuf::Message> request;
};

struct OnboardingPlan {
  std::string tenant_id;
  tenancy::v1::Tenant tenant;         // with blueprint name and hash
  std::string owner;                  // the principal of the first owner
  std::vector<OnboardingItem> items;  // in an order in which each finds what it names
};

// Reads a blueprint file: a section for each kind of resource, each a list of create requests of
// the contracts without parent and request_id. INVALID_ARGUMENT / FIELD_INVALID, naming file and
// line, for anything else.
absl::StatusOr<std::vector<OnboardingItem>> ReadBlueprint(const NamedText& yaml);

// True when every field that `wanted` sets, and every boolean, has the same value in `existing`:
// what "already there with equal content" means.
bool Covers(const google::protobuf::Message& existing, const google::protobuf::Message& wanted);

// Runs one plan with the platform operator's session. Every call has the request_id that SHA-256 of
// tenant uid, blueprint hash and item path gives, so a repetition returns the first answer; once
// the server has forgotten it, what is there already is compared instead.
class Onboarding {
 public:
  explicit Onboarding(ClientSession& session) : session_(session) {}

  // Does what is not done yet and returns the tenant, ACTIVE. `owner_token` holds what an earlier,
  // interrupted run kept; when empty, a token is made while the tenant is ONBOARDING and put there
  // before anything else is done, and `keep` is told so that it can be written down.
  // ALREADY_EXISTS when an item is there with other content, or the tenant with another blueprint,
  // display name, time zone or currency.
  template <typename Keep>
  absl::StatusOr<tenancy::v1::Tenant> Run(const OnboardingPlan& plan, std::string& owner_token,
                                          Keep keep) {
    absl::StatusOr<tenancy::v1::Tenant> tenant = Open(plan);
    if (!tenant.ok() || tenant->state() != tenancy::v1::Tenant::STATE_ONBOARDING) return tenant;
    session_.ActIn(tenant->name());
    if (owner_token.empty()) {
      absl::StatusOr<std::string> made = MakeOwner(plan, *tenant);
      if (!made.ok()) return made.status();
      owner_token = *made;
      absl::Status kept = keep(owner_token);
      if (!kept.ok()) return kept;
    }
    absl::Status filled = Fill(plan, *tenant);
    if (!filled.ok()) return filled;
    return Activate(plan, *tenant);
  }

 private:
  absl::StatusOr<tenancy::v1::Tenant> Open(const OnboardingPlan& plan);
  absl::StatusOr<std::string> MakeOwner(const OnboardingPlan& plan,
                                        const tenancy::v1::Tenant& tenant);
  absl::Status Fill(const OnboardingPlan& plan, const tenancy::v1::Tenant& tenant);
  // Calls the create method of `request` for `made`. When what it asks for is there already, by
  // whomever, with equal content, that counts as made; with other content it is the refusal.
  absl::Status Create(const google::protobuf::Message& request, google::protobuf::Message& made);
  // OK when what `refusal` names covers what `request` wants, and puts it into `existing`.
  absl::Status CheckExisting(const google::protobuf::Message& request, const absl::Status& refusal,
                             google::protobuf::Message& existing);
  // The same for a role that is held.
  absl::Status CheckHeld(const teams::v1::CreateRoleAssignmentRequest& request,
                         const absl::Status& refusal);
  absl::StatusOr<tenancy::v1::Tenant> Activate(const OnboardingPlan& plan,
                                               const tenancy::v1::Tenant& tenant);

  ClientSession& session_;
};

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_ONBOARDING_H_
