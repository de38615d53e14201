#include "tests/isolation/seeds.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/text_format.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/isolation/any_rpc.h"

namespace argosy::testing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

[[noreturn]] void Abort(absl::string_view what, absl::string_view why) {
  std::fprintf(stderr, "%s: %s\n", std::string(what).c_str(), std::string(why).c_str());
  std::abort();
}

}  // namespace

Seeds::Seeds(RunningProduct& product, const OnboardedTenant& tenant, absl::string_view prefix)
    : product_(product), prefix_(prefix), access_(product.AccessOf(tenant.api_token)) {
  names_["argosy.dev/Tenant"] = tenant.name;
  names_["argosy.dev/Membership"] = tenant.owner;
  Make("ApiToken", "tenancy.v1.ApiTokenService/CreateApiToken",
       "api_token { membership: '{Membership}' }");
  MakePeople();
  MakeFacts();
  MakePay();
}

void Seeds::MakeMembership() {
  Make("Membership", "tenancy.v1.MembershipService/CreateMembership",
       absl::StrCat("membership { principal: '{prefix}-", ++memberships_,
                    "@acme.example' access_role: ACCESS_ROLE_MEMBER }"));
}

std::string Seeds::MakeBystander() {
  last_ = Call("teams.v1.PeopleService/CreateMember",
               "member_id: '{prefix}-lee' member { display_name: 'Lee' "
               "joined_date: '2026-01-01' }");
  last_ = Call("tenancy.v1.MembershipService/CreateMembership",
               absl::StrCat("membership { principal: '{prefix}-lee@acme.example' "
                            "access_role: ACCESS_ROLE_MEMBER member: '",
                            Last("name"), "' }"));
  last_ = Call("tenancy.v1.ApiTokenService/CreateApiToken",
               absl::StrCat("api_token { membership: '", Last("name"), "' }"));
  return product_.AccessOf(Last("value"));
}

std::string Seeds::Fill(absl::string_view text) const {
  std::string filled = absl::StrReplaceAll(text, {{"{prefix}", prefix_}});
  for (const auto& [type, name] : names_) {
    const std::string place = absl::StrCat("{", type.substr(type.find('/') + 1), "}");
    filled = absl::StrReplaceAll(filled, {{place, name}});
  }
  return filled;
}

std::unique_ptr<Message> Seeds::Call(absl::string_view method, absl::string_view text) {
  const auto* descriptor = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
      absl::StrReplaceAll(absl::StrCat("argosy.", method), {{"/", "."}}));
  if (descriptor == nullptr) Abort(method, "no such method");
  const std::unique_ptr<Message> request = RequestOf(*descriptor);
  if (!google::protobuf::TextFormat::MergeFromString(Fill(text), request.get())) {
    Abort(method, "not the text of its request");
  }
  const FieldDescriptor* parent = descriptor->input_type()->FindFieldByName("parent");
  if (parent != nullptr && request->GetReflection()->GetString(*request, parent).empty()) {
    request->GetReflection()->SetString(request.get(), parent, names_["argosy.dev/Tenant"]);
  }
  Answer answer = Ask(product_.channel(), *descriptor, *request, access_);
  if (!answer.status.ok()) Abort(method, ToStatus(answer.status).ToString());
  return std::move(answer.reply);
}

void Seeds::Make(absl::string_view type, absl::string_view method, absl::string_view text) {
  last_ = Call(method, text);
  names_[absl::StrCat("argosy.dev/", type)] = Last("name");
}

std::string Seeds::Last(absl::string_view field) const {
  const auto* found = last_->GetDescriptor()->FindFieldByName(std::string(field));
  return last_->GetReflection()->GetString(*last_, found);
}

std::string Seeds::FirstListed() const {
  const FieldDescriptor* items = last_->GetDescriptor()->field(0);
  if (last_->GetReflection()->FieldSize(*last_, items) == 0) Abort("list", items->full_name());
  const Message& item = last_->GetReflection()->GetRepeatedMessage(*last_, items, 0);
  return item.GetReflection()->GetString(item, item.GetDescriptor()->FindFieldByName("name"));
}

