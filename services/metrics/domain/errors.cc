#include "services/metrics/domain/errors.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "base/fault.h"

namespace argosy::metrics {
namespace {

using base::MakeFault;

std::string Text(int64_t number) { return absl::StrCat(number); }

}  // namespace

absl::Status NounNotFound(absl::string_view type, absl::string_view name) {
  return MakeFault(absl::StatusCode::kNotFound, absl::StrCat("'", name, "' does not exist"),
                   {.reason = "RESOURCE_NOT_FOUND",
                    .metadata = {{"name", std::string(name)}},
                    .resource = base::ResourceFault{std::string(type), std::string(name)}});
}

absl::Status NounExists(absl::string_view type, absl::string_view name) {
  return MakeFault(absl::StatusCode::kAlreadyExists, absl::StrCat("'", name, "' is there already"),
                   {.reason = "RESOURCE_EXISTS",
                    .metadata = {{"name", std::string(name)}},
                    .resource = base::ResourceFault{std::string(type), std::string(name)}});
}

absl::Status NounChanged(absl::string_view name) {
  return MakeFault(absl::StatusCode::kAborted,
                   absl::StrCat("'", name, "' has changed since it was read"),
                   {.reason = "ETAG_MISMATCH", .metadata = {{"name", std::string(name)}}});
}

absl::Status ChannelLimitReached(absl::string_view parent, int64_t limit) {
  return MakeFault(
      absl::StatusCode::kFailedPrecondition,
      absl::StrCat("'", parent, "' has ", limit, " channels and may have no more"),
      {.reason = "CHANNEL_LIMIT_REACHED",
       .metadata = {{"parent", std::string(parent)}, {"limit", Text(limit)}},
       .precondition = base::PreconditionFault{"LIMIT", std::string(parent), "too many channels"}});
}

absl::Status CampaignLimitReached(absl::string_view parent, int64_t limit) {
  return MakeFault(absl::StatusCode::kFailedPrecondition,
                   absl::StrCat("'", parent, "' has ", limit, " campaigns and may have no more"),
                   {.reason = "CAMPAIGN_LIMIT_REACHED",
                    .metadata = {{"parent", std::string(parent)}, {"limit", Text(limit)}},
                    .precondition = base::PreconditionFault{"LIMIT", std::string(parent),
                                                            "too many campaigns"}});
}

absl::Status ScopeEmpty(absl::string_view tenant) {
  return MakeFault(
      absl::StatusCode::kPermissionDenied,
      absl::StrCat("Permission 'metrics.read' denied on resource '", tenant,
                   "' (or it might not exist)."),
      {.reason = "PERMISSION_MISSING",
       .metadata = {{"permission", "metrics.read"}, {"resource", std::string(tenant)}}});
}

absl::Status AsOfInFuture(absl::Time as_of) {
  const std::string shown = absl::FormatTime(absl::RFC3339_full, as_of, absl::UTCTimeZone());
  return MakeFault(absl::StatusCode::kInvalidArgument,
                   absl::StrCat("what is known at '", shown, "' is not settled yet"),
                   {.reason = "AS_OF_IN_FUTURE", .metadata = {{"as_of", shown}}});
}

absl::Status MetricUnknown(absl::string_view metric) {
  return MakeFault(absl::StatusCode::kInvalidArgument,
                   absl::StrCat("the catalogue has no metric '", metric, "'"),
                   {.reason = "METRIC_UNKNOWN", .metadata = {{"metric", std::string(metric)}}});
}

absl::Status PeriodTooLong(int64_t days, int64_t limit) {
  return MakeFault(
      absl::StatusCode::kInvalidArgument,
      absl::StrCat("the period has ", days, " days, more than ", limit),
      {.reason = "PERIOD_TOO_LONG", .metadata = {{"days", Text(days)}, {"limit", Text(limit)}}});
}

absl::Status ResultTooLarge(absl::string_view what, int64_t limit) {
  return MakeFault(absl::StatusCode::kInvalidArgument,
                   absl::StrCat("more than ", limit, " ", what, ": ask for less at once"),
                   {.reason = "RESULT_TOO_LARGE",
                    .metadata = {{"what", std::string(what)}, {"limit", Text(limit)}}});
}

FactProblem RevisionConflict(int64_t revision) {
  return {"REVISION_CONFLICT", "revision",
          absl::StrCat("revision ", revision,
                       " is there with other content: send the change as a higher revision")};
}

}  // namespace argosy::metrics
