// Every RPC there is, by callers who must not be let in: made from the descriptors, so that a new
// RPC is covered by existing.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "argosy/common/v1/method_rule.pb.h"
#include "argosyd/hosted_services.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tenants/access.h"
#include "tests/e2e/running_product.h"
#include "tests/isolation/any_rpc.h"
#include "tests/support/status_matchers.h"

namespace argosy::testing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

std::string NameIn(const FieldDescriptor& field, const std::string& tenant_id) {
  const std::string tenant = absl::StrCat("tenants/", tenant_id);
  return TypeOf(field) == "argosy.dev/Tenant" ? tenant : absl::StrCat(tenant, "/things/some-thing");
}

class IsolationTest : public ::testing::TestWithParam<const MethodDescriptor*> {
 protected:
  static void SetUpTestSuite() {
    std::vector<std::string> services;
    for (const absl::string_view service : argosyd::kServiceNames) {
      if (!argosyd::ProtoServicesOf(service).empty()) services.emplace_back(service);
    }
    product_ = RunningProduct::Start(services);
    own_ = product_->Onboard();
    foreign_ = product_->Onboard();
    operator_access_ = product_->AccessOf(product_->operator_token());
    owner_access_ = product_->AccessOf(own_.api_token);
    member_access_ = product_->AccessOf(product_->MemberToken(own_));
    stranger_access_ = product_->AccessOf(foreign_.api_token);
  }
  static void TearDownTestSuite() { product_.reset(); }

  const MethodDescriptor& method() const { return *GetParam(); }
  bool HasScope(common::v1::Scope scope) const { return RuleOf(method()).scope() == scope; }

  std::unique_ptr<Message> Naming(const std::string& tenant_id) const {
    auto request = RequestOf(method());
    const Path path = ResourcePath(method());
    if (!path.empty()) SetName(*request, path, NameIn(*path.back(), tenant_id));
    return request;
  }

  grpc::Status Send(const Message& request, const std::string& access_token) const {
    return Ask(product_->channel(), method(), request, access_token).status;
  }

  // Denied calls of this method in the chain that its service keeps for `tenant`.
  int64_t DenialsIn(const OnboardedTenant& tenant) const {
    const std::vector<std::string> package = absl::StrSplit(method().service()->full_name(), '.');
    const std::string uid = product_->database("tenancy").QueryAsRoot(
        absl::StrCat("SELECT HEX(tenant_id) FROM tenants WHERE id = '", tenant.id, "'"));
    return std::stoll(
        product_->database(package[1])
            .QueryAsRoot(absl::StrCat("SELECT COUNT(*) FROM audit WHERE tenant_id = UNHEX('", uid,
                                      "') AND method = '", method().service()->full_name(), "/",
                                      method().name(),
                                      "' AND decision = 2 AND reason = 'PERMISSION_MISSING'")));
  }

  // What a client sees of a refusal, without the id of the tenant.
  static std::string Bytes(const grpc::Status& status, const std::string& tenant_id) {
    return absl::StrReplaceAll(VisibleBytes(status), {{tenant_id, "{tenant}"}});
  }

  static inline std::unique_ptr<RunningProduct> product_;
  static inline OnboardedTenant own_;
  static inline OnboardedTenant foreign_;
  static inline std::string operator_access_;
  static inline std::string owner_access_;
  static inline std::string member_access_;
  static inline std::string stranger_access_;  // the owner of foreign_
};

TEST_P(IsolationTest, RefusesAnonymousCallers) {
  if (HasScope(common::v1::SCOPE_PUBLIC)) {
    EXPECT_NE(Send(*RequestOf(method()), "").error_code(), grpc::StatusCode::INTERNAL);
    return;
  }
  EXPECT_THAT(ToStatus(Send(*Naming(own_.id), "")),
              IsFault(absl::StatusCode::kUnauthenticated, std::string("CREDENTIAL_MISSING")));
}

TEST_P(IsolationTest, AnswersForeignAndUnknownTenantsInTheSameBytes) {
  if (!HasScope(common::v1::SCOPE_TENANT)) return;
  // As long as the foreign id, so that lengths in the bytes agree.
  const std::string unknown = std::string(foreign_.id.size(), 'q');
  const grpc::Status to_foreign = Send(*Naming(foreign_.id), owner_access_);
  const grpc::Status to_unknown = Send(*Naming(unknown), owner_access_);
  EXPECT_THAT(ToStatus(to_foreign),
              IsFault(absl::StatusCode::kPermissionDenied, std::string("PERMISSION_MISSING")));
  EXPECT_EQ(Bytes(to_foreign, foreign_.id), Bytes(to_unknown, unknown));
}

