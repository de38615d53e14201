#include "services/incentives/domain/calculation.h"

#include <algorithm>
#include <tuple>

#include "base/bytes.h"
#include "base/crypto.h"
#include "base/fault.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/incentives/domain/component_totals.h"
#include "services/incentives/domain/errors.h"
#include "services/incentives/domain/find_excluded.h"

namespace argosy::incentives {
namespace {

constexpr uint8_t kDigestLayout = 2;

class Calculation {
 public:
  explicit Calculation(const CalculationInputs& inputs) : inputs_(inputs) {}

  absl::StatusOr<RunResult> Run() {
    if (inputs_.facts.size() > CalculationInputs::kFactsMax) {
      return RunTooLarge("facts", static_cast<int64_t>(CalculationInputs::kFactsMax));
    }
    ASSIGN_OR_RETURN(const StandingBook book,
                     ComputeStanding(inputs_.facts, inputs_.cut, inputs_.zone));
    std::vector<const MonthPlan*> plans;
    for (const MonthPlan& plan : inputs_.plans) plans.push_back(&plan);
    std::sort(plans.begin(), plans.end(), [](const MonthPlan* a, const MonthPlan* b) {
      return std::tie(a->plan, a->month) < std::tie(b->plan, b->month);
    });
    for (const MonthPlan* plan : plans) {
      for (size_t i = 0; i < plan->spec.components.size(); ++i) {
        RETURN_IF_ERROR(AddComponent(*plan, i, book));
      }
    }
    RETURN_IF_ERROR(TakeBackGone());
    RETURN_IF_ERROR(Finish());
    result_.excluded = FindExcluded(inputs_, book);
    for (const MonthPlan* plan : plans) {
      result_.plans.push_back({.month = plan->month,
                               .plan = plan->plan,
                               .version = plan->version,
                               .content_hash = plan->content_hash});
    }
    result_.digest = ComputeRunDigest(inputs_.month, result_);
    return std::move(result_);
  }

 private:
  // A line with where its component stands in the plan.
  struct Placed {
    size_t component = 0;
    RunLine line;
  };

  absl::Status AddComponent(const MonthPlan& plan, size_t index, const StandingBook& book) {
    const Component& component = plan.spec.components[index];
    ASSIGN_OR_RETURN(auto totals, ComputeComponent(plan, component, book, inputs_.people));
    // A payee who was posted something and now earns nothing gets a line that takes it back.
    for (const auto& [key, posted] : inputs_.posted) {
      if (key.plan == plan.plan && key.origin == plan.month && key.component == component.id) {
        totals.try_emplace(key.member);
      }
    }
    for (auto& [member, total] : totals) {
      RunLine line{.key = {.member = member,
                           .plan = plan.plan,
                           .origin = plan.month,
                           .component = component.id},
                   .version = plan.version,
                   .content_hash = plan.content_hash,
                   .currency = plan.currency,
                   .base_minor = total.base_minor,
                   .earned_minor = total.earned_minor,
                   .credit_count = total.credits.credit_count()};
      const auto posted = inputs_.posted.find(line.key);
      if (posted != inputs_.posted.end()) line.posted_minor = posted->second.minor;
      ASSIGN_OR_RETURN(line.amount_minor, base::CheckedSub(line.earned_minor, line.posted_minor));
      if (line.amount_minor == 0 && plan.month != inputs_.month) continue;
      line.chunks = total.credits.Finish();
      line.credits_digest = ComputeCreditsDigest(line.chunks);
      result_.credit_count += line.credit_count;
      if (result_.credit_count > CalculationInputs::kCreditsMax) {
        return RunTooLarge("credits", CalculationInputs::kCreditsMax);
      }
      placed_.push_back({.component = index, .line = std::move(line)});
    }
    return absl::OkStatus();
  }

