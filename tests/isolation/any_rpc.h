// Calls of any RPC of the product, made from its descriptor.
#ifndef ARGOSY_TESTS_ISOLATION_ANY_RPC_H_
#define ARGOSY_TESTS_ISOLATION_ANY_RPC_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <grpcpp/channel.h>
#include <grpcpp/support/status.h>

#include <memory>
#include <string>
#include <vector>

#include "argosy/common/v1/method_rule.pb.h"

namespace argosy::testing {

// Every method of every service the program is made of.
std::vector<const google::protobuf::MethodDescriptor*> AllMethods();
const common::v1::MethodRule& RuleOf(const google::protobuf::MethodDescriptor& method);

// A path of message fields down to a string that names a resource.
using Path = std::vector<const google::protobuf::FieldDescriptor*>;

// Every place in a message of `type` that names a resource, at any depth.
std::vector<Path> ReferencesOf(const google::protobuf::Descriptor& type);
// The type of resource a reference names: "argosy.dev/Team".
const std::string& TypeOf(const google::protobuf::FieldDescriptor& reference);
// The resource field of the method's rule; empty when it has none.
Path ResourcePath(const google::protobuf::MethodDescriptor& method);
// Puts `name` at `path`; in a list it becomes, or is within, the first item.
void SetName(google::protobuf::Message& message, const Path& path, const std::string& name);

std::unique_ptr<google::protobuf::Message> NewMessage(const google::protobuf::Descriptor& type);
// An empty request with a request_id nobody has used.
std::unique_ptr<google::protobuf::Message> RequestOf(
    const google::protobuf::MethodDescriptor& method);

struct Answer {
  grpc::Status status;
  std::unique_ptr<google::protobuf::Message> reply;  // empty when refused
};
Answer Ask(const std::shared_ptr<grpc::Channel>& channel,
           const google::protobuf::MethodDescriptor& method,
           const google::protobuf::Message& request, const std::string& access_token);

// Everything a client sees of a refusal but the id of the call.
std::string VisibleBytes(const grpc::Status& status);

}  // namespace argosy::testing

#endif  // ARGOSY_TESTS_ISOLATION_ANY_RPC_H_
