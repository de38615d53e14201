#include "services/incentives/domain/errors.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace argosy::incentives {
namespace {

using base::MakeFault;

absl::Status Precondition(absl::string_view reason, absl::string_view subject,
                          absl::string_view message,
                          std::vector<std::pair<std::string, std::string>> metadata) {
  return MakeFault(
      absl::StatusCode::kFailedPrecondition, message,
      {.reason = std::string(reason),
       .metadata = std::move(metadata),
       .precondition = base::PreconditionFault{
           .type = "STATE", .subject = std::string(subject), .description = std::string(message)}});
}

}  // namespace

absl::Status ResourceNotFound(absl::string_view type, absl::string_view name) {
  return MakeFault(
      absl::StatusCode::kNotFound, absl::StrCat("'", name, "' does not exist"),
      {.reason = "RESOURCE_NOT_FOUND",
       .metadata = {{"name", std::string(name)}},
       .resource = base::ResourceFault{.type = std::string(type), .name = std::string(name)}});
}

absl::Status ResourceExists(absl::string_view type, absl::string_view name) {
  return MakeFault(
      absl::StatusCode::kAlreadyExists, absl::StrCat("'", name, "' exists already"),
      {.reason = "RESOURCE_EXISTS",
       .metadata = {{"name", std::string(name)}},
       .resource = base::ResourceFault{.type = std::string(type), .name = std::string(name)}});
}

absl::Status EtagMismatch(absl::string_view name) {
  return MakeFault(absl::StatusCode::kAborted,
                   absl::StrCat("'", name, "' has changed since it was read"),
                   {.reason = "ETAG_MISMATCH", .metadata = {{"name", std::string(name)}}});
}

absl::Status StateNotAllowed(absl::string_view name, absl::string_view state,
                             absl::string_view verb) {
  return Precondition(
      "STATE_NOT_ALLOWED", name, absl::StrCat("'", name, "' is ", state, ": it cannot be ", verb),
      {{"name", std::string(name)}, {"state", std::string(state)}, {"verb", std::string(verb)}});
}

absl::Status PlanSpecInvalid(std::vector<base::FieldViolation> faults) {
  const std::string field = faults.front().field;
  const std::string count = absl::StrCat(faults.size());
  const std::string message =
      absl::StrCat("the plan is refused by the linter: ", count, " faults, the first in '", field,
                   "': ", faults.front().description);
  return MakeFault(absl::StatusCode::kInvalidArgument, message,
                   {.reason = "PLAN_SPEC_INVALID",
                    .metadata = {{"faults", count}, {"field", field}},
                    .field_violations = std::move(faults)});
}

absl::Status WeightsInvalid(absl::string_view why) {
  return MakeFault(absl::StatusCode::kInvalidArgument,
                   absl::StrCat("the shares of the split are invalid: ", why),
                   {.reason = "WEIGHTS_INVALID", .metadata = {{"why", std::string(why)}}});
}

absl::Status PlanVersionOverlap(absl::string_view start_date) {
  return Precondition(
      "PLAN_VERSION_OVERLAP", "plan version",
      absl::StrCat("another published version of the plan starts on '", start_date, "'"),
      {{"start_date", std::string(start_date)}});
}

absl::Status AssignmentOverlap(absl::string_view role, absl::string_view plan) {
  return Precondition(
      "ASSIGNMENT_OVERLAP", "plan assignment",
      absl::StrCat("the role '", role, "' has the plan '", plan, "' on some of these days"),
      {{"role", std::string(role)}, {"plan", std::string(plan)}});
}

absl::Status PeriodNotOver(absl::string_view period) {
  return Precondition("PERIOD_NOT_OVER", period,
                      absl::StrCat("the month '", period, "' is not over at that instant"),
                      {{"period", std::string(period)}});
}

absl::Status PeriodLocked(absl::string_view period) {
  return Precondition("PERIOD_LOCKED", period, absl::StrCat("the month '", period, "' is locked"),
                      {{"period", std::string(period)}});
}

absl::Status PeriodNotLocked(absl::string_view period) {
  return Precondition("PERIOD_NOT_LOCKED", period,
                      absl::StrCat("the month '", period, "' is not locked yet"),
                      {{"period", std::string(period)}});
}

absl::Status AsOfTooEarly(int64_t knowledge_seq, int64_t locked_seq) {
  return base::FieldInvalid(
      "as_of", absl::StrCat("facts up to '", knowledge_seq, "' were known then, less than the '",
                            locked_seq, "' of a locked run"));
}

absl::Status RunStale(int64_t calculated_at_version, int64_t ledger_version) {
  return Precondition(
      "RUN_STALE", "run",
      absl::StrCat("the run was calculated against ledger version '", calculated_at_version,
                   "', which is now '", ledger_version, "': calculate again"),
      {{"calculated_at_version", absl::StrCat(calculated_at_version)},
       {"ledger_version", absl::StrCat(ledger_version)}});
}

absl::Status RunTermsChanged(absl::string_view period) {
  return Precondition("RUN_STALE", "run",
                      absl::StrCat("plans or their assignments have changed since the run of '",
                                   period, "' was calculated: calculate again"),
                      {{"period", std::string(period)}});
}

absl::Status RunTooLarge(absl::string_view what, int64_t most) {
  return Precondition("RUN_TOO_LARGE", what,
                      absl::StrCat("the run has more than '", most, "' ", what),
                      {{"what", std::string(what)}, {"most", absl::StrCat(most)}});
}

absl::Status OrderTooLarge(absl::string_view what, const FactKey& order, int64_t most) {
  return Precondition("RUN_TOO_LARGE", what,
                      absl::StrCat("the order '", order.source_event_id, "' of '", order.source,
                                   "' has more than '", most, "' ", what),
                      {{"what", std::string(what)},
                       {"most", absl::StrCat(most)},
                       {"source", order.source},
                       {"source_event_id", order.source_event_id}});
}

absl::Status PayeeUnknown(absl::string_view member) {
  return Precondition("PAYEE_UNKNOWN", member,
                      absl::StrCat("the plan credits '", member, "', who is not a member"),
                      {{"member", std::string(member)}});
}

absl::Status LedgerImbalance(absl::string_view what) {
  return MakeFault(absl::StatusCode::kDataLoss, absl::StrCat("the ledger does not add up: ", what),
                   {.reason = "LEDGER_IMBALANCE", .metadata = {{"what", std::string(what)}}});
}

}  // namespace argosy::incentives
