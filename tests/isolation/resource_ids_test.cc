// A colleague's things are kept from who may see only his own, and an id of another tenant's
// resource under one's own tenant is answered as an id nobody has: for every RPC there is and every
// resource its request can name.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "argosyd/hosted_services.h"
#include "base/ids.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tenants/access.h"
#include "tests/e2e/running_product.h"
#include "tests/isolation/any_rpc.h"
#include "tests/isolation/seeds.h"
#include "tests/support/context_for_test.h"
#include "tests/support/status_matchers.h"

namespace argosy::testing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

constexpr char kTenantType[] = "argosy.dev/Tenant";

// What a request must say besides the resource and the ids, so that it is refused, if at all, for a
// resource it names. "{unique}" is an id nobody has.
std::string TextFor(const std::string& method) {
  static const std::map<std::string, std::string> texts = {
      {"CreateMembership",
       "membership { principal: '{unique}@acme.example' access_role: ACCESS_ROLE_MEMBER }"},
      {"UpdateMembership",
       "membership { access_role: ACCESS_ROLE_OWNER etag: '\"v9\"' } "
       "update_mask { paths: 'access_role' paths: 'member' }"},
      {"CreateMember",
       "member_id: '{unique}' member { display_name: 'N' joined_date: '2026-01-01' }"},
      {"BatchCreateMembers",
       "members { member_id: '{unique}' "
       "member { display_name: 'N' joined_date: '2026-01-01' } }"},
      {"UpdateMember", "member { name: '{Member}' display_name: 'N' joined_date: '2026-01-01' }"},
      {"CreateTeam", "team_id: '{unique}' team { display_name: 'T' kind: TEAM_KIND_SALES }"},
      {"UpdateTeam", "team { name: '{Team}' display_name: 'T' kind: TEAM_KIND_SALES }"},
      {"CreateRoleAssignment",
       "role_assignment { member: '{Member}' team: '{Team}' role: BUSINESS_ROLE_OPERATIONS "
       "effective_start_date: '2026-01-01' effort_share_ppm: 1 }"},
      {"BatchCreateRoleAssignments",
       "role_assignments { member: '{Member}' team: '{Team}' role: BUSINESS_ROLE_OPERATIONS "
       "effective_start_date: '2026-01-01' effort_share_ppm: 1 }"},
      {"EndRoleAssignment", "effective_end_date: '2026-02-01' etag: '\"v9\"'"},
      {"GetMemberScope", "date: '2026-02-01'"},
      {"GetCurrentModel", "date: '2026-02-01'"},
      {"ListRoster", "date: '2026-02-01'"},
      {"CreateChannel",
       "channel_id: '{unique}' channel { display_name: 'C' kind: CHANNEL_KIND_OTHER }"},
      {"UpdateChannel", "channel { name: '{Channel}' display_name: 'C' kind: CHANNEL_KIND_OTHER }"},
      {"CreateCampaign",
       "campaign_id: '{unique}' campaign { display_name: 'C' channel: '{Channel}' }"},
      {"UpdateCampaign",
       "campaign { name: '{Campaign}' display_name: 'C' channel: '{Channel}' } "
       "update_mask { paths: 'display_name' }"},
      {"BatchIngestFacts",
       "facts { source: 'crm' source_event_id: '{unique}' revision: 1 "
       "occurred_at { seconds: 1772416800 } attribution { acting_role: BUSINESS_ROLE_SALES } "
       "order { value { amount_minor: 1 currency_code: 'USD' } } }"},
      {"ListFacts", "occurred { start_date: '2026-03-01' end_date: '2026-04-01' }"},
      {"UploadImportPart", "content: 'id,asked'"},
      {"QueryMetrics",
       "metrics: 'revenue' scope { period { start_date: '2026-03-01' end_date: '2026-04-01' } }"},
      {"QueryFunnel", "scope { period { start_date: '2026-03-01' end_date: '2026-04-01' } }"},
      {"ExplainMetric",
       "metric: 'revenue' scope { period { start_date: '2026-03-01' end_date: '2026-04-01' } }"},
      {"ListCohortUnits", "scope { period { start_date: '2026-03-01' end_date: '2026-04-01' } }"},
      {"CreatePlan", "plan_id: '{unique}' plan { display_name: 'P' currency_code: 'USD' }"},
      {"CreatePlanVersion",
       "parent: '{Plan}' spec { components { component_id: 'orders' display_name: 'O' "
       "commission { base: BASE_CONTRACT_CIF tier_mode: TIER_MODE_MARGINAL "
       "tiers { rate_ppm: 10000 } credit_rule { kind: KIND_DIRECT } } } }"},
      {"PublishPlanVersion", "effective_start_date: '2026-02-01' etag: '\"v9\"'"},
      {"AssignPlan",
       "plan_assignment { business_role: BUSINESS_ROLE_SALES "
       "start_date: '2026-09-01' }"},
      {"EndPlanAssignment", "end_date: '2026-10-01' etag: '\"v9\"'"},
      {"CalculateRun", "period: '2026-03'"},
      {"ApproveRun", "etag: '\"v9\"'"},
      {"LockRun", "etag: '\"v9\"'"}};
  const auto found = texts.find(method);
  return found == texts.end() ? "" : found->second;
}