  bool IsInForce(const LineKey& key) const {
    return std::any_of(inputs_.plans.begin(), inputs_.plans.end(), [&](const MonthPlan& plan) {
      const std::vector<Component>& listed = plan.spec.components;
      return plan.plan == key.plan && plan.month == key.origin &&
             std::any_of(listed.begin(), listed.end(),
                         [&](const Component& component) { return component.id == key.component; });
    });
  }

  // What was posted by a component that no version in force has any more is earned by nothing.
  absl::Status TakeBackGone() {
    for (const auto& [key, posted] : inputs_.posted) {
      if (posted.minor == 0 || IsInForce(key)) continue;
      RunLine line{.key = key,
                   .version = posted.version,
                   .content_hash = posted.content_hash,
                   .currency = posted.currency,
                   .posted_minor = posted.minor};
      ASSIGN_OR_RETURN(line.amount_minor, base::CheckedSub(0, posted.minor));
      line.credits_digest = ComputeCreditsDigest(line.chunks);
      placed_.push_back({.component = PlanSpec::kComponentsMax, .line = std::move(line)});
    }
    return absl::OkStatus();
  }

  absl::Status Finish() {
    std::sort(placed_.begin(), placed_.end(), [](const Placed& a, const Placed& b) {
      return std::tie(a.line.key.member, a.line.key.plan, a.line.key.origin, a.component,
                      a.line.key.component) < std::tie(b.line.key.member, b.line.key.plan,
                                                       b.line.key.origin, b.component,
                                                       b.line.key.component);
    });
    size_t of_payee = 0;
    for (Placed& placed : placed_) {
      const RunLine& line = placed.line;
      const bool next_payee =
          result_.lines.empty() || result_.lines.back().key.member != line.key.member;
      of_payee = next_payee ? 1 : of_payee + 1;
      if (of_payee > CalculationInputs::kLinesPerPayeeMax) {
        return RunTooLarge("lines of one payee",
                           static_cast<int64_t>(CalculationInputs::kLinesPerPayeeMax));
      }
      result_.payee_count += next_payee ? 1 : 0;
      int64_t& total = result_.totals[line.currency];
      ASSIGN_OR_RETURN(total, base::CheckedAdd(total, line.amount_minor));
      result_.lines.push_back(std::move(placed.line));
    }
    return absl::OkStatus();
  }

  const CalculationInputs& inputs_;
  std::vector<Placed> placed_;
  RunResult result_;
};

}  // namespace

bool operator<(const LineKey& a, const LineKey& b) {
  return std::tie(a.member, a.plan, a.origin, a.component) <
         std::tie(b.member, b.plan, b.origin, b.component);
}

absl::CivilDay EarliestRestated(absl::CivilDay month) {
  return absl::CivilDay(absl::CivilMonth(month) - CalculationInputs::kRestatedMonthsMax);
}

std::string ComputeRunDigest(absl::CivilDay month, const RunResult& result) {
  base::ByteWriter out(kDigestLayout);
  out.Int(base::ToDayNumber(month)).Int(static_cast<int64_t>(result.plans.size()));
  for (const AppliedPlan& plan : result.plans) {
    out.Text(plan.plan.text()).Int(base::ToDayNumber(plan.month)).Text(plan.content_hash);
  }
  out.Int(static_cast<int64_t>(result.lines.size()));
  for (const RunLine& line : result.lines) {
    out.Text(line.key.member.text()).Text(line.key.plan.text());
    out.Int(base::ToDayNumber(line.key.origin)).Text(line.key.component.text());
    out.Text(line.currency.code()).Int(line.base_minor).Int(line.earned_minor);
    out.Int(line.posted_minor).Int(line.amount_minor).Int(line.credit_count);
    out.Text(line.credits_digest);
  }
  Write(result.excluded, out);
  return base::Sha256(out.bytes());
}

absl::StatusOr<RunResult> CalculateRun(const CalculationInputs& inputs) {
  return Calculation(inputs).Run();
}

}  // namespace argosy::incentives
