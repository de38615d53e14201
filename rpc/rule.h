// The rule of every method, read from its proto option, found by its request's descriptor.
#ifndef ARGOSY_RPC_RULE_H_
#define ARGOSY_RPC_RULE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "argosy/common/v1/method_rule.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "rpc/tenant_walk.h"
#include "rpc/validate.h"
#include "tenants/access.h"

namespace argosy::rpc {

// Everything the chain must know of one method.
struct Method {
  std::string service;    // "argosy.teams.v1.TeamService"
  std::string name;       // "GetTeam"
  std::string full_name;  // "argosy.teams.v1.TeamService/GetTeam"
  std::string domain;     // "teams.argosy"
  tenants::Permission permission = tenants::Permission::kUnspecified;
  common::v1::Scope scope = common::v1::SCOPE_UNSPECIFIED;
  common::v1::AuditClass audit = common::v1::AUDIT_CLASS_UNSPECIFIED;
  bool mutates = false;
  std::vector<const google::protobuf::FieldDescriptor*> resource_path;  // "team.name", resolved
  const google::protobuf::FieldDescriptor* request_id = nullptr;        // null when there is none
  const google::protobuf::FieldDescriptor* validate_only = nullptr;     // null when there is none
  const google::protobuf::Descriptor* response = nullptr;
  bool response_has_secret = false;
  size_t index = 0;  // place in MethodTable::methods()

  // Whether a call must claim its request_id: it writes and is not idempotent by its content.
  bool claims() const { return mutates && audit != common::v1::AUDIT_CLASS_INGEST; }
  // The resource `request` is about, or "" when the rule names no field or the field is not set.
  std::string ResourceOf(const google::protobuf::Message& request) const;
};

// All methods a process serves, with their validation and their walk. Immutable, so thread-safe.
class MethodTable {
 public:
  // INTERNAL, naming the method, unless every method of every service has a complete rule, is
  // unary, has a request type of its own, and a request whose options are all understood.
  static absl::StatusOr<MethodTable> Build(
      const std::vector<const google::protobuf::ServiceDescriptor*>& services);

  // The method whose request is of `type`, or null.
  const Method* Find(const google::protobuf::Descriptor* type) const;
  const std::vector<std::unique_ptr<Method>>& methods() const { return methods_; }
  const Validator& validator() const { return validator_; }
  const TenantWalk& walk() const { return walk_; }

 private:
  absl::Status Add(const google::protobuf::MethodDescriptor& descriptor);

  std::vector<std::unique_ptr<Method>> methods_;
  absl::flat_hash_map<const google::protobuf::Descriptor*, const Method*> by_request_;
  Validator validator_;
  TenantWalk walk_;
};

// `bytes`, a message of `type`, with every field marked secret cleared, at any depth.
std::string BlankSecrets(const google::protobuf::Descriptor& type, absl::string_view bytes);

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_RULE_H_
