#include "argosyctl/onboarding.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "argosy/incentives/v1/plan.pb.h"
#include "argosy/metrics/v1/channel_service.pb.h"
#include "argosy/teams/v1/people_service.pb.h"
#include "argosy/tenancy/v1/api_token.pb.h"
#include "argosy/tenancy/v1/membership.pb.h"
#include "argosyctl/field_text.h"
#include "argosyctl/json_reader.h"
#include "argosyctl/paging.h"
#include "argosyctl/request_id.h"
#include "argosyctl/yaml_reader.h"
#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::ctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using tenancy::v1::Tenant;

// A token lost between the server's answer and our file is made anew this many times.
constexpr int kTokenAttemptsMax = 10;

// Of one member, for one team, in one role: more than anybody ever has.
constexpr int64_t kRolesReadMax = 1'000;

struct Section {
  const char* name;
  const Message* create;
  const char* id_field;  // names the item in its path; null: its place in the list does
};

// In the order in which each section finds what it names.
std::array<Section, 6> Sections() {
  return {{{"members", &teams::v1::CreateMemberRequest::default_instance(), "member_id"},
           {"teams", &teams::v1::CreateTeamRequest::default_instance(), "team_id"},
           {"assignments", &teams::v1::CreateRoleAssignmentRequest::default_instance(), nullptr},
           {"channels", &metrics::v1::CreateChannelRequest::default_instance(), "channel_id"},
           {"campaigns", &metrics::v1::CreateCampaignRequest::default_instance(), "campaign_id"},
           {"plans", &incentives::v1::CreatePlanRequest::default_instance(), "plan_id"}}};
}

void SetText(Message& message, const std::string& field, const std::string& value) {
  message.GetReflection()->SetString(&message, message.GetDescriptor()->FindFieldByName(field),
                                     value);
}

std::string RequestIdOf(const OnboardingPlan& plan, const Tenant& tenant, const std::string& path) {
  return DerivedRequestId({tenant.uid(), plan.tenant.blueprint().sha256(), path});
}

absl::StatusOr<OnboardingItem> ReadItem(const Section& section, int place,
                                        const google::protobuf::Value& value,
                                        const NamedText& yaml) {
  OnboardingItem item;
  item.request.reset(section.create->New());
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(value, &json).ok()) {
    return base::Internal("a value read from JSON has no JSON");
  }
  const absl::Status read =
      ReadJsonMessage(json, absl::StrCat(section.name, "[", place, "]"), *item.request);
  if (!read.ok()) return YamlRefused(yaml, read.message());
  std::string id = absl::StrCat(place);
  if (section.id_field != nullptr) {
    id = item.request->GetReflection()->GetString(
        *item.request, item.request->GetDescriptor()->FindFieldByName(section.id_field));
  }
  item.path = absl::StrCat(section.name, "/", id);
  return item;
}

absl::Status TenantExists(const Tenant& tenant, absl::string_view difference) {
  base::Fault fault;
  fault.reason = "RESOURCE_EXISTS";
  fault.resource = base::ResourceFault{"argosy.dev/Tenant", tenant.name()};
  return base::MakeFault(absl::StatusCode::kAlreadyExists,
                         absl::StrCat("'", tenant.name(), "' is there already, ", difference),
                         std::move(fault));
}

// The tenant that is there must be the one asked for: who opens a company in CNY must not go on
// with one in USD.
absl::Status CheckTenant(const Tenant& tenant, const Tenant& wanted) {
  if (tenant.blueprint().sha256() != wanted.blueprint().sha256()) {
    return TenantExists(tenant, "opened from another blueprint");
  }
  for (const char* field : {"display_name", "reporting_time_zone", "reporting_currency_code"}) {
    const std::string held = FieldText(tenant, field);
    const std::string asked = FieldText(wanted, field);
    if (held != asked) {
      return TenantExists(tenant,
                          absl::StrCat("with ", field, " '", held, "' instead of '", asked, "'"));
    }
  }
  return absl::OkStatus();
}

bool SameScalar(const Message& a, const Message& b, const FieldDescriptor* field) {
  const Reflection* reflection = a.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection->GetString(a, field) == reflection->GetString(b, field);
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection->GetBool(a, field) == reflection->GetBool(b, field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection->GetEnumValue(a, field) == reflection->GetEnumValue(b, field);
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection->GetInt32(a, field) == reflection->GetInt32(b, field);
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection->GetInt64(a, field) == reflection->GetInt64(b, field);
    default:
      return false;
  }
}

