#include "tests/contract/contract_rules.h"

#include <algorithm>
#include <array>

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

// Amounts without a currency of their own, and where it stands instead.
constexpr std::array<absl::string_view, 4> kBareAmounts = {
    "argosy.common.v1.Money.amount_minor",      // it is what Money is made of
    "argosy.incentives.v1.TierRow.from_minor",  // the plan's, once for the whole table
    "argosy.incentives.v1.TierRow.to_minor",    // the same
    "argosy.teams.v1.ChartedWeek.spend_minor",  // the evaluation's, once for all its weeks
};

// Instants whose name says more than when: what had happened, what was known.
constexpr std::array<absl::string_view, 5> kInstants = {"as_of", "complete_through", "cut",
                                                        "occurred_at", "recorded_at"};

template <typename Names>
bool IsOneOf(const Names& names, absl::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool Holds(const FieldDescriptor* field, absl::string_view message) {
  return field != nullptr && field->message_type() != nullptr &&
         field->message_type()->full_name() == message;
}

bool HasEtag(const Descriptor& message) {
  const FieldDescriptor* etag = message.FindFieldByName("etag");
  return etag != nullptr && etag->type() == FieldDescriptor::TYPE_STRING;
}

// A resource that a method updates or deletes carries an etag, so that no change is lost.
void CheckChange(const MethodDescriptor& method, Rules& rules) {
  const Descriptor& request = *method.input_type();
  if (absl::StartsWith(method.name(), "Update")) {
    rules.Require(Holds(request.FindFieldByName("update_mask"), "google.protobuf.FieldMask"),
                  method, "no update_mask");
    rules.Require(HasEtag(*method.output_type()), method, "no etag");
  }
  if (absl::StartsWith(method.name(), "Delete")) rules.Require(HasEtag(request), method, "no etag");
}

void CheckMethod(const MethodDescriptor& method, Rules& rules) {
  rules.RequireComment(method);
  CheckChange(method, rules);
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

// Money says its currency; an instant is a Timestamp and is called one.
void CheckQuantity(const FieldDescriptor& field, Rules& rules) {
  const absl::string_view name = field.name();
  rules.Require(!absl::EndsWith(name, "_minor") || IsOneOf(kBareAmounts, field.full_name()), field,
                "an amount without its currency");
  const bool amount = absl::EndsWith(name, "amount") || absl::EndsWith(name, "price");
  const bool number = field.cpp_type() == FieldDescriptor::CPPTYPE_INT32 ||
                      field.cpp_type() == FieldDescriptor::CPPTYPE_INT64;
  rules.Require(!(amount && number), field, "money is not Money");
  const bool named = absl::EndsWith(name, "_time") || IsOneOf(kInstants, name);
  rules.Require(named == Holds(&field, "google.protobuf.Timestamp"), field,
                named ? "an instant is no Timestamp" : "not called an instant");
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
  const auto& names = field.options().GetExtension(common::v1::resource_reference).type();
  rules.Require(field.name() != "parent" || names != "argosy.dev/Tenant" || !text.pattern().empty(),
                field, "anything behind the tenant's name passes");
  CheckQuantity(field, rules);
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
