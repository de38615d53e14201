#include "services/incentives/domain/run_bytes.h"

#include <cstdint>
#include <utility>

#include "base/bytes.h"
#include "base/period.h"
#include "base/status_macros.h"

namespace argosy::incentives {
namespace {

constexpr uint8_t kLayout = 2;

absl::StatusOr<absl::CivilDay> ReadDay(base::ByteReader& in) {
  ASSIGN_OR_RETURN(const int64_t number, in.Int());
  return base::FromDayNumber(number);
}

absl::StatusOr<AppliedPlan> ReadPlan(base::ByteReader& in) {
  AppliedPlan applied;
  ASSIGN_OR_RETURN(applied.month, ReadDay(in));
  ASSIGN_OR_RETURN(const std::string id, in.Text());
  ASSIGN_OR_RETURN(applied.plan, base::PlanId::Parse(id));
  ASSIGN_OR_RETURN(const std::string uid, in.Text());
  ASSIGN_OR_RETURN(const base::Uuid uuid, base::Uuid::FromBytes(uid));
  applied.version = PlanVersionUid(uuid);
  ASSIGN_OR_RETURN(applied.content_hash, in.Text());
  return applied;
}

absl::Status ReadFigures(base::ByteReader& in, Run& run) {
  ASSIGN_OR_RETURN(const int64_t totals, in.Int());
  for (int64_t i = 0; i < totals; ++i) {
    ASSIGN_OR_RETURN(const std::string code, in.Text());
    ASSIGN_OR_RETURN(const base::Currency currency, base::Currency::Parse(code));
    ASSIGN_OR_RETURN(run.totals[currency], in.Int());
  }
  ASSIGN_OR_RETURN(run.excluded, ReadExclusions(in));
  return absl::OkStatus();
}

}  // namespace

std::string ToSummaryBytes(const Run& run) {
  base::ByteWriter out(kLayout);
  out.Int(static_cast<int64_t>(run.origins.size()));
  for (const absl::CivilDay origin : run.origins) out.Int(base::ToDayNumber(origin));
  out.Int(static_cast<int64_t>(run.plans.size()));
  for (const AppliedPlan& plan : run.plans) {
    out.Int(base::ToDayNumber(plan.month)).Text(plan.plan.text());
    out.Text(plan.version.ToBytes()).Text(plan.content_hash);
  }
  out.Int(static_cast<int64_t>(run.totals.size()));
  for (const auto& [currency, minor] : run.totals) out.Text(currency.code()).Int(minor);
  Write(run.excluded, out);
  return out.bytes();
}

absl::Status ParseSummary(absl::string_view bytes, Run& run) {
  ASSIGN_OR_RETURN(base::ByteReader in, base::ByteReader::Open(bytes, kLayout));
  ASSIGN_OR_RETURN(const int64_t origins, in.Int());
  for (int64_t i = 0; i < origins; ++i) {
    ASSIGN_OR_RETURN(const absl::CivilDay origin, ReadDay(in));
    run.origins.push_back(origin);
  }
  ASSIGN_OR_RETURN(const int64_t plans, in.Int());
  for (int64_t i = 0; i < plans; ++i) {
    ASSIGN_OR_RETURN(AppliedPlan plan, ReadPlan(in));
    run.plans.push_back(std::move(plan));
  }
  RETURN_IF_ERROR(ReadFigures(in, run));
  if (!in.at_end()) return absl::DataLossError("the summary of a run is broken");
  return absl::OkStatus();
}

}  // namespace argosy::incentives