// False is a value of a boolean; any other field that is not set is left to the server.
bool IsWanted(const Message& wanted, const FieldDescriptor* field) {
  if (field->is_repeated()) return wanted.GetReflection()->FieldSize(wanted, field) > 0;
  return field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL ||
         wanted.GetReflection()->HasField(wanted, field);
}

bool SameRepeated(const Message& a, const Message& b, const FieldDescriptor* field) {
  google::protobuf::util::MessageDifferencer differencer;
  return differencer.CompareWithFields(a, b, {field}, {field});
}

// What `request` asks to create: the one field of the resource's own type.
const Message& WantedOf(const Message& request, const google::protobuf::Descriptor* resource) {
  const google::protobuf::Descriptor* type = request.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    if (type->field(i)->message_type() == resource) {
      return request.GetReflection()->GetMessage(request, type->field(i));
    }
  }
  return request;
}

// No team and no end say as much as one does, so these two are compared even when not set.
bool IsSameRole(const teams::v1::RoleAssignment& held, const teams::v1::RoleAssignment& wanted) {
  return Covers(held, wanted) && held.team() == wanted.team() &&
         held.effective_end_date() == wanted.effective_end_date();
}

}  // namespace

absl::StatusOr<std::vector<OnboardingItem>> ReadBlueprint(const NamedText& yaml) {
  ASSIGN_OR_RETURN(const std::string json, YamlToJson(yaml));
  google::protobuf::Struct root;
  if (!ReadJsonMessage(json, "", root).ok()) return YamlRefused(yaml, "must hold sections");
  std::vector<OnboardingItem> items;
  for (const Section& section : Sections()) {
    const auto list = root.fields().find(section.name);
    if (list == root.fields().end()) continue;
    int place = 0;
    for (const google::protobuf::Value& value : list->second.list_value().values()) {
      ASSIGN_OR_RETURN(OnboardingItem item, ReadItem(section, place++, value, yaml));
      items.push_back(std::move(item));
    }
  }
  return items;
}

bool Covers(const Message& existing, const Message& wanted) {
  if (existing.GetDescriptor() != wanted.GetDescriptor()) return false;
  for (int i = 0; i < wanted.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = wanted.GetDescriptor()->field(i);
    if (!IsWanted(wanted, field)) continue;
    if (field->is_repeated()) {
      if (!SameRepeated(existing, wanted, field)) return false;
    } else if (field->message_type() != nullptr) {
      if (!Covers(existing.GetReflection()->GetMessage(existing, field),
                  wanted.GetReflection()->GetMessage(wanted, field))) {
        return false;
      }
    } else if (!SameScalar(existing, wanted, field)) {
      return false;
    }
  }
  return true;
}

absl::StatusOr<Tenant> Onboarding::Open(const OnboardingPlan& plan) {
  tenancy::v1::LookupTenantRequest lookup;
  lookup.set_name(absl::StrCat("tenants/", plan.tenant_id));
  absl::StatusOr<Tenant> tenant = session_.Call<Tenant>(lookup);
  if (absl::IsNotFound(tenant.status()) || absl::IsPermissionDenied(tenant.status())) {
    tenancy::v1::CreateTenantRequest create;
    create.set_tenant_id(plan.tenant_id);
    *create.mutable_tenant() = plan.tenant;
    create.set_request_id(
        DerivedRequestId({"tenant", plan.tenant_id, plan.tenant.blueprint().sha256()}));
    tenant = session_.Call<Tenant>(create);
  }
  if (tenant.ok()) RETURN_IF_ERROR(CheckTenant(*tenant, plan.tenant));
  return tenant;
}