void Seeds::MakePeople() {
  Make("Member", "teams.v1.PeopleService/CreateMember",
       "member_id: '{prefix}-mei' member { display_name: 'Mei' joined_date: '2026-01-01' }");
  Make("Team", "teams.v1.PeopleService/CreateTeam",
       "team_id: '{prefix}-east' team { display_name: 'East' kind: TEAM_KIND_SALES "
       "lead_member: '{Member}' }");
  Make("RoleAssignment", "teams.v1.PeopleService/CreateRoleAssignment",
       "role_assignment { member: '{Member}' team: '{Team}' role: BUSINESS_ROLE_SALES "
       "effective_start_date: '2026-01-01' effort_share_ppm: 1000000 }");
}

void Seeds::MakeFacts() {
  Make("Channel", "metrics.v1.ChannelService/CreateChannel",
       "channel_id: '{prefix}-search' channel { display_name: 'Search' kind: CHANNEL_KIND_OTHER }");
  Make("Campaign", "metrics.v1.ChannelService/CreateCampaign",
       "campaign_id: '{prefix}-spring' campaign { display_name: 'Spring' channel: '{Channel}' }");
  Make("Import", "metrics.v1.ImportService/CreateImport",
       "import { file_name: 'deals.csv' size_bytes: 9 mapping { source: 'crm' time_zone: 'UTC' "
       "date_formats: 'yyyy-mm-dd' currency { parts { constant: 'USD' } } "
       "facts { event_id { parts { column: 'id' } } occurred_on { parts { column: 'asked' } } "
       "inquiry {} } } }");
  // 2 March 2026.
  last_ = Call("metrics.v1.FactService/BatchIngestFacts",
               "facts { source: 'crm' source_event_id: '{prefix}-order' revision: 1 "
               "occurred_at { seconds: 1772416800 } attribution { member: '{Member}' "
               "acting_role: BUSINESS_ROLE_SALES channel: '{Channel}' } "
               "order { value { amount_minor: 100000 currency_code: 'USD' } } }");
  last_ = Call("metrics.v1.FactService/ListFacts",
               "occurred { start_date: '2026-03-01' end_date: '2026-04-01' }");
  names_["argosy.dev/Fact"] = FirstListed();
  Make("StageEvaluation", "teams.v1.StageService/EvaluateStage", "cut_date: '2026-06-30'");
}

void Seeds::MakePay() {
  Make("Plan", "incentives.v1.PlanService/CreatePlan",
       "plan_id: '{prefix}-plan' plan { display_name: 'Sales' currency_code: 'USD' }");
  Make("PlanVersion", "incentives.v1.PlanService/CreatePlanVersion",
       "parent: '{Plan}' spec { components { component_id: 'orders' display_name: 'Orders' "
       "commission { base: BASE_CONTRACT_CIF tier_mode: TIER_MODE_MARGINAL "
       "tiers { rate_ppm: 10000 } } } }");
  last_ = Call("incentives.v1.PlanService/PublishPlanVersion",
               absl::StrCat("name: '{PlanVersion}' effective_start_date: '2026-01-01' etag: '",
                            Last("etag"), "'"));
  Make("PlanAssignment", "incentives.v1.PlanService/AssignPlan",
       "parent: '{Plan}' plan_assignment { business_role: BUSINESS_ROLE_SALES "
       "start_date: '2026-01-01' }");
  Make("Run", "incentives.v1.RunService/CalculateRun", "period: '2026-03'");
  for (const char* verb : {"ApproveRun", "LockRun"}) {
    last_ = Call(absl::StrCat("incentives.v1.RunService/", verb),
                 absl::StrCat("name: '{Run}' etag: '", Last("etag"), "'"));
  }
  last_ = Call("incentives.v1.StatementService/ListStatements", "");
  names_["argosy.dev/Statement"] = FirstListed();
  names_["argosy.dev/StatementLine"] = absl::StrCat(FirstListed(), "/lines/1");
}

}  // namespace argosy::testing
