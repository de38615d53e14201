#include "rpc/status_mapping.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "google/protobuf/util/time_util.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "rpc/stable_bytes.h"

namespace argosy::rpc {
namespace {

using absl::StatusCode;
using google::protobuf::Message;

static_assert(static_cast<int>(StatusCode::kUnauthenticated) ==
              static_cast<int>(grpc::StatusCode::UNAUTHENTICATED));

struct ReasonCode {
  absl::string_view reason;
  StatusCode code;
};
constexpr std::array kReasonCodes = {
    ReasonCode{"FIELD_INVALID", StatusCode::kInvalidArgument},
    ReasonCode{"PAGE_TOKEN_INVALID", StatusCode::kInvalidArgument},
    ReasonCode{"REQUEST_ID_REUSED", StatusCode::kInvalidArgument},
    ReasonCode{"TENANT_MISMATCH", StatusCode::kInvalidArgument},
    ReasonCode{"CREDENTIAL_MISSING", StatusCode::kUnauthenticated},
    ReasonCode{"CREDENTIAL_EXPIRED", StatusCode::kUnauthenticated},
    ReasonCode{"CREDENTIAL_INVALID", StatusCode::kUnauthenticated},
    ReasonCode{"PERMISSION_MISSING", StatusCode::kPermissionDenied},
    ReasonCode{"DELEGATION_INACTIVE", StatusCode::kPermissionDenied},
    ReasonCode{"STEP_UP_REQUIRED", StatusCode::kPermissionDenied},
    ReasonCode{"RESOURCE_NOT_FOUND", StatusCode::kNotFound},
    ReasonCode{"RESOURCE_EXISTS", StatusCode::kAlreadyExists},
    ReasonCode{"STATE_NOT_ALLOWED", StatusCode::kFailedPrecondition},
    ReasonCode{"HAS_CHILDREN", StatusCode::kFailedPrecondition},
    ReasonCode{"PERIOD_CLOSED", StatusCode::kFailedPrecondition},
    ReasonCode{"TENANT_SUSPENDED", StatusCode::kFailedPrecondition},
    ReasonCode{"LAST_OWNER", StatusCode::kFailedPrecondition},
    ReasonCode{"ETAG_MISMATCH", StatusCode::kAborted},
    ReasonCode{"TXN_CONFLICT", StatusCode::kAborted},
    ReasonCode{"REQUEST_IN_PROGRESS", StatusCode::kAborted},
    ReasonCode{"RATE_LIMITED", StatusCode::kResourceExhausted},
    ReasonCode{"CONCURRENCY_LIMITED", StatusCode::kResourceExhausted},
    ReasonCode{"QUOTA_EXCEEDED", StatusCode::kResourceExhausted},
    ReasonCode{"DRAINING", StatusCode::kUnavailable},
    ReasonCode{"DEPENDENCY_DOWN", StatusCode::kUnavailable},
    ReasonCode{"COMMIT_UNKNOWN", StatusCode::kUnavailable},
    ReasonCode{"DEADLINE_CAPPED", StatusCode::kDeadlineExceeded},
    ReasonCode{"FEATURE_DISABLED", StatusCode::kUnimplemented},
    ReasonCode{"INTERNAL", StatusCode::kInternal},
    ReasonCode{"CHAIN_BROKEN", StatusCode::kDataLoss},
    ReasonCode{"LEDGER_IMBALANCE", StatusCode::kDataLoss},
};

constexpr absl::string_view kMaskedMessage = "an internal error occurred";
constexpr size_t kMessageBytesMax = 1024;
constexpr size_t kValueBytesMax = 256;

// The reason a status without a fault may still be given.
absl::string_view ReasonOfBareCode(StatusCode code) {
  switch (code) {
    case StatusCode::kDeadlineExceeded:
    case StatusCode::kCancelled:
      return "DEADLINE_CAPPED";
    case StatusCode::kUnavailable:
      return "DEPENDENCY_DOWN";
    default:
      return "";
  }
}

// The fault the client is told of; INTERNAL where it may know no more.
base::Fault PublicFault(const absl::Status& status) {
  base::Fault masked{.reason = "INTERNAL"};
  if (status.code() == StatusCode::kInternal || status.code() == StatusCode::kUnknown) {
    return masked;
  }
  std::optional<base::Fault> fault = base::FindFault(status);
  if (!fault) {
    const absl::string_view reason = ReasonOfBareCode(status.code());
    return reason.empty() ? masked : base::Fault{.reason = std::string(reason)};
  }
  const auto code = CodeOfReason(fault->reason);
  return code.has_value() && *code != status.code() ? masked : *std::move(fault);
}

// `text` cut to `size` bytes without splitting a character.
std::string Cut(absl::string_view text, size_t size) {
  if (text.size() <= size) return std::string(text);
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) --size;
  return std::string(text.substr(0, size));
}

// Status being put together: a detail goes in only as long as everything fits.
class Details {
 public:
  Details(StatusCode code, absl::string_view message) {
    status_.set_code(static_cast<int>(code));
    status_.set_message(Cut(message, kMessageBytesMax));
  }

