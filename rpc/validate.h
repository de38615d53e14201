// Field rules: what the buf.validate options of a request's descriptor demand of its values.
//
// The rules are compiled once at start-up. Any rule outside the subset of protos/buf/validate, in
// whatever option it hides, is refused then: a rule that is not evaluated must not look as if it
// were.
#ifndef ARGOSY_RPC_VALIDATE_H_
#define ARGOSY_RPC_VALIDATE_H_

#include <memory>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace argosy::rpc {

struct MessageRules;

// Compiled rules by message type. Not thread-safe while types are added; then immutable and shared.
class Validator {
 public:
  Validator();
  ~Validator();
  Validator(Validator&&) noexcept;
  Validator& operator=(Validator&&) noexcept;

  // Compiles the rules of `type` and of every message below it. INTERNAL, naming the field, for a
  // rule that is unknown, of another type than the field, contradictory, or a pattern RE2 refuses.
  absl::Status Add(const google::protobuf::Descriptor& type);

  // OK, or INVALID_ARGUMENT / FIELD_INVALID with the full path of every field that breaks a rule
  // ("facts[3].order.value.amount_minor"), the first Fault::kFieldViolationsMax of them spelled
  // out. INTERNAL for a type that was not added.
  absl::Status Check(const google::protobuf::Message& message) const;

 private:
  absl::flat_hash_map<const google::protobuf::Descriptor*, std::unique_ptr<MessageRules>> types_;
};

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_VALIDATE_H_
