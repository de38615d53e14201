#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/crypto.h"
#include "base/status_macros.h"
#include "services/incentives/domain/errors.h"
#include "services/incentives/domain/order_history.h"
#include "services/incentives/service/convert.h"
#include "services/incentives/service/plan_lookup.h"
#include "services/incentives/service/run_service.h"

namespace argosy::incentives {
namespace {

void TakeResult(const RunResult& result, Run& run) {
  run.digest = result.digest;
  run.payee_count = result.payee_count;
  run.line_count = static_cast<int64_t>(result.lines.size());
  run.credit_count = result.credit_count;
  run.totals = result.totals;
  run.excluded = result.excluded;
  run.plans = result.plans;
}

}  // namespace

absl::Status RunService::AddPlans(tenants::TenantReader& reader, CalculationInputs& inputs) const {
  ASSIGN_OR_RETURN(const std::vector<Plan> plans, ListAllPlans(with_.plan_store, reader));
  ASSIGN_OR_RETURN(std::vector<PlanVersion> published, ListAllPublished(with_.plan_store, reader));
  std::map<PlanUid, std::vector<PlanVersion>> by_plan;
  for (PlanVersion& version : published) by_plan[version.plan].push_back(std::move(version));
  for (const Plan& plan : plans) {
    for (const absl::CivilDay month : inputs.origins) {
      const PlanVersion* version = FindVersionInForce(by_plan[plan.uid], month);
      if (version == nullptr) continue;
      inputs.plans.push_back({.month = month,
                              .plan = plan.id,
                              .version = version->uid,
                              .content_hash = version->content_hash,
                              .currency = plan.currency,
                              .spec = version->spec});
    }
  }
  return absl::OkStatus();
}

absl::Status RunService::CheckTermsOf(tenants::TenantReader& reader, const Run& run) const {
  CalculationInputs inputs;
  inputs.origins = run.origins;
  RETURN_IF_ERROR(AddPlans(reader, inputs));
  RunTerms now;
  for (const MonthPlan& plan : inputs.plans) {
    now.plans.push_back({.month = plan.month,
                         .plan = plan.plan,
                         .version = plan.version,
                         .content_hash = plan.content_hash});
  }
  ASSIGN_OR_RETURN(now.assignments, ListAllAssignments(with_.plan_store, reader));
  ASSIGN_OR_RETURN(const std::string people, with_.run_store.GetPeople(reader, run.uid));
  ASSIGN_OR_RETURN(RosterSnapshot snapshot, ParseRosterSnapshot(people));
  return CheckTermsHold(run.month, {run.plans, std::move(snapshot.assignments)}, now);
}

absl::StatusOr<RunService::Preparation> RunService::Prepare(const tenants::RequestContext& ctx,
                                                            const RunWish& wish) const {
  const std::string& zone_name = ctx.tenant().reporting_time_zone();
  ASSIGN_OR_RETURN(const absl::TimeZone zone, base::ParseTimeZone(zone_name));
  return with_.db.Read<Preparation>(
      ctx, [&](tenants::TenantReader& reader) -> absl::StatusOr<Preparation> {
        ASSIGN_OR_RETURN(const std::vector<LockedMonth> locks,
                         with_.run_store.ListLockedMonths(reader));
        Preparation prepared;
        std::vector<absl::CivilDay> locked;
        for (const LockedMonth& lock : locks) {
          locked.push_back(lock.month);
          prepared.locked_seq = std::max(prepared.locked_seq, lock.knowledge_seq);
        }
        RETURN_IF_ERROR(CheckRunWish(wish, locked, zone));
        ASSIGN_OR_RETURN(const LedgerHead head, with_.ledger_store.FindHead(reader));
        Run& run = prepared.run;
        run.month = wish.month;
        run.kind = wish.kind;
        run.as_of = wish.as_of;
        run.cut = base::StartOfDay(ComputeCutDay(wish.month, locked), zone);
        run.time_zone = zone_name;
        run.ledger_version = head.lock_count;
        run.origins = ComputeOrigins(wish.month, locked);
        run.created_at = ctx.now();
        CalculationInputs& inputs = prepared.inputs;
        inputs.month = run.month;
        inputs.origins = run.origins;
        inputs.cut = run.cut;
        inputs.zone = zone;
        RETURN_IF_ERROR(AddPlans(reader, inputs));
        ASSIGN_OR_RETURN(inputs.people.assignments, ListAllAssignments(with_.plan_store, reader));
        ASSIGN_OR_RETURN(inputs.posted,
                         with_.ledger_store.ListPosted(reader, run.origins, head.lock_count));
        return prepared;
      });
}

absl::StatusOr<SalesFacts> RunService::GetFacts(const tenants::RequestContext& ctx,
                                                const Run& run) const {
  ASSIGN_OR_RETURN(const absl::TimeZone zone, base::ParseTimeZone(run.time_zone));
  // The cut is the start of a day.
  base::Period days = ComputeFactDays(run.origins, base::LocalDay(run.cut, zone));
  ASSIGN_OR_RETURN(SalesFacts recent, with_.orders.ListSalesFacts(ctx, days, run.knowledge_seq));
  OrderHistory history(std::move(recent));
  while (history.LooksFurtherBack() && days.begin > kFirstFactDay) {
    days = {.begin = absl::CivilDay(absl::CivilYear(days.begin) - 1), .end = days.begin};
    ASSIGN_OR_RETURN(SalesFacts year, with_.orders.ListSalesFacts(ctx, days, run.knowledge_seq));
    history.AddYear(std::move(year));
    RETURN_IF_ERROR(CheckFactCount(history.facts()));
  }
  return std::move(history).Take();
}

absl::StatusOr<v1::Run> RunService::CalculateRun(const tenants::RequestContext& ctx,
                                                 const v1::CalculateRunRequest& request) {
  ASSIGN_OR_RETURN(const RunWish wish, ParseRunWish(request, ctx.now()));
  // The month may have been locked since, and by this very run.
  absl::StatusOr<std::optional<v1::Run>> done = with_.db.FindReply<v1::Run>(ctx);
  if (!done.ok()) return OrReadAgain(ctx, std::move(done).status());
  if (done->has_value()) return **std::move(done);
  ASSIGN_OR_RETURN(Preparation prepared, Prepare(ctx, wish));
  Run& run = prepared.run;
  const auto asked = request.has_as_of() ? std::optional(wish.as_of) : std::nullopt;
  ASSIGN_OR_RETURN(const Knowledge known, with_.orders.ResolveKnowledge(ctx, asked));
  // It holds until the run is locked: any lock in between makes the run stale.
  if (known.seq < prepared.locked_seq) return AsOfTooEarly(known.seq, prepared.locked_seq);
  run.as_of = known.as_of;
  run.knowledge_seq = known.seq;
  ASSIGN_OR_RETURN(prepared.inputs.facts, GetFacts(ctx, run));
  ASSIGN_OR_RETURN(prepared.inputs.people.roster, with_.people.GetRoster(ctx));
  prepared.people = ToCanonicalBytes(prepared.inputs.people);
  run.roster_digest = base::Sha256(prepared.people);
  ASSIGN_OR_RETURN(const RunResult result, incentives::CalculateRun(prepared.inputs));
  TakeResult(result, run);
  run.uid = RunUid(with_.ids.NewUuid(ctx.now()));
  return Change(ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::Run> {
    RETURN_IF_ERROR(with_.run_store.Insert(txn, run, prepared.people, result.lines));
    return ToProto(Names(ctx.tenant().tenant_id()), run);
  });
}

absl::StatusOr<RunService::Preparation> RunService::Recall(const tenants::RequestContext& ctx,
                                                           const RunUid& uid) const {
  return with_.db.Read<Preparation>(
      ctx, [&](tenants::TenantReader& reader) -> absl::StatusOr<Preparation> {
        Preparation recalled;
        ASSIGN_OR_RETURN(recalled.run, Get(ctx, reader, uid));
        const Run& run = recalled.run;
        CalculationInputs& inputs = recalled.inputs;
        inputs.month = run.month;
        inputs.origins = run.origins;
        inputs.cut = run.cut;
        ASSIGN_OR_RETURN(inputs.zone, base::ParseTimeZone(run.time_zone));
        for (const AppliedPlan& applied : run.plans) {
          ASSIGN_OR_RETURN(const auto version,
                           with_.plan_store.FindVersion(reader, applied.version));
          ASSIGN_OR_RETURN(const auto plan, with_.plan_store.Find(reader, applied.plan));
          if (!version || !plan) return LedgerImbalance("a plan version of the run is gone");
          inputs.plans.push_back({.month = applied.month,
                                  .plan = applied.plan,
                                  .version = applied.version,
                                  .content_hash = version->content_hash,
                                  .currency = plan->currency,
                                  .spec = version->spec});
        }
        ASSIGN_OR_RETURN(recalled.people, with_.run_store.GetPeople(reader, uid));
        ASSIGN_OR_RETURN(inputs.people, ParseRosterSnapshot(recalled.people));
        ASSIGN_OR_RETURN(inputs.posted,
                         with_.ledger_store.ListPosted(reader, run.origins, run.ledger_version));
        return recalled;
      });
}

absl::StatusOr<v1::ReplayRunResponse> RunService::ReplayRun(const tenants::RequestContext& ctx,
                                                            const v1::ReplayRunRequest& request) {
  ASSIGN_OR_RETURN(const RunUid uid, ParseRunName("name", request.name()));
  ASSIGN_OR_RETURN(Preparation recalled, Recall(ctx, uid));
  ASSIGN_OR_RETURN(recalled.inputs.facts, GetFacts(ctx, recalled.run));
  ASSIGN_OR_RETURN(const RunResult result, incentives::CalculateRun(recalled.inputs));
  v1::ReplayRunResponse response;
  *response.mutable_run() = ToProto(Names(ctx.tenant().tenant_id()), recalled.run);
  Run again = recalled.run;
  again.digest = result.digest;
  response.set_replayed_digest(ToProto(Names(ctx.tenant().tenant_id()), again).digest());
  response.set_matches(again.digest == recalled.run.digest);
  return response;
}

}  // namespace argosy::incentives