// `name` with every id in it replaced by one of the same form and length that nobody has.
std::string Unknown(const std::string& name) {
  std::vector<std::string> parts = absl::StrSplit(name, '/');
  for (size_t i = 3; i < parts.size(); i += 2) {
    const bool is_ordinal =
        absl::ascii_isdigit(static_cast<unsigned char>(parts[i][0])) && parts[i].size() < 5;
    if (base::Uuid::Parse(parts[i]).ok()) {
      parts[i] = FreshRequestId().ToString();
    } else if (!is_ordinal) {
      parts[i] = std::string(parts[i].size(), 'q');
    }
  }
  return absl::StrJoin(parts, "/");
}

// Clears what differs from call to call: instants, the tokens and counters made of them, and the
// names of new facts.
void ClearMoments(Message& message) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const bool is_message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (field->name() == "next_page_token" || field->name() == "knowledge_seq" ||
        field->full_name() == "argosy.metrics.v1.FactVerdict.fact" ||
        (is_message && field->message_type()->full_name() == "google.protobuf.Timestamp")) {
      reflection->ClearField(&message, field);
    } else if (is_message && !field->is_map() && field->is_repeated()) {
      for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
        ClearMoments(*reflection->MutableRepeatedMessage(&message, field, i));
      }
    } else if (is_message && !field->is_map()) {
      ClearMoments(*reflection->MutableMessage(&message, field));
    }
  }
}

class ResourceIdTest : public ::testing::TestWithParam<const MethodDescriptor*> {
 protected:
  static void SetUpTestSuite() {
    std::vector<std::string> services;
    for (const absl::string_view service : argosyd::kServiceNames) services.emplace_back(service);
    product_ = RunningProduct::Start(services);
    own_tenant_ = product_->Onboard();
    own_ = std::make_unique<Seeds>(*product_, own_tenant_, "own");
    bystander_access_ = own_->MakeBystander();
    foreign_tenant_ = product_->Onboard();
    foreign_ = std::make_unique<Seeds>(*product_, foreign_tenant_, "far");
  }
  static void TearDownTestSuite() {
    own_.reset();
    foreign_.reset();
    product_.reset();
  }

  const MethodDescriptor& method() const { return *GetParam(); }

  // A request that names what the tenant has.
  std::unique_ptr<Message> Request() const {
    auto request = RequestOf(method());
    const std::string unique = absl::StrCat("id-", ++unique_);
    EXPECT_TRUE(google::protobuf::TextFormat::MergeFromString(
        own_->Fill(absl::StrReplaceAll(TextFor(method().name()), {{"{unique}", unique}})),
        request.get()));
    const Path resource = ResourcePath(method());
    if (!resource.empty()) {
      SetName(*request, resource, own_->names().at(TypeOf(*resource.back())));
    }
    const auto* dry_run = method().input_type()->FindFieldByName("validate_only");
    if (dry_run != nullptr) request->GetReflection()->SetBool(request.get(), dry_run, true);
    return request;
  }

  // The same with `name` at `path`.
  std::unique_ptr<Message> Naming(const Path& path, const std::string& name) const {
    auto request = Request();
    SetName(*request, path, name);
    return request;
  }

  // The names of what the seeds' member is, leads, holds and did, and the value of his order.
  static std::vector<std::string> KeptFromBystanders() {
    std::vector<std::string> kept = {"amount_minor: 100000", "own-order"};
    for (const char* type :
         {"Member", "Team", "RoleAssignment", "Fact", "Statement", "Run", "StageEvaluation"}) {
      kept.push_back(own_->names().at(absl::StrCat("argosy.dev/", type)));
    }
    return kept;
  }