TEST_P(IsolationTest, RecordsADenialInTheChainOfWhoWasDenied) {
  if (HasScope(common::v1::SCOPE_PUBLIC)) return;
  const int64_t own_before = DenialsIn(own_);
  EXPECT_EQ(DenialsIn(foreign_), 0);
  EXPECT_THAT(ToStatus(Send(*Naming(own_.id), stranger_access_)), HasReason("PERMISSION_MISSING"));
  EXPECT_EQ(DenialsIn(foreign_), 1);
  EXPECT_EQ(DenialsIn(own_), own_before);
}

TEST_P(IsolationTest, KeepsPlatformMethodsFromOwners) {
  if (!HasScope(common::v1::SCOPE_PLATFORM)) return;
  EXPECT_THAT(ToStatus(Send(*Naming(own_.id), owner_access_)),
              IsFault(absl::StatusCode::kPermissionDenied, std::string("PERMISSION_MISSING")));
}

TEST_P(IsolationTest, KeepsTenantsFromTheOperator) {
  if (!HasScope(common::v1::SCOPE_TENANT)) return;
  EXPECT_THAT(ToStatus(Send(*Naming(own_.id), operator_access_)),
              IsFault(absl::StatusCode::kPermissionDenied, std::string("PERMISSION_MISSING")));
}

TEST_P(IsolationTest, HoldsMembersToTheirPermissions) {
  if (!HasScope(common::v1::SCOPE_TENANT)) return;
  const auto permission = static_cast<tenants::Permission>(RuleOf(method()).permission());
  const absl::Status status = ToStatus(Send(*Naming(own_.id), member_access_));
  switch (tenants::ReachOf(tenants::AccessRole::kMember, permission)) {
    case tenants::Reach::kNone:
      EXPECT_THAT(status, HasReason("PERMISSION_MISSING"));
      break;
    case tenants::Reach::kOwnScope:
      // The service narrows further: resource_ids_test asks for a colleague's things.
      EXPECT_THAT(status, ::testing::Not(StatusIs(absl::StatusCode::kInternal)));
      break;
    case tenants::Reach::kWholeTenant:
      EXPECT_THAT(status, ::testing::Not(HasReason("PERMISSION_MISSING")));
      break;
  }
}

// They hold the rows of the whole company, and nothing narrows them.
TEST_P(IsolationTest, KeepsImportsFromMembers) {
  if (method().service()->full_name() != "argosy.metrics.v1.ImportService") return;
  EXPECT_THAT(ToStatus(Send(*Naming(own_.id), member_access_)),
              IsFault(absl::StatusCode::kPermissionDenied, std::string("PERMISSION_MISSING")));
}

TEST_P(IsolationTest, RefusesEveryNestedForeignName) {
  if (!HasScope(common::v1::SCOPE_TENANT)) return;
  for (const Path& path : ReferencesOf(*method().input_type())) {
    if (path == ResourcePath(method())) continue;
    auto request = Naming(own_.id);
    SetName(*request, path, NameIn(*path.back(), foreign_.id));
    const absl::Status status = ToStatus(Send(*request, owner_access_));
    EXPECT_THAT(status,
                ::testing::AnyOf(HasReason("TENANT_MISMATCH"), HasReason("PERMISSION_MISSING")))
        << path.back()->full_name();
  }
}

INSTANTIATE_TEST_SUITE_P(EveryRpc, IsolationTest, ::testing::ValuesIn(AllMethods()),
                         [](const auto& test) {
                           return absl::StrCat(test.param->service()->name(), "_",
                                               test.param->name());
                         });

TEST(IsolationCoverage, ReachesEveryServiceOfTheProgram) {
  for (const absl::string_view service : argosyd::kServiceNames) {
    EXPECT_THAT(argosyd::ProtoServicesOf(service), ::testing::Not(::testing::IsEmpty())) << service;
  }
}

}  // namespace
}  // namespace argosy::testing
