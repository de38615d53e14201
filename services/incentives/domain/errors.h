// Every refusal of the incentives rules, one function each.
#ifndef ARGOSY_SERVICES_INCENTIVES_DOMAIN_ERRORS_H_
#define ARGOSY_SERVICES_INCENTIVES_DOMAIN_ERRORS_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "base/fault.h"
#include "services/incentives/domain/facts.h"

namespace argosy::incentives {

// NOT_FOUND / RESOURCE_NOT_FOUND. `type` as "argosy.dev/Plan", `name` without the tenant.
absl::Status ResourceNotFound(absl::string_view type, absl::string_view name);
// ALREADY_EXISTS / RESOURCE_EXISTS.
absl::Status ResourceExists(absl::string_view type, absl::string_view name);
// ABORTED / ETAG_MISMATCH: the resource has changed since it was read.
absl::Status EtagMismatch(absl::string_view name);
// FAILED_PRECONDITION / STATE_NOT_ALLOWED.
absl::Status StateNotAllowed(absl::string_view name, absl::string_view state,
                             absl::string_view verb);

// INVALID_ARGUMENT / PLAN_SPEC_INVALID with every fault of the linter; `faults` is not empty.
absl::Status PlanSpecInvalid(std::vector<base::FieldViolation> faults);
// INVALID_ARGUMENT / WEIGHTS_INVALID: the shares of a split are not parts of one whole.
absl::Status WeightsInvalid(absl::string_view why);
// FAILED_PRECONDITION / PLAN_VERSION_OVERLAP: two versions would start in the same month.
absl::Status PlanVersionOverlap(absl::string_view start_date);
// FAILED_PRECONDITION / ASSIGNMENT_OVERLAP: the role has a plan on some of the days.
absl::Status AssignmentOverlap(absl::string_view role, absl::string_view plan);

// FAILED_PRECONDITION / PERIOD_NOT_OVER: the month has not ended by the instant facts are read at.
absl::Status PeriodNotOver(absl::string_view period);
// FAILED_PRECONDITION / PERIOD_LOCKED.
absl::Status PeriodLocked(absl::string_view period);
// FAILED_PRECONDITION / PERIOD_NOT_LOCKED: there is nothing to correct yet.
absl::Status PeriodNotLocked(absl::string_view period);
// INVALID_ARGUMENT / FIELD_INVALID, as_of: a locked run knew facts that were not known then, and
// what they earned would be taken back.
absl::Status AsOfTooEarly(int64_t knowledge_seq, int64_t locked_seq);
// FAILED_PRECONDITION / RUN_STALE: another run was locked after this one was calculated.
absl::Status RunStale(int64_t calculated_at_version, int64_t ledger_version);
// FAILED_PRECONDITION / RUN_STALE: what pays is no longer what the run was calculated from.
absl::Status RunTermsChanged(absl::string_view period);
// FAILED_PRECONDITION / RUN_TOO_LARGE: a named bound of the calculation is passed.
absl::Status RunTooLarge(absl::string_view what, int64_t most);
// The same for one order: more than `most` of its "payments" or "refunds".
absl::Status OrderTooLarge(absl::string_view what, const FactKey& order, int64_t most);
// FAILED_PRECONDITION / PAYEE_UNKNOWN: a plan credits a member whom the company does not have.
absl::Status PayeeUnknown(absl::string_view member);
// DATA_LOSS / LEDGER_IMBALANCE.
absl::Status LedgerImbalance(absl::string_view what);

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_DOMAIN_ERRORS_H_