  // Adds `detail` and says whether it fits.
  bool Add(const Message& detail) {
    google::protobuf::Any& any = *status_.add_details();
    any.set_type_url(absl::StrCat("type.googleapis.com/", detail.GetTypeName()));
    any.set_value(StableBytes(detail));
    if (status_.ByteSizeLong() <= kStatusBytesMax) return true;
    status_.mutable_details()->RemoveLast();
    return false;
  }

  const google::rpc::Status& status() const { return status_; }

 private:
  google::rpc::Status status_;
};

google::rpc::ErrorInfo ErrorInfoOf(const base::Fault& fault, const ErrorOrigin& origin) {
  google::rpc::ErrorInfo info;
  info.set_reason(fault.reason);
  info.set_domain(std::string(origin.domain));
  // ErrorInfo and the message together stay below the limit whatever a fault carries.
  size_t room = kStatusBytesMax / 2;
  for (const auto& [key, value] : fault.metadata) {
    std::string cut = Cut(value, kValueBytesMax);
    const size_t size = key.size() + cut.size() + 8;
    if (size > room) break;
    room -= size;
    (*info.mutable_metadata())[key] = std::move(cut);
  }
  return info;
}

// As many violations as fit, and the number of those that did not.
void AddViolations(const base::Fault& fault, Details& details) {
  size_t count = fault.field_violations.size();
  while (count > 0) {
    google::rpc::BadRequest bad;
    for (size_t i = 0; i < count; ++i) {
      auto& violation = *bad.add_field_violations();
      violation.set_field(Cut(fault.field_violations[i].field, kValueBytesMax));
      violation.set_description(Cut(fault.field_violations[i].description, kValueBytesMax));
    }
    const int64_t left_out = fault.field_violations_left_out +
                             static_cast<int64_t>(fault.field_violations.size() - count);
    if (left_out > 0) {
      auto& rest = *bad.add_field_violations();
      rest.set_description(absl::StrCat("and ", left_out, " more"));
    }
    if (details.Add(bad)) return;
    count /= 2;
  }
}

void AddOthers(const base::Fault& fault, Details& details) {
  if (fault.retry_after) {
    google::rpc::RetryInfo retry;
    *retry.mutable_retry_delay() = google::protobuf::util::TimeUtil::MicrosecondsToDuration(
        absl::ToInt64Microseconds(*fault.retry_after));
    details.Add(retry);
  }
  if (fault.resource) {
    google::rpc::ResourceInfo resource;
    resource.set_resource_type(fault.resource->type);
    resource.set_resource_name(Cut(fault.resource->name, kMessageBytesMax));
    details.Add(resource);
  }
  if (fault.precondition) {
    google::rpc::PreconditionFailure failure;
    auto& violation = *failure.add_violations();
    violation.set_type(fault.precondition->type);
    violation.set_subject(Cut(fault.precondition->subject, kValueBytesMax));
    violation.set_description(Cut(fault.precondition->description, kValueBytesMax));
    details.Add(failure);
  }
  if (fault.quota) {
    google::rpc::QuotaFailure failure;
    auto& violation = *failure.add_violations();
    violation.set_subject(Cut(fault.quota->subject, kValueBytesMax));
    violation.set_description(Cut(fault.quota->description, kValueBytesMax));
    details.Add(failure);
  }
  AddViolations(fault, details);
}

void ReadDetail(const google::protobuf::Any& any, base::Fault& fault) {
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad;
  google::rpc::RetryInfo retry;
  google::rpc::ResourceInfo resource;
  google::rpc::PreconditionFailure precondition;
  google::rpc::QuotaFailure quota;
  if (any.UnpackTo(&info)) {
    fault.reason = info.reason();
    fault.metadata.assign(info.metadata().begin(), info.metadata().end());
    std::sort(fault.metadata.begin(), fault.metadata.end());
  } else if (any.UnpackTo(&bad)) {
    for (const auto& violation : bad.field_violations()) {
      fault.field_violations.push_back(
          {.field = violation.field(), .description = violation.description()});
    }
  } else if (any.UnpackTo(&retry)) {
    fault.retry_after = absl::Microseconds(
        google::protobuf::util::TimeUtil::DurationToMicroseconds(retry.retry_delay()));
  } else if (any.UnpackTo(&resource)) {
    fault.resource = {.type = resource.resource_type(), .name = resource.resource_name()};
  } else if (any.UnpackTo(&precondition) && precondition.violations_size() > 0) {
    const auto& first = precondition.violations(0);
    fault.precondition = {
        .type = first.type(), .subject = first.subject(), .description = first.description()};
  } else if (any.UnpackTo(&quota) && quota.violations_size() > 0) {
    fault.quota = {.subject = quota.violations(0).subject(),
                   .description = quota.violations(0).description()};
  }
}

}  // namespace

