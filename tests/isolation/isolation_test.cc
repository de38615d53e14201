// Every RPC there is, by callers who must not be let in: made from the descriptors, so that a new
// RPC is covered by existing.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/message.h>
#include <grpcpp/generic/generic_stub.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "argosy/common/v1/method_rule.pb.h"
#include "argosyd/hosted_services.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "rpc/rule.h"
#include "tenants/access.h"
#include "tests/e2e/running_product.h"
#include "tests/support/context_for_test.h"
#include "tests/support/status_matchers.h"

namespace argosy::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

std::vector<const MethodDescriptor*> AllMethods() {
  std::vector<const MethodDescriptor*> methods;
  for (const absl::string_view service : argosyd::kServiceNames) {
    for (const std::string& name : argosyd::ProtoServicesOf(service)) {
      const auto* descriptor =
          google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
      for (int i = 0; i < descriptor->method_count(); ++i) methods.push_back(descriptor->method(i));
    }
  }
  return methods;
}

const common::v1::MethodRule& RuleOf(const MethodDescriptor& method) {
  return method.options().GetExtension(common::v1::rule);
}

bool IsReference(const FieldDescriptor& field) {
  return field.options().HasExtension(common::v1::resource_reference) &&
         field.type() == FieldDescriptor::TYPE_STRING;
}

std::string NameIn(const FieldDescriptor& field, const std::string& tenant_id) {
  const std::string tenant = absl::StrCat("tenants/", tenant_id);
  const auto& type = field.options().GetExtension(common::v1::resource_reference).type();
  return type == "argosy.dev/Tenant" ? tenant : absl::StrCat(tenant, "/things/some-thing");
}

// A path of message fields down to a string that names a resource.
using Path = std::vector<const FieldDescriptor*>;

// Deep enough for every request there is; recursion in a type ends here too.
constexpr size_t kDepthMax = 5;

void FindReferences(const Descriptor& type, const Path& above, std::vector<Path>& found) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    Path path = above;
    path.push_back(&field);
    if (IsReference(field)) found.push_back(path);
    if (field.type() == FieldDescriptor::TYPE_MESSAGE && !field.is_map() &&
        path.size() < kDepthMax) {
      FindReferences(*field.message_type(), path, found);
    }
  }
}

void SetAt(Message& message, const Path& path, const std::string& tenant_id, size_t depth = 0) {
  const FieldDescriptor* field = path[depth];
  const auto* reflection = message.GetReflection();
  if (depth + 1 == path.size()) {
    const std::string name = NameIn(*field, tenant_id);
    if (field->is_repeated()) {
      reflection->AddString(&message, field, name);
    } else {
      reflection->SetString(&message, field, name);
    }
    return;
  }
  Message* next = nullptr;
  if (!field->is_repeated()) {
    next = reflection->MutableMessage(&message, field);
  } else if (reflection->FieldSize(message, field) > 0) {
    next = reflection->MutableRepeatedMessage(&message, field, 0);
  } else {
    next = reflection->AddMessage(&message, field);
  }
  SetAt(*next, path, tenant_id, depth + 1);
}

std::unique_ptr<Message> RequestOf(const MethodDescriptor& method) {
  const auto* prototype =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(method.input_type());
  std::unique_ptr<Message> request(prototype->New());
  const FieldDescriptor* id = method.input_type()->FindFieldByName("request_id");
  if (id != nullptr) {
    request->GetReflection()->SetString(request.get(), id, FreshRequestId().ToString());
  }
  return request;
}

// The resource field of the method's rule, as a path.
Path ResourcePath(const MethodDescriptor& method) {
  Path path;
  const Descriptor* type = method.input_type();
  const std::string& field = RuleOf(method).resource_field();
  for (size_t begin = 0; begin <= field.size() && !field.empty();) {
    const size_t end = std::min(field.find('.', begin), field.size());
    path.push_back(type->FindFieldByName(field.substr(begin, end - begin)));
    type = path.back()->message_type();
    begin = end + 1;
  }
  return path;
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
    if (!path.empty()) SetAt(*request, path, tenant_id);
    return request;
  }

  grpc::Status Send(const Message& request, const std::string& access_token) const {
    grpc::GenericStub stub(product_->channel());
    grpc::ClientContext call;
    Authorize(call, access_token);
    grpc::CompletionQueue queue;
    const grpc::Slice slice(request.SerializeAsString());
    grpc::ByteBuffer reply;
    grpc::Status status;
    const auto reader = stub.PrepareUnaryCall(
        &call, absl::StrCat("/", method().service()->full_name(), "/", method().name()),
        grpc::ByteBuffer(&slice, 1), &queue);
    reader->StartCall();
    void* tag = nullptr;
    bool ok = false;
    reader->Finish(&reply, &status, &tag);
    queue.Next(&tag, &ok);
    return status;
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

  // Everything a client sees of a refusal, without the ids of the call and of the tenant.
  static std::string Bytes(const grpc::Status& status, const std::string& tenant_id) {
    google::rpc::Status details;
    details.ParseFromString(status.error_details());
    std::string bytes =
        absl::StrCat(status.error_code(), status.error_message(), details.message());
    for (const auto& detail : details.details()) {
      if (!detail.Is<google::rpc::RequestInfo>())
        absl::StrAppend(&bytes, detail.SerializeAsString());
    }
    return absl::StrReplaceAll(bytes, {{tenant_id, "{tenant}"}});
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
      // The service narrows further: it may refuse, and it must know how to.
      EXPECT_THAT(status, ::testing::Not(StatusIs(absl::StatusCode::kInternal)));
      break;
    case tenants::Reach::kWholeTenant:
      EXPECT_THAT(status, ::testing::Not(HasReason("PERMISSION_MISSING")));
      break;
  }
}

TEST_P(IsolationTest, RefusesEveryNestedForeignName) {
  if (!HasScope(common::v1::SCOPE_TENANT)) return;
  std::vector<Path> references;
  FindReferences(*method().input_type(), {}, references);
  for (const Path& path : references) {
    if (path == ResourcePath(method())) continue;
    auto request = Naming(own_.id);
    SetAt(*request, path, foreign_.id);
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
