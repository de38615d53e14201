#include "tests/contract/contract_rules.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "argosy/common/v1/method_rule.pb.h"
#include "buf/validate/validate.pb.h"

namespace argosy::contract {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;

// Collects faults.
class Rules {
 public:
  template <typename Element>
  void Require(bool kept, const Element& element, absl::string_view what) {
    if (!kept) faults_.push_back(absl::StrCat(element.full_name(), ": ", what));
  }
  template <typename Element>
  void RequireComment(const Element& element) {
    Require(!CommentOf(element).empty(), element, "no comment");
  }
  std::vector<std::string> faults() const { return faults_; }

 private:
  std::vector<std::string> faults_;
};

void CheckMethod(const MethodDescriptor& method, Rules& rules) {
  rules.RequireComment(method);
  const auto& rule = method.options().GetExtension(common::v1::rule);
  if (rule.mutates() && rule.audit() != common::v1::AUDIT_CLASS_INGEST) {
    const FieldDescriptor* id = method.input_type()->FindFieldByName("request_id");
    const bool required = id != nullptr &&
                          id->options().GetExtension(buf::validate::field).required() &&
                          id->options().GetExtension(buf::validate::field).string().uuid();
    rules.Require(required, method, "no required request_id");
  }
  const bool keys = method.name() == "ListSigningKeys";  // at most two, for ever
  if (absl::StartsWith(method.name(), "List") && !keys) {
    const Descriptor& request = *method.input_type();
    const FieldDescriptor* size = request.FindFieldByName("page_size");
    rules.Require(size != nullptr && size->type() == FieldDescriptor::TYPE_INT32 &&
                      request.FindFieldByName("page_token") != nullptr &&
                      method.output_type()->FindFieldByName("next_page_token") != nullptr,
                  method, "no pages");
  }
}

void CheckField(const FieldDescriptor& field, Rules& rules) {
  rules.RequireComment(field);
  const auto type = field.cpp_type();
  rules.Require(type != FieldDescriptor::CPPTYPE_FLOAT && type != FieldDescriptor::CPPTYPE_DOUBLE,
                field, "floating point");
  const auto& bounds = field.options().GetExtension(buf::validate::field);
  const auto& text = field.is_repeated() ? bounds.repeated().items().string() : bounds.string();
  rules.Require(!absl::StartsWith(text.pattern(), "^tenants/") ||
                    field.options().HasExtension(common::v1::resource_reference),
                field, "the tenant walk does not see it");
}

void CheckEnum(const EnumDescriptor& type, Rules& rules) {
  rules.RequireComment(type);
  rules.Require(
      type.value(0)->number() == 0 && absl::EndsWith(type.value(0)->name(), "_UNSPECIFIED"), type,
      "does not begin with _UNSPECIFIED");
  for (int i = 0; i < type.value_count(); ++i) rules.RequireComment(*type.value(i));
}

}  // namespace

std::vector<std::string> ContractFaults(const Contracts& contracts) {
  Rules rules;
  for (const auto* service : contracts.services()) rules.RequireComment(*service);
  for (const auto* method : contracts.methods()) CheckMethod(*method, rules);
  for (const auto* message : contracts.messages()) {
    rules.RequireComment(*message);
    for (int i = 0; i < message->field_count(); ++i) CheckField(*message->field(i), rules);
  }
  for (const auto* type : contracts.enums()) CheckEnum(*type, rules);
  return rules.faults();
}

}  // namespace argosy::contract