absl::StatusOr<std::string> Onboarding::MakeOwner(const OnboardingPlan& plan,
                                                  const Tenant& tenant) {
  tenancy::v1::CreateMembershipRequest grant;
  grant.set_parent(tenant.name());
  grant.mutable_membership()->set_principal(plan.owner);
  grant.mutable_membership()->set_access_role(common::v1::ACCESS_ROLE_OWNER);
  grant.set_request_id(RequestIdOf(plan, tenant, "owner"));
  tenancy::v1::Membership membership;
  RETURN_IF_ERROR(Create(grant, membership));
  for (int attempt = 0; attempt < kTokenAttemptsMax; ++attempt) {
    tenancy::v1::CreateApiTokenRequest create;
    create.set_parent(tenant.name());
    create.mutable_api_token()->set_membership(membership.name());
    create.mutable_api_token()->set_display_name("first owner");
    create.set_request_id(RequestIdOf(plan, tenant, absl::StrCat("owner-token/", attempt)));
    ASSIGN_OR_RETURN(const auto token, session_.Call<tenancy::v1::ApiToken>(create));
    // A repetition of a call that succeeded returns the token without its value.
    if (!token.value().empty()) return token.value();
  }
  return base::Internal("the first owner's token was made and lost too often");
}

absl::Status Onboarding::Fill(const OnboardingPlan& plan, const Tenant& tenant) {
  for (const OnboardingItem& item : plan.items) {
    std::unique_ptr<Message> request(item.request->New());
    request->CopyFrom(*item.request);
    SetText(*request, "parent", tenant.name());
    RETURN_IF_ERROR(ExpandReferences(*request, tenant.name()));
    SetText(*request, "request_id", RequestIdOf(plan, tenant, item.path));
    const auto* method = ClientSession::MethodOf(request->GetDescriptor());
    std::unique_ptr<Message> reply(google::protobuf::MessageFactory::generated_factory()
                                       ->GetPrototype(method->output_type())
                                       ->New());
    RETURN_IF_ERROR(Create(*request, *reply));
  }
  return absl::OkStatus();
}

absl::Status Onboarding::Create(const Message& request, Message& made) {
  const absl::Status status = session_.Call(request, made);
  const std::string reason = base::ReasonOf(status);
  const auto* role =
      google::protobuf::DynamicCastToGenerated<teams::v1::CreateRoleAssignmentRequest>(&request);
  if (role != nullptr && reason == "ROLE_ALREADY_HELD") return CheckHeld(*role, status);
  return reason == "RESOURCE_EXISTS" ? CheckExisting(request, status, made) : status;
}

absl::Status Onboarding::CheckExisting(const Message& request, const absl::Status& refusal,
                                       Message& existing) {
  const auto fault = base::FindFault(refusal);
  const auto* create = ClientSession::MethodOf(request.GetDescriptor());
  const auto* read =
      create->service()->FindMethodByName(absl::StrCat("Get", create->output_type()->name()));
  if (read == nullptr || !fault->resource.has_value()) return refusal;
  std::unique_ptr<Message> get(google::protobuf::MessageFactory::generated_factory()
                                   ->GetPrototype(read->input_type())
                                   ->New());
  SetText(*get, "name", fault->resource->name);
  RETURN_IF_ERROR(session_.Call(*get, existing));
  return Covers(existing, WantedOf(request, create->output_type())) ? absl::OkStatus() : refusal;
}

// The server names roles, so one that is there is found by what it says.
absl::Status Onboarding::CheckHeld(const teams::v1::CreateRoleAssignmentRequest& request,
                                   const absl::Status& refusal) {
  const teams::v1::RoleAssignment& wanted = request.role_assignment();
  teams::v1::ListRoleAssignmentsRequest list;
  list.set_parent(request.parent());
  list.set_member(wanted.member());
  list.set_team(wanted.team());
  list.set_role(wanted.role());
  ASSIGN_OR_RETURN(const auto pages, ReadPages(session_, list, kRolesReadMax));
  for (const auto& page : pages) {
    for (const auto& held :
         static_cast<const teams::v1::ListRoleAssignmentsResponse&>(*page).role_assignments()) {
      if (IsSameRole(held, wanted)) return absl::OkStatus();
    }
  }
  return refusal;
}

absl::StatusOr<Tenant> Onboarding::Activate(const OnboardingPlan& plan, const Tenant& tenant) {
  session_.ActIn("");
  tenancy::v1::ActivateTenantRequest activate;
  activate.set_name(tenant.name());
  activate.set_request_id(RequestIdOf(plan, tenant, "activate"));
  return session_.Call<Tenant>(activate);
}

}  // namespace argosy::ctl