std::optional<StatusCode> CodeOfReason(absl::string_view reason) {
  const auto* const found =
      std::find_if(kReasonCodes.begin(), kReasonCodes.end(),
                   [&](const ReasonCode& row) { return row.reason == reason; });
  if (found == kReasonCodes.end()) return std::nullopt;
  return found->code;
}

grpc::Status ToGrpcStatus(const absl::Status& status, const ErrorOrigin& origin) {
  if (status.ok()) return grpc::Status::OK;
  const base::Fault fault = PublicFault(status);
  const bool masked = fault.reason == "INTERNAL";
  const StatusCode code = masked ? StatusCode::kInternal : status.code();
  const std::string message(masked ? kMaskedMessage : status.message());
  Details details(code, message);
  details.Add(ErrorInfoOf(fault, origin));
  google::rpc::RequestInfo request;
  request.set_request_id(std::string(origin.call_id));
  details.Add(request);
  AddOthers(fault, details);
  return grpc::Status(static_cast<grpc::StatusCode>(code), details.status().message(),
                      details.status().SerializeAsString());
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const auto code = static_cast<StatusCode>(status.error_code());
  base::Fault fault;
  google::rpc::Status details;
  if (details.ParseFromString(status.error_details())) {
    for (const auto& any : details.details()) ReadDetail(any, fault);
  }
  if (code == StatusCode::kCancelled) return absl::CancelledError(status.error_message());
  if (!fault.reason.empty()) return base::MakeFault(code, status.error_message(), std::move(fault));
  fault.reason = std::string(ReasonOfBareCode(code));
  if (fault.reason.empty()) {
    return base::Internal(absl::StrCat("inner call answered without details: code ",
                                       status.error_code(), ": ", status.error_message()));
  }
  return base::MakeFault(code, status.error_message(), std::move(fault));
}

}  // namespace argosy::rpc
