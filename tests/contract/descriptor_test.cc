// What every contract must look like, whoever wrote it.
#include <string>

#include "absl/strings/match.h"
#include "argosy/common/v1/method_rule.pb.h"
#include "buf/validate/validate.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rpc/rule.h"
#include "tests/contract/contracts.h"
#include "tests/support/status_matchers.h"

namespace argosy::contract {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using testing::IsOk;

const common::v1::MethodRule& RuleOf(const google::protobuf::MethodDescriptor& method) {
  return method.options().GetExtension(common::v1::rule);
}

class ContractTest : public ::testing::Test {
 protected:
  Contracts contracts_;
};

TEST_F(ContractTest, CanAllBeServed) {
  // Rules, request types of their own, unary methods, validation within the subset.
  EXPECT_THAT(rpc::MethodTable::Build(contracts_.services()), IsOk());
}

TEST_F(ContractTest, MutationsRequireARequestId) {
  for (const auto* method : contracts_.methods()) {
    const auto& rule = RuleOf(*method);
    if (!rule.mutates() || rule.audit() == common::v1::AUDIT_CLASS_INGEST) continue;
    const FieldDescriptor* field = method->input_type()->FindFieldByName("request_id");
    ASSERT_NE(field, nullptr) << method->full_name();
    const auto& rules = field->options().GetExtension(buf::validate::field);
    EXPECT_TRUE(rules.required() && rules.string().uuid()) << field->full_name();
  }
}

TEST_F(ContractTest, ListsHavePages) {
  for (const auto* method : contracts_.methods()) {
    const bool keys = method->name() == "ListSigningKeys";  // at most two, for ever
    if (!absl::StartsWith(method->name(), "List") || keys) continue;
    const Descriptor& request = *method->input_type();
    const FieldDescriptor* size = request.FindFieldByName("page_size");
    ASSERT_NE(size, nullptr) << method->full_name();
    EXPECT_EQ(size->type(), FieldDescriptor::TYPE_INT32) << method->full_name();
    EXPECT_NE(request.FindFieldByName("page_token"), nullptr) << method->full_name();
    EXPECT_NE(method->output_type()->FindFieldByName("next_page_token"), nullptr)
        << method->full_name();
  }
}

TEST_F(ContractTest, EveryElementHasAComment) {
  for (const auto* service : contracts_.services()) {
    EXPECT_NE(CommentOf(*service), "") << service->full_name();
  }
  for (const auto* method : contracts_.methods()) {
    EXPECT_NE(CommentOf(*method), "") << method->full_name();
  }
  for (const auto* message : contracts_.messages()) {
    EXPECT_NE(CommentOf(*message), "") << message->full_name();
    for (int i = 0; i < message->field_count(); ++i) {
      EXPECT_NE(CommentOf(*message->field(i)), "") << message->field(i)->full_name();
    }
  }
  for (const auto* type : contracts_.enums()) {
    EXPECT_NE(CommentOf(*type), "") << type->full_name();
    for (int i = 0; i < type->value_count(); ++i) {
      EXPECT_NE(CommentOf(*type->value(i)), "") << type->value(i)->full_name();
    }
  }
}

TEST_F(ContractTest, EnumsBeginWithUnspecified) {
  for (const auto* type : contracts_.enums()) {
    ASSERT_GT(type->value_count(), 0);
    EXPECT_EQ(type->value(0)->number(), 0) << type->full_name();
    EXPECT_TRUE(absl::EndsWith(type->value(0)->name(), "_UNSPECIFIED")) << type->full_name();
  }
}

TEST_F(ContractTest, TenantNamesAreSeenByTheTenantWalk) {
  for (const auto* message : contracts_.messages()) {
    for (int i = 0; i < message->field_count(); ++i) {
      const FieldDescriptor& field = *message->field(i);
      const auto& rules = field.options().GetExtension(buf::validate::field);
      const auto& text = field.is_repeated() ? rules.repeated().items().string() : rules.string();
      if (!absl::StartsWith(text.pattern(), "^tenants/")) continue;
      EXPECT_TRUE(field.options().HasExtension(common::v1::resource_reference))
          << field.full_name();
    }
  }
}

TEST_F(ContractTest, NoFieldIsFloatingPoint) {
  for (const auto* message : contracts_.messages()) {
    for (int i = 0; i < message->field_count(); ++i) {
      const auto type = message->field(i)->cpp_type();
      EXPECT_NE(type, FieldDescriptor::CPPTYPE_FLOAT) << message->field(i)->full_name();
      EXPECT_NE(type, FieldDescriptor::CPPTYPE_DOUBLE) << message->field(i)->full_name();
    }
  }
}

}  // namespace
}  // namespace argosy::contract
