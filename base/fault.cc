#include "base/fault.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "base/bytes.h"
#include "base/status_macros.h"

namespace argosy::base {
namespace {

constexpr absl::string_view kPayloadUrl = "argosy.dev/fault";
constexpr uint8_t kVersion = 1;

std::string Encode(const Fault& fault) {
  ByteWriter out(kVersion);
  out.Text(fault.reason).Int(static_cast<int64_t>(fault.metadata.size()));
  for (const auto& [key, value] : fault.metadata) out.Text(key).Text(value);
  out.Int(static_cast<int64_t>(fault.field_violations.size()));
  for (const FieldViolation& v : fault.field_violations) out.Text(v.field).Text(v.description);
  out.Int(fault.field_violations_left_out);
  out.Int(fault.resource.has_value() ? 1 : 0);
  if (fault.resource) out.Text(fault.resource->type).Text(fault.resource->name);
  out.Int(fault.precondition.has_value() ? 1 : 0);
  if (fault.precondition) {
    out.Text(fault.precondition->type)
        .Text(fault.precondition->subject)
        .Text(fault.precondition->description);
  }
  out.Int(fault.quota.has_value() ? 1 : 0);
  if (fault.quota) out.Text(fault.quota->subject).Text(fault.quota->description);
  out.OptionalInt(fault.retry_after
                      ? std::optional<int64_t>(absl::ToInt64Microseconds(*fault.retry_after))
                      : std::nullopt);
  return out.bytes();
}

absl::Status DecodeOptionalParts(ByteReader& in, Fault& fault) {
  ASSIGN_OR_RETURN(const int64_t has_resource, in.Int());
  if (has_resource != 0) {
    ASSIGN_OR_RETURN(std::string type, in.Text());
    ASSIGN_OR_RETURN(std::string name, in.Text());
    fault.resource = ResourceFault{.type = std::move(type), .name = std::move(name)};
  }
  ASSIGN_OR_RETURN(const int64_t has_precondition, in.Int());
  if (has_precondition != 0) {
    PreconditionFault precondition;
    ASSIGN_OR_RETURN(precondition.type, in.Text());
    ASSIGN_OR_RETURN(precondition.subject, in.Text());
    ASSIGN_OR_RETURN(precondition.description, in.Text());
    fault.precondition = std::move(precondition);
  }
  ASSIGN_OR_RETURN(const int64_t has_quota, in.Int());
  if (has_quota != 0) {
    ASSIGN_OR_RETURN(std::string subject, in.Text());
    ASSIGN_OR_RETURN(std::string description, in.Text());
    fault.quota = QuotaFault{.subject = std::move(subject), .description = std::move(description)};
  }
  ASSIGN_OR_RETURN(const std::optional<int64_t> retry_us, in.OptionalInt());
  if (retry_us) fault.retry_after = absl::Microseconds(*retry_us);
  return absl::OkStatus();
}

absl::StatusOr<Fault> Decode(absl::string_view bytes) {
  ASSIGN_OR_RETURN(ByteReader in, ByteReader::Open(bytes, kVersion));
  Fault fault;
  ASSIGN_OR_RETURN(fault.reason, in.Text());
  ASSIGN_OR_RETURN(const int64_t metadata_count, in.Int());
  for (int64_t i = 0; i < metadata_count; ++i) {
    ASSIGN_OR_RETURN(std::string key, in.Text());
    ASSIGN_OR_RETURN(std::string value, in.Text());
    fault.metadata.emplace_back(std::move(key), std::move(value));
  }
  ASSIGN_OR_RETURN(const int64_t violation_count, in.Int());
  for (int64_t i = 0; i < violation_count; ++i) {
    FieldViolation violation;
    ASSIGN_OR_RETURN(violation.field, in.Text());
    ASSIGN_OR_RETURN(violation.description, in.Text());
    fault.field_violations.push_back(std::move(violation));
  }
  ASSIGN_OR_RETURN(fault.field_violations_left_out, in.Int());
  RETURN_IF_ERROR(DecodeOptionalParts(in, fault));
  return fault;
}

}  // namespace

absl::Status MakeFault(absl::StatusCode code, absl::string_view message, Fault fault) {
  if (fault.field_violations.size() > Fault::kFieldViolationsMax) {
    fault.field_violations_left_out +=
        static_cast<int64_t>(fault.field_violations.size() - Fault::kFieldViolationsMax);
    fault.field_violations.resize(Fault::kFieldViolationsMax);
  }
  absl::Status status(code, message);
  status.SetPayload(kPayloadUrl, absl::Cord(Encode(fault)));
  return status;
}

std::optional<Fault> FindFault(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayloadUrl);
  if (!payload.has_value()) return std::nullopt;
  auto fault = Decode(std::string(*payload));
  if (!fault.ok()) return std::nullopt;
  return *std::move(fault);
}

std::string ReasonOf(const absl::Status& status) {
  const auto fault = FindFault(status);
  return fault ? fault->reason : "";
}

absl::Status FieldInvalid(absl::string_view field, absl::string_view description) {
  return FieldsInvalid({{.field = std::string(field), .description = std::string(description)}});
}

absl::Status FieldsInvalid(std::vector<FieldViolation> violations) {
  const std::string message =
      violations.empty()
          ? "invalid request"
          : absl::StrCat(violations.front().field, ": ", violations.front().description,
                         violations.size() == 1 ? "" : " (and more)");
  std::string first_field = violations.empty() ? "" : violations.front().field;
  return MakeFault(absl::StatusCode::kInvalidArgument, message,
                   {.reason = "FIELD_INVALID",
                    .metadata = {{"field", std::move(first_field)}},
                    .field_violations = std::move(violations)});
}

absl::Status Internal(absl::string_view message) {
  return MakeFault(absl::StatusCode::kInternal, message, {.reason = "INTERNAL"});
}

}  // namespace argosy::base
