#include "rpc/rule.h"

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/fault.h"
#include "base/status_macros.h"

namespace argosy::rpc {
namespace {

using common::v1::MethodRule;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

absl::Status Refuse(const MethodDescriptor& method, absl::string_view why) {
  return base::Internal(absl::StrCat("rpc ", method.full_name(), ": ", why));
}

absl::Status CheckRule(const MethodDescriptor& method, const MethodRule& rule) {
  if (rule.scope() == common::v1::SCOPE_UNSPECIFIED || !common::v1::Scope_IsValid(rule.scope())) {
    return Refuse(method, "the rule has no scope");
  }
  const bool is_public = rule.scope() == common::v1::SCOPE_PUBLIC;
  if (!is_public && (rule.permission() == common::v1::PERMISSION_UNSPECIFIED ||
                     rule.permission() > tenants::kPermissionLast)) {
    return Refuse(method, "the rule has no permission");
  }
  if (rule.audit() == common::v1::AUDIT_CLASS_UNSPECIFIED) {
    return Refuse(method, "the rule has no audit class");
  }
  if (rule.mutates() != (rule.audit() != common::v1::AUDIT_CLASS_NONE)) {
    return Refuse(method, "a call is audited when it mutates, and only then");
  }
  if (is_public && rule.mutates()) return Refuse(method, "a PUBLIC method must not mutate");
  if (rule.scope() == common::v1::SCOPE_TENANT && rule.resource_field().empty()) {
    return Refuse(method, "the rule names no resource field");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<const FieldDescriptor*>> ResolvePath(const MethodDescriptor& method,
                                                                const std::string& path) {
  std::vector<const FieldDescriptor*> fields;
  if (path.empty()) return fields;
  const Descriptor* type = method.input_type();
  for (const std::string& name : std::vector<std::string>(absl::StrSplit(path, '.'))) {
    const FieldDescriptor* field = type == nullptr ? nullptr : type->FindFieldByName(name);
    if (field == nullptr || field->is_repeated()) {
      return Refuse(method, absl::StrCat("its resource field ", path, " does not exist"));
    }
    fields.push_back(field);
    type = field->message_type();
  }
  if (fields.back()->type() != FieldDescriptor::TYPE_STRING ||
      !fields.back()->options().HasExtension(common::v1::resource_reference)) {
    return Refuse(method, absl::StrCat("its resource field ", path,
                                       " is not a string with a resource_reference"));
  }
  return fields;
}

bool HasSecret(const Descriptor& type, absl::flat_hash_set<const Descriptor*>& seen) {
  if (!seen.insert(&type).second) return false;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.options().GetExtension(common::v1::secret)) return true;
    if (field.message_type() != nullptr && HasSecret(*field.message_type(), seen)) return true;
  }
  return false;
}

void Blank(Message& message) {
  const auto& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> set;
  reflection.ListFields(message, &set);
  for (const FieldDescriptor* field : set) {
    if (field->options().GetExtension(common::v1::secret)) {
      reflection.ClearField(&message, field);
    } else if (field->message_type() != nullptr && field->is_repeated()) {
      for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
        Blank(*reflection.MutableRepeatedMessage(&message, field, i));
      }
    } else if (field->message_type() != nullptr) {
      Blank(*reflection.MutableMessage(&message, field));
    }
  }
}

// "teams" of "argosy.teams.v1".
std::string DomainOf(const google::protobuf::ServiceDescriptor& service) {
  const std::vector<std::string> parts = absl::StrSplit(service.file()->package(), '.');
  return absl::StrCat(parts.size() > 1 ? parts[1] : parts[0], ".argosy");
}

}  // namespace

std::string Method::ResourceOf(const Message& request) const {
  if (resource_path.empty()) return "";
  const Message* message = &request;
  for (size_t i = 0; i + 1 < resource_path.size(); ++i) {
    message = &message->GetReflection()->GetMessage(*message, resource_path[i]);
  }
  std::string scratch;
  return message->GetReflection()->GetStringReference(*message, resource_path.back(), &scratch);
}

absl::StatusOr<MethodTable> MethodTable::Build(
    const std::vector<const google::protobuf::ServiceDescriptor*>& services) {
  MethodTable table;
  for (const auto* service : services) {
    for (int i = 0; i < service->method_count(); ++i) {
      RETURN_IF_ERROR(table.Add(*service->method(i)));
    }
  }
  return table;
}

absl::Status MethodTable::Add(const MethodDescriptor& descriptor) {
  const std::string& service = descriptor.service()->full_name();
  if (!descriptor.options().HasExtension(common::v1::rule)) {
    return Refuse(descriptor, "has no rule");
  }
  if (descriptor.client_streaming() || descriptor.server_streaming()) {
    return Refuse(descriptor, "streams, and no chain for streams exists");
  }
  const MethodRule& rule = descriptor.options().GetExtension(common::v1::rule);
  RETURN_IF_ERROR(CheckRule(descriptor, rule));
  const Descriptor& request = *descriptor.input_type();
  auto method = std::make_unique<Method>(
      Method{.service = service,
             .name = descriptor.name(),
             .full_name = absl::StrCat(service, "/", descriptor.name()),
             .domain = DomainOf(*descriptor.service()),
             .permission = static_cast<tenants::Permission>(rule.permission()),
             .scope = rule.scope(),
             .audit = rule.audit(),
             .mutates = rule.mutates(),
             .request_id = request.FindFieldByName("request_id"),
             .validate_only = request.FindFieldByName("validate_only"),
             .response = descriptor.output_type(),
             .index = methods_.size()});
  ASSIGN_OR_RETURN(method->resource_path, ResolvePath(descriptor, rule.resource_field()));
  absl::flat_hash_set<const Descriptor*> seen;
  method->response_has_secret = HasSecret(*method->response, seen);
  if (method->claims() && (method->request_id == nullptr ||
                           method->request_id->type() != FieldDescriptor::TYPE_STRING)) {
    return Refuse(descriptor, "mutates, and its request has no string request_id");
  }
  if (method->validate_only != nullptr &&
      method->validate_only->type() != FieldDescriptor::TYPE_BOOL) {
    return Refuse(descriptor, "its validate_only is not a bool");
  }
  RETURN_IF_ERROR(validator_.Add(request));
  RETURN_IF_ERROR(walk_.Add(request));
  if (!by_request_.emplace(&request, method.get()).second) {
    return Refuse(descriptor, absl::StrCat("shares its request type ", request.full_name(),
                                           " with another method"));
  }
  methods_.push_back(std::move(method));
  return absl::OkStatus();
}

const Method* MethodTable::Find(const Descriptor* type) const {
  const auto found = by_request_.find(type);
  return found == by_request_.end() ? nullptr : found->second;
}

std::string BlankSecrets(const Descriptor& type, absl::string_view bytes) {
  const std::unique_ptr<Message> message(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
  // What cannot be parsed is not stored: it might be the secret.
  if (!message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return "";
  Blank(*message);
  return message->SerializeAsString();
}

}  // namespace argosy::rpc
