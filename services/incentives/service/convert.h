// Between the contract and the domain.
#ifndef ARGOSY_SERVICES_INCENTIVES_SERVICE_CONVERT_H_
#define ARGOSY_SERVICES_INCENTIVES_SERVICE_CONVERT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "argosy/common/v1/money.pb.h"
#include "argosy/incentives/v1/ledger.pb.h"
#include "argosy/incentives/v1/plan.pb.h"
#include "argosy/incentives/v1/run.pb.h"
#include "argosy/incentives/v1/statement.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/incentives/domain/credit_bytes.h"
#include "services/incentives/domain/ledger_check.h"
#include "services/incentives/domain/plan.h"
#include "services/incentives/domain/run.h"
#include "services/incentives/service/names.h"
#include "services/incentives/store/ledger_store.h"
#include "services/incentives/store/run_store.h"

namespace argosy::incentives {

google::protobuf::Timestamp ToProto(absl::Time time);
common::v1::Money ToProto(const base::Money& money);
v1::Plan ToProto(const Names& names, const Plan& plan);
v1::PlanVersion ToProto(const Names& names, const base::PlanId& plan, const PlanVersion& version);
v1::PlanAssignment ToProto(const Names& names, const PlanAssignment& assignment);
v1::ExcludedFacts ToProto(const Names& names, const ExclusionKey& key, const ExcludedFacts& facts);
v1::Run ToProto(const Names& names, const Run& run);
v1::RunLine ToProto(const Names& names, const RunUid& run, const StoredLine& stored);
// Without lines and, in a listing, without content.
v1::Statement ToProto(const Names& names, const Statement& statement);
v1::StatementLine ToStatementLine(const Names& names, const StatementUid& statement,
                                  const StoredLine& stored);
// `table` and `currency` are those of the line's component.
v1::Credit ToProto(const Credit& credit, const TierTable& table, const base::Currency& currency);
v1::LedgerEntry ToProto(const Names& names, const LedgerEntry& entry);
v1::Account ToProto(const Names& names, const Account& account);

// "2026-03" of the month's first day.
std::string MonthLabel(absl::CivilDay month);

// All Parse functions: INVALID_ARGUMENT / FIELD_INVALID unless said otherwise.

// PLAN_SPEC_INVALID with every fault.
absl::StatusOr<PlanSpec> ParseSpec(const v1::PlanSpec& spec);
// Nothing for "". DATE_MALFORMED, DATE_OUT_OF_RANGE.
absl::StatusOr<std::optional<absl::CivilDay>> ParseOptionalDay(absl::string_view text);
// `now` stands for an absent as_of. PERIOD_MALFORMED.
absl::StatusOr<RunWish> ParseRunWish(const v1::CalculateRunRequest& request, absl::Time now);

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_SERVICE_CONVERT_H_
