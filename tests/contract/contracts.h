// Every contract of the product, with comments, for the tests over them.
#ifndef ARGOSY_TESTS_CONTRACT_CONTRACTS_H_
#define ARGOSY_TESTS_CONTRACT_CONTRACTS_H_

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"

namespace argosy::contract {

// Aborts when there is nothing to read: no test means anything then.
class Contracts {
 public:
  // Those of the descriptor set that the build makes.
  Contracts() : Contracts(ReadSet()) {}
  explicit Contracts(const google::protobuf::FileDescriptorSet& set) {
    for (const auto& file : set.file()) {
      const auto* built = pool_.BuildFile(file);
      if (built == nullptr) std::abort();
      if (built->package().rfind("argosy.", 0) == 0) files_.push_back(built);
    }
    if (files_.empty()) std::abort();
  }

  const std::vector<const google::protobuf::FileDescriptor*>& files() const { return files_; }
  std::vector<const google::protobuf::ServiceDescriptor*> services() const {
    std::vector<const google::protobuf::ServiceDescriptor*> all;
    for (const auto* file : files_) {
      for (int i = 0; i < file->service_count(); ++i) all.push_back(file->service(i));
    }
    return all;
  }
  std::vector<const google::protobuf::MethodDescriptor*> methods() const {
    std::vector<const google::protobuf::MethodDescriptor*> all;
    for (const auto* service : services()) {
      for (int i = 0; i < service->method_count(); ++i) all.push_back(service->method(i));
    }
    return all;
  }
  // Messages at any depth, without the entries of maps.
  std::vector<const google::protobuf::Descriptor*> messages() const {
    std::vector<const google::protobuf::Descriptor*> all;
    for (const auto* file : files_) {
      for (int i = 0; i < file->message_type_count(); ++i) all.push_back(file->message_type(i));
    }
    for (size_t at = 0; at < all.size(); ++at) {
      const auto* message = all[at];
      for (int i = 0; i < message->nested_type_count(); ++i) {
        const auto* nested = message->nested_type(i);
        if (!nested->options().map_entry()) all.push_back(nested);
      }
    }
    return all;
  }
  std::vector<const google::protobuf::EnumDescriptor*> enums() const {
    std::vector<const google::protobuf::EnumDescriptor*> all;
    for (const auto* file : files_) {
      for (int i = 0; i < file->enum_type_count(); ++i) all.push_back(file->enum_type(i));
    }
    for (const auto* message : messages()) {
      for (int i = 0; i < message->enum_type_count(); ++i) all.push_back(message->enum_type(i));
    }
    return all;
  }

 private:
  static google::protobuf::FileDescriptorSet ReadSet() {
    const char* const path = std::getenv("ARGOSY_CONTRACTS");
    std::ifstream in(path == nullptr ? "" : path, std::ios::binary);
    google::protobuf::FileDescriptorSet set;
    if (!set.ParseFromIstream(&in)) std::abort();
    return set;
  }

  google::protobuf::DescriptorPool pool_;
  std::vector<const google::protobuf::FileDescriptor*> files_;
};

// The comment before `element`, or "".
template <typename Element>
std::string CommentOf(const Element& element) {
  google::protobuf::SourceLocation location;
  return element.GetSourceLocation(&location) ? location.leading_comments : "";
}

}  // namespace argosy::contract

#endif  // ARGOSY_TESTS_CONTRACT_CONTRACTS_H_
