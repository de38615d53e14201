#include "argosyctl/demonstration/demo_run.h"

#include <algorithm>
#include <cstdint>
#include <ostream>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "argosy/incentives/v1/plan.pb.h"
#include "argosy/incentives/v1/run.pb.h"
#include "argosy/teams/v1/stage_service.pb.h"
#include "argosyctl/demonstration/company_messages.h"
#include "argosyctl/fact_sender.h"
#include "argosyctl/field_text.h"
#include "argosyctl/onboarding.h"
#include "argosyctl/output/progress.h"
#include "argosyctl/request_id.h"
#include "base/fault.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "demo/season.h"

namespace argosy::ctl {
namespace {

namespace incentives_v1 = incentives::v1;

std::string TenantOf(const demo::Company& company) {
  return absl::StrCat("tenants/", company.tenant_id);
}

std::string StepId(const demo::Company& company, const std::string& step) {
  return DerivedRequestId({"demonstration", company.tenant_id, step});
}

// June 2025: the last month of the data.
std::string LastMonth() {
  return base::PeriodLabel(demo::DataPeriod().end - 1, base::Grain::kMonth);
}

absl::Status TokenLost(const demo::Company& company) {
  return base::FieldInvalid(
      "state-dir",
      absl::StrCat("'", company.tenant_id,
                   "' is active and its owner's token is not in the state: reset the demo"));
}

}  // namespace

absl::Status DemoRun::Run(const demo::Company& company) {
  if (state_.Get(company.tenant_id, "as_of").empty()) {
    RETURN_IF_ERROR(Open(company));
    RETURN_IF_ERROR(SendFacts(company));
  }
  session_.SignInWith(state_.Get(company.tenant_id, "token"));
  if (state_.Get(company.tenant_id, "run").empty()) RETURN_IF_ERROR(Pay(company));
  if (state_.Get(company.tenant_id, "evaluation").empty()) RETURN_IF_ERROR(Judge(company));
  return absl::OkStatus();
}

absl::Status DemoRun::Open(const demo::Company& company) {
  session_.SignInWith(operator_token_);
  std::string token = state_.Get(company.tenant_id, "token");
  RETURN_IF_ERROR(Onboarding(session_)
                      .Run(ToOnboardingPlan(company), token,
                           [&](const std::string& made) {
                             return state_.Set(company.tenant_id, "token", made);
                           })
                      .status());
  return token.empty() ? TokenLost(company) : absl::OkStatus();
}

absl::Status DemoRun::SendFacts(const demo::Company& company) {
  session_.SignInWith(state_.Get(company.tenant_id, "token"));
  std::ostream& err = session_.environment().err;
  FactSender sender(session_, TenantOf(company), FactSender::Mode::kStore,
                    [&err](int64_t index, const metrics::v1::FactVerdict& verdict) {
                      err << "fact " << index << " refused: " << verdict.reason() << " "
                          << verdict.field() << " " << verdict.description() << "\n";
                    });
  Progress progress(session_.environment(), absl::StrCat(company.tenant_id, ": facts"),
                    static_cast<int64_t>(company.facts.size()));
  int64_t sent = 0;
  // What the state says is sent was answered for; the last fact goes again in any case, so that the
  // instant of the last batch is known.
  if (absl::SimpleAtoi(state_.Get(company.tenant_id, "sent"), &sent)) {
    sent = std::min(sent, static_cast<int64_t>(company.facts.size()) - 1);
  }
  const int64_t skipped = sent;
  for (size_t i = static_cast<size_t>(skipped); i < company.facts.size(); ++i) {
    RETURN_IF_ERROR(sender.Add(ToMessage(company, company.facts[i], TenantOf(company))));
    if (skipped + sender.counts().sent == sent) continue;
    sent = skipped + sender.counts().sent;
    progress.Advance(sent);
    RETURN_IF_ERROR(state_.Set(company.tenant_id, "sent", absl::StrCat(sent)));
  }
  RETURN_IF_ERROR(sender.Finish(CompletenessOf(company)));
  progress.Advance(skipped + sender.counts().sent);
  progress.Finish();
  if (sender.counts().invalid + sender.counts().conflict > 0) {
    return base::Internal(absl::StrCat(company.tenant_id, ": ", sender.counts().invalid,
                                       " invalid facts, ", sender.counts().conflict, " conflicts"));
  }
  metrics::v1::Knowledge knowledge;
  *knowledge.mutable_as_of() = sender.recorded_at();
  return state_.Set(company.tenant_id, "as_of", FieldText(knowledge, "as_of"));
}

absl::Status DemoRun::PublishPlan(const demo::Company& company) {
  const std::string start = base::FormatCivilDay(demo::DataPeriod().begin);
  incentives_v1::CreatePlanRequest create;
  create.set_parent(TenantOf(company));
  create.set_plan_id("sales-commission");
  create.mutable_plan()->set_display_name("销售提成 (合成)");
  create.mutable_plan()->set_currency_code(company.currency);
  create.set_request_id(StepId(company, "plan"));
  ASSIGN_OR_RETURN(const auto plan, session_.Call<incentives_v1::Plan>(create));
  incentives_v1::CreatePlanVersionRequest draft;
  draft.set_parent(plan.name());
  *draft.mutable_spec() = CommissionOf(company);
  draft.set_request_id(StepId(company, "plan version"));
  ASSIGN_OR_RETURN(const auto version, session_.Call<incentives_v1::PlanVersion>(draft));
  incentives_v1::PublishPlanVersionRequest publish;
  publish.set_name(version.name());
  publish.set_effective_start_date(start);
  publish.set_etag(version.etag());
  publish.set_request_id(StepId(company, "publish"));
  RETURN_IF_ERROR(session_.Call<incentives_v1::PlanVersion>(publish).status());
  incentives_v1::AssignPlanRequest assign;
  assign.set_parent(plan.name());
  assign.mutable_plan_assignment()->set_business_role(common::v1::BUSINESS_ROLE_SALES);
  assign.mutable_plan_assignment()->set_start_date(start);
  assign.set_request_id(StepId(company, "assign"));
  return session_.Call<incentives_v1::PlanAssignment>(assign).status();
}

absl::Status DemoRun::Pay(const demo::Company& company) {
  RETURN_IF_ERROR(PublishPlan(company));
  incentives_v1::CalculateRunRequest calculate;
  calculate.set_parent(TenantOf(company));
  calculate.set_period(LastMonth());
  calculate.set_kind(incentives_v1::Run::KIND_REGULAR);
  RETURN_IF_ERROR(SetField(calculate, "as_of", state_.Get(company.tenant_id, "as_of"), ""));
  calculate.set_request_id(StepId(company, "calculate"));
  ASSIGN_OR_RETURN(const auto calculated, session_.Call<incentives_v1::Run>(calculate));
  incentives_v1::ApproveRunRequest approve;
  approve.set_name(calculated.name());
  approve.set_etag(calculated.etag());
  approve.set_request_id(StepId(company, "approve"));
  ASSIGN_OR_RETURN(const auto approved, session_.Call<incentives_v1::Run>(approve));
  incentives_v1::LockRunRequest lock;
  lock.set_name(approved.name());
  lock.set_etag(approved.etag());
  lock.set_request_id(StepId(company, "lock"));
  ASSIGN_OR_RETURN(const auto locked, session_.Call<incentives_v1::Run>(lock));
  return state_.Set(company.tenant_id, "run", locked.name());
}

absl::Status DemoRun::Judge(const demo::Company& company) {
  teams::v1::EvaluateStageRequest evaluate;
  evaluate.set_parent(TenantOf(company));
  evaluate.set_cut_date(base::FormatCivilDay(demo::CloseDay()));
  evaluate.set_profile(teams::v1::STAGE_PROFILE_STANDARD);
  RETURN_IF_ERROR(SetField(evaluate, "as_of", state_.Get(company.tenant_id, "as_of"), ""));
  evaluate.set_request_id(StepId(company, "evaluate"));
  ASSIGN_OR_RETURN(const auto evaluation, session_.Call<teams::v1::StageEvaluation>(evaluate));
  return state_.Set(company.tenant_id, "evaluation", evaluation.name());
}

}  // namespace argosy::ctl
