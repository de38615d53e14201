// The compiled form of buf.validate options; rpc/validate evaluates it.
#ifndef ARGOSY_RPC_FIELD_RULES_H_
#define ARGOSY_RPC_FIELD_RULES_H_

#include <re2/re2.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "buf/validate/validate.pb.h"
#include "google/protobuf/descriptor.h"

namespace argosy::rpc {

struct MessageRules;

// The rules of one value: a singular field, an item, a map's key or value.
struct ValueRules {
  bool ignore_zero = false;
  std::optional<int64_t> at_least;
  std::optional<int64_t> at_most;
  std::optional<uint64_t> length_min;  // code points of a string, bytes of bytes
  std::optional<uint64_t> length_max;
  std::optional<uint64_t> bytes_max;
  std::unique_ptr<RE2> pattern;
  bool uuid = false;
  bool defined_only = false;
  std::vector<int> not_in;
  const MessageRules* nested = nullptr;  // null when nothing below has a rule
};

// The rules of one field.
struct FieldRules {
  const google::protobuf::FieldDescriptor* field = nullptr;
  bool required = false;
  bool ignore_if_zero = false;
  std::optional<uint64_t> count_min;
  std::optional<uint64_t> count_max;
  bool unique = false;
  ValueRules key;    // of a map
  ValueRules value;  // of the field itself, of each item, of each value of a map
};

// The rules of one message type.
struct MessageRules {
  std::vector<FieldRules> fields;
  std::vector<const google::protobuf::OneofDescriptor*> oneofs_required;
  bool complete = false;  // false while the types below are still being compiled
};

// The rules of `field`, without those of the message it holds. INTERNAL for a rule outside the
// subset. Nothing when the field says IGNORE_ALWAYS.
absl::StatusOr<std::optional<FieldRules>> CompileField(
    const google::protobuf::FieldDescriptor& field);

// The oneofs of `type` that must be set; INTERNAL for a rule outside the subset on the message or
// on one of its oneofs.
absl::StatusOr<std::vector<const google::protobuf::OneofDescriptor*>> CompileOneofs(
    const google::protobuf::Descriptor& type);

}  // namespace argosy::rpc

#endif  // ARGOSY_RPC_FIELD_RULES_H_
