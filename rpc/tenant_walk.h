// The tenant walk: every resource a request names, at any depth, must be of one tenant.
//
// It is syntactic, so it may run before authorisation without telling anything. What it stops is an
// authorised call of one tenant that carries another tenant's name inside.
#ifndef ARGOSY_RPC_TENANT_WALK_H_
#define ARGOSY_RPC_TENANT_WALK_H_

#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace argosy::rpc {

// Which fields to look at, by message type. Not thread-safe while types are added; then immutable.
class TenantWalk {
 public:
  TenantWalk();
  ~TenantWalk();
  TenantWalk(TenantWalk&&) noexcept;
  TenantWalk& operator=(TenantWalk&&) noexcept;

  // Finds the resource_reference fields of `type` and below it. INTERNAL when the option stands on
  // a field that is neither a string nor a map with string values.
  absl::Status Add(const google::protobuf::Descriptor& type);

  // The id of the one tenant that `message` names ("acme"), or "" when it names none.
  // INVALID_ARGUMENT / TENANT_MISMATCH for two tenants, naming the whole path of the second
  // ("notes[1].name"; of a map's entries, its place in no certain order); FIELD_INVALID for a name
  // that begins neither with tenants/{tenant} nor with a collection that is of no tenant, and for
  // an Any of a type this program does not know. A field of type "*" names a tenant only as
  // tenants/{tenant}.
  absl::StatusOr<std::string> TenantOf(const google::protobuf::Message& message) const;

 private:
  struct Step;
  struct Plan;
  class Walker;

  // What the walk does at `field`, when there is anything to do.
  absl::Status AddStep(const google::protobuf::FieldDescriptor& field, Plan& plan);
  const Plan& PlanOf(const google::protobuf::Descriptor& type) const;

  absl::flat_hash_map<const google::protobuf::Descriptor*, std::unique_ptr<Plan>> plans_;
};

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_TENANT_WALK_H_