  // What the owner of the own tenant sees of the answer, with the ids of `name` blanked.
  std::pair<absl::Status, std::string> AnswerTo(const Path& path, const std::string& name) const {
    const Answer answer = Ask(product_->channel(), method(), *Naming(path, name), own_->access());
    std::string seen = VisibleBytes(answer.status);
    // Of a batch of facts the answer is OK whatever they name: the refusals are in the reply.
    if (answer.status.ok() &&
        (!RuleOf(method()).mutates() || method().name() == "BatchIngestFacts")) {
      ClearMoments(*answer.reply);
      seen = answer.reply->DebugString();
    }
    const std::vector<std::string> parts = absl::StrSplit(name, '/');
    for (size_t i = 3; i < parts.size(); i += 2) {
      if (parts[i].size() > 3) seen = absl::StrReplaceAll(seen, {{parts[i], "{id}"}});
    }
    return {ToStatus(answer.status), seen};
  }

  static inline std::unique_ptr<RunningProduct> product_;
  static inline OnboardedTenant own_tenant_;
  static inline OnboardedTenant foreign_tenant_;
  static inline std::unique_ptr<Seeds> own_;
  static inline std::unique_ptr<Seeds> foreign_;
  static inline std::string bystander_access_;
  static inline int unique_ = 0;
};

TEST_P(ResourceIdTest, AnswersForeignAndUnknownIdsInTheSameBytes) {
  if (RuleOf(method()).scope() != common::v1::SCOPE_TENANT) return;
  for (const Path& path : ReferencesOf(*method().input_type())) {
    const std::string& type = TypeOf(*path.back());
    // Of any type, an id is of the one that another field says.
    if (type == kTenantType || type == "*") continue;
    // A link to an account is kept unchecked: each request gets an account of its own.
    foreign_->MakeMembership();
    const auto seed = foreign_->names().find(type);
    ASSERT_NE(seed, foreign_->names().end()) << "no seed of type " << type;
    const std::string foreign = absl::StrReplaceAll(
        seed->second,
        {{absl::StrCat(foreign_tenant_.name, "/"), absl::StrCat(own_tenant_.name, "/")}});
    const auto [refusal, seen] = AnswerTo(path, foreign);
    EXPECT_EQ(seen, AnswerTo(path, Unknown(foreign)).second) << path.back()->full_name();
    if (path != ResourcePath(method())) continue;
    EXPECT_THAT(refusal, HasReason("RESOURCE_NOT_FOUND")) << path.back()->full_name();
  }
}

// Everything the seeds have is of one member, in a team he leads. Another member may see channels
// and plans, which are the company's, and his own figures, which are none.
TEST_P(ResourceIdTest, KeepsColleaguesFromWhoMaySeeOnlyHisOwn) {
  const auto permission = static_cast<tenants::Permission>(RuleOf(method()).permission());
  if (RuleOf(method()).scope() != common::v1::SCOPE_TENANT ||
      tenants::ReachOf(tenants::AccessRole::kMember, permission) != tenants::Reach::kOwnScope) {
    return;
  }
  std::vector<std::unique_ptr<Message>> requests;
  requests.push_back(Request());
  for (const Path& path : ReferencesOf(*method().input_type())) {
    const auto seed = own_->names().find(TypeOf(*path.back()));
    if (seed == own_->names().end() || seed->first == kTenantType) continue;
    requests.push_back(Naming(path, seed->second));
  }
  int answered = 0;
  for (const auto& request : requests) {
    SCOPED_TRACE(request->DebugString());
    // What the owner is refused as well is refused for another reason.
    if (!Ask(product_->channel(), method(), *request, own_->access()).status.ok()) continue;
    ++answered;
    const Answer answer = Ask(product_->channel(), method(), *request, bystander_access_);
    if (answer.status.ok()) {
      for (const std::string& kept : KeptFromBystanders()) {
        EXPECT_THAT(answer.reply->DebugString(), ::testing::Not(::testing::HasSubstr(kept)));
      }
    } else {
      EXPECT_THAT(ToStatus(answer.status),
                  ::testing::AnyOf(HasReason("PERMISSION_MISSING"), HasReason("RESOURCE_NOT_FOUND"),
                                   HasReason("FIELD_INVALID")));
    }
  }
  EXPECT_GT(answered, 0) << "no request the owner is answered";
}

INSTANTIATE_TEST_SUITE_P(EveryRpc, ResourceIdTest, ::testing::ValuesIn(AllMethods()),
                         [](const auto& test) {
                           return absl::StrCat(test.param->service()->name(), "_",
                                               test.param->name());
                         });

}  // namespace
}  // namespace argosy::testing
