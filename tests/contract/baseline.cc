#include "tests/contract/baseline.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace argosy::contract {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

using Lines = std::set<std::string>;

std::string TypeOf(const FieldDescriptor& field) {
  if (field.message_type() != nullptr) return field.message_type()->full_name();
  if (field.enum_type() != nullptr) return field.enum_type()->full_name();
  return field.type_name();
}

std::string LabelOf(const FieldDescriptor& field) {
  if (field.is_repeated()) return "repeated ";
  if (field.real_containing_oneof() != nullptr) {
    return absl::StrCat("oneof(", field.real_containing_oneof()->name(), ") ");
  }
  return field.has_optional_keyword() ? "optional " : "";
}

void AddField(const FieldDescriptor& field, Lines& lines) {
  lines.insert(absl::StrCat("field ", field.full_name(), " = ", field.number(), " ", LabelOf(field),
                            TypeOf(field)));
}

void AddEnum(const EnumDescriptor& type, Lines& lines) {
  for (int i = 0; i < type.value_count(); ++i) {
    lines.insert(absl::StrCat("value ", type.full_name(), ".", type.value(i)->name(), " = ",
                              type.value(i)->number()));
  }
}

void AddMessage(const Descriptor& message, Lines& lines) {
  // A message without fields can be a method's request or reply.
  lines.insert(absl::StrCat("message ", message.full_name()));
  for (int i = 0; i < message.field_count(); ++i) AddField(*message.field(i), lines);
  for (int i = 0; i < message.nested_type_count(); ++i) AddMessage(*message.nested_type(i), lines);
  for (int i = 0; i < message.enum_type_count(); ++i) AddEnum(*message.enum_type(i), lines);
}

void AddMethod(const MethodDescriptor& method, Lines& lines) {
  lines.insert(absl::StrCat(
      "rpc ", method.full_name(), "(", method.client_streaming() ? "stream " : "",
      method.input_type()->full_name(), ") returns (", method.server_streaming() ? "stream " : "",
      method.output_type()->full_name(), ")"));
}

void AddService(const ServiceDescriptor& service, Lines& lines) {
  for (int i = 0; i < service.method_count(); ++i) AddMethod(*service.method(i), lines);
}

}  // namespace

std::string BaselineOf(const std::vector<const FileDescriptor*>& files) {
  Lines lines;
  for (const FileDescriptor* file : files) {
    for (int i = 0; i < file->message_type_count(); ++i) AddMessage(*file->message_type(i), lines);
    for (int i = 0; i < file->enum_type_count(); ++i) AddEnum(*file->enum_type(i), lines);
    for (int i = 0; i < file->extension_count(); ++i) AddField(*file->extension(i), lines);
    for (int i = 0; i < file->service_count(); ++i) AddService(*file->service(i), lines);
  }
  return absl::StrCat(absl::StrJoin(lines, "\n"), "\n");
}

}  // namespace argosy::contract
