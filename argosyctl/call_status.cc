#include "argosyctl/call_status.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "argosyctl/output/json.h"
#include "base/fault.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace argosy::ctl {
namespace {

constexpr char kCallIdPayload[] = "argosy.dev/ctl-call-id";

void ReadDetail(const google::protobuf::Any& detail, base::Fault& fault, std::string& call_id) {
  google::rpc::ErrorInfo info;
  google::rpc::RequestInfo request;
  google::rpc::BadRequest bad;
  google::rpc::ResourceInfo resource;
  google::rpc::PreconditionFailure precondition;
  google::rpc::QuotaFailure quota;
  google::rpc::RetryInfo retry;
  if (detail.UnpackTo(&info)) {
    fault.reason = info.reason();
    for (const auto& [key, value] : info.metadata()) fault.metadata.emplace_back(key, value);
  } else if (detail.UnpackTo(&request)) {
    call_id = request.request_id();
  } else if (detail.UnpackTo(&bad)) {
    for (const auto& violation : bad.field_violations()) {
      fault.field_violations.push_back({violation.field(), violation.description()});
    }
  } else if (detail.UnpackTo(&resource)) {
    fault.resource = base::ResourceFault{resource.resource_type(), resource.resource_name()};
  } else if (detail.UnpackTo(&precondition) && precondition.violations_size() > 0) {
    const auto& first = precondition.violations(0);
    fault.precondition =
        base::PreconditionFault{first.type(), first.subject(), first.description()};
  } else if (detail.UnpackTo(&quota) && quota.violations_size() > 0) {
    fault.quota =
        base::QuotaFault{quota.violations(0).subject(), quota.violations(0).description()};
  } else if (detail.UnpackTo(&retry)) {
    fault.retry_after = absl::Seconds(retry.retry_delay().seconds()) +
                        absl::Nanoseconds(retry.retry_delay().nanos());
  }
}

JsonObject DetailsOf(const base::Fault& fault) {
  JsonObject details;
  for (const auto& [key, value] : fault.metadata) details.Text(key, value);
  for (const base::FieldViolation& violation : fault.field_violations) {
    JsonObject item;
    item.Text("field", violation.field).Text("description", violation.description);
    details.Append("field_violations", item);
  }
  if (fault.resource.has_value()) details.Text("resource", fault.resource->name);
  if (fault.precondition.has_value()) {
    details.Text("precondition", fault.precondition->description);
  }
  if (fault.quota.has_value()) details.Text("quota", fault.quota->description);
  if (fault.retry_after.has_value()) {
    details.Number("retry_after_ms", absl::ToInt64Milliseconds(*fault.retry_after));
  }
  return details;
}

}  // namespace

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  base::Fault fault;
  std::string call_id;
  google::rpc::Status wire;
  if (wire.ParseFromString(status.error_details())) {
    for (const google::protobuf::Any& detail : wire.details()) ReadDetail(detail, fault, call_id);
  }
  absl::Status result = base::MakeFault(static_cast<absl::StatusCode>(status.error_code()),
                                        status.error_message(), std::move(fault));
  if (!call_id.empty()) result.SetPayload(kCallIdPayload, absl::Cord(call_id));
  return result;
}

std::string CallIdOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kCallIdPayload);
  return payload.has_value() ? std::string(*payload) : "";
}

std::string RenderErrorText(const absl::Status& status) {
  std::string text = absl::StrCat("error: ", std::string(status.message()), "\n");
  const base::Fault fault = base::FindFault(status).value_or(base::Fault{});
  absl::StrAppend(&text, "  code: ", absl::StatusCodeToString(status.code()),
                  fault.reason.empty() ? "" : absl::StrCat(" / ", fault.reason), "\n");
  for (const base::FieldViolation& violation : fault.field_violations) {
    // A refusal of one field says it in the message.
    if (status.message() == absl::StrCat(violation.field, ": ", violation.description)) continue;
    absl::StrAppend(&text, "  ", violation.field, ": ", violation.description, "\n");
  }
  if (fault.resource.has_value())
    absl::StrAppend(&text, "  resource: ", fault.resource->name, "\n");
  // Mostly the message says it already.
  if (fault.precondition.has_value() && fault.precondition->description != status.message()) {
    absl::StrAppend(&text, "  because: ", fault.precondition->description, "\n");
  }
  if (const std::string call_id = CallIdOf(status); !call_id.empty()) {
    absl::StrAppend(&text, "  call: ", call_id, "\n");
  }
  return text;
}

std::string RenderErrorJson(const absl::Status& status) {
  const base::Fault fault = base::FindFault(status).value_or(base::Fault{});
  JsonObject error;
  error.Text("code", absl::StatusCodeToString(status.code()))
      .Text("reason", fault.reason)
      .Text("message", std::string(status.message()))
      .Text("call_id", CallIdOf(status))
      .Object("details", DetailsOf(fault));
  return error.text() + "\n";
}

}  // namespace argosy::ctl
