// What a refusal says beyond its code and its message, as plain data.
//
// Domain code attaches a Fault to an absl::Status; only rpc/status_mapping knows that it becomes
// google.rpc error details. Each reason is made by exactly one function of an errors.h.
#ifndef ARGOSY_BASE_FAULT_H_
#define ARGOSY_BASE_FAULT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace argosy::base {

// One bad field of a request: `field` is its path ("facts[3].order.value.amount_minor").
struct FieldViolation {
  std::string field;
  std::string description;

  friend bool operator==(const FieldViolation&, const FieldViolation&) = default;
};

// The resource that is missing or already there.
struct ResourceFault {
  std::string type;  // "argosy.dev/Team"
  std::string name;  // "tenants/acme/teams/east"

  friend bool operator==(const ResourceFault&, const ResourceFault&) = default;
};

// The state that does not allow the call.
struct PreconditionFault {
  std::string type;     // "STATE"
  std::string subject;  // "tenants/acme"
  std::string description;

  friend bool operator==(const PreconditionFault&, const PreconditionFault&) = default;
};

// The limit that is used up.
struct QuotaFault {
  std::string subject;  // "tenants/acme"
  std::string description;

  friend bool operator==(const QuotaFault&, const QuotaFault&) = default;
};

struct Fault {
  // At most this many field violations travel; the rest is a count.
  static constexpr size_t kFieldViolationsMax = 20;

  std::string reason;  // [A-Z][A-Z0-9_]+[A-Z0-9], at most 63 characters
  std::vector<std::pair<std::string, std::string>> metadata;
  std::vector<FieldViolation> field_violations;
  int64_t field_violations_left_out = 0;
  std::optional<ResourceFault> resource;
  std::optional<PreconditionFault> precondition;
  std::optional<QuotaFault> quota;
  std::optional<absl::Duration> retry_after;

  friend bool operator==(const Fault&, const Fault&) = default;
};

// A status of `code` that carries `fault`. Violations beyond kFieldViolationsMax are counted.
absl::Status MakeFault(absl::StatusCode code, absl::string_view message, Fault fault);

// The fault `status` carries, or nothing.
std::optional<Fault> FindFault(const absl::Status& status);

// The reason `status` carries, or "".
std::string ReasonOf(const absl::Status& status);

// INVALID_ARGUMENT / FIELD_INVALID for one field: the commonest refusal there is.
absl::Status FieldInvalid(absl::string_view field, absl::string_view description);

// INVALID_ARGUMENT / FIELD_INVALID for all of `violations`, which must not be empty.
absl::Status FieldsInvalid(std::vector<FieldViolation> violations);

// INTERNAL / INTERNAL. The message is for the log alone: the edge masks it.
absl::Status Internal(absl::string_view message);

}  // namespace argosy::base

#endif  // ARGOSY_BASE_FAULT_H_
