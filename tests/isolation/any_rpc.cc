#include "tests/isolation/any_rpc.h"

#include <google/protobuf/descriptor.pb.h>
#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "argosyd/hosted_services.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "tests/e2e/running_product.h"
#include "tests/support/context_for_test.h"

namespace argosy::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

// Deep enough for every request there is; recursion in a type ends here too.
constexpr size_t kDepthMax = 5;

bool IsReference(const FieldDescriptor& field) {
  return field.options().HasExtension(common::v1::resource_reference) &&
         field.type() == FieldDescriptor::TYPE_STRING;
}

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

}  // namespace

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

std::vector<Path> ReferencesOf(const Descriptor& type) {
  std::vector<Path> found;
  FindReferences(type, {}, found);
  return found;
}

const std::string& TypeOf(const FieldDescriptor& reference) {
  return reference.options().GetExtension(common::v1::resource_reference).type();
}

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

void SetName(Message& message, const Path& path, const std::string& name) {
  Message* at = &message;
  for (size_t depth = 0; depth + 1 < path.size(); ++depth) {
    const auto* reflection = at->GetReflection();
    if (!path[depth]->is_repeated()) {
      at = reflection->MutableMessage(at, path[depth]);
    } else if (reflection->FieldSize(*at, path[depth]) > 0) {
      at = reflection->MutableRepeatedMessage(at, path[depth], 0);
    } else {
      at = reflection->AddMessage(at, path[depth]);
    }
  }
  const auto* reflection = at->GetReflection();
  const FieldDescriptor* field = path.back();
  if (!field->is_repeated()) {
    reflection->SetString(at, field, name);
  } else if (reflection->FieldSize(*at, field) > 0) {
    reflection->SetRepeatedString(at, field, 0, name);
  } else {
    reflection->AddString(at, field, name);
  }
}

std::unique_ptr<Message> NewMessage(const Descriptor& type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

std::unique_ptr<Message> RequestOf(const MethodDescriptor& method) {
  std::unique_ptr<Message> request = NewMessage(*method.input_type());
  const FieldDescriptor* id = method.input_type()->FindFieldByName("request_id");
  if (id != nullptr) {
    request->GetReflection()->SetString(request.get(), id, FreshRequestId().ToString());
  }
  return request;
}

Answer Ask(const std::shared_ptr<grpc::Channel>& channel, const MethodDescriptor& method,
           const Message& request, const std::string& access_token) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext call;
  Authorize(call, access_token);
  grpc::CompletionQueue queue;
  const grpc::Slice slice(request.SerializeAsString());
  grpc::ByteBuffer bytes;
  Answer answer{.status = {}, .reply = NewMessage(*method.output_type())};
  const auto reader = stub.PrepareUnaryCall(
      &call, absl::StrCat("/", method.service()->full_name(), "/", method.name()),
      grpc::ByteBuffer(&slice, 1), &queue);
  reader->StartCall();
  void* tag = nullptr;
  bool ok = false;
  reader->Finish(&bytes, &answer.status, &tag);
  queue.Next(&tag, &ok);
  grpc::Slice reply;
  if (answer.status.ok() && bytes.DumpToSingleSlice(&reply).ok()) {
    answer.reply->ParseFromArray(reply.begin(), static_cast<int>(reply.size()));
  }
  return answer;
}

std::string VisibleBytes(const grpc::Status& status) {
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  std::string bytes = absl::StrCat(status.error_code(), status.error_message(), details.message());
  for (const auto& detail : details.details()) {
    if (!detail.Is<google::rpc::RequestInfo>()) absl::StrAppend(&bytes, detail.SerializeAsString());
  }
  return bytes;
}

}  // namespace argosy::testing
