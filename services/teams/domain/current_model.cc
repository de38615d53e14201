#include "services/teams/domain/current_model.h"

#include <algorithm>

namespace argosy::teams {
namespace {

ModelCondition AtMost(TeamModel model, const char* condition, int64_t present, int64_t bound) {
  return {model, condition, present, bound, std::max<int64_t>(0, present - bound)};
}

ModelCondition AtLeast(TeamModel model, const char* condition, int64_t present, int64_t bound) {
  return {model, condition, present, bound, std::max<int64_t>(0, bound - present)};
}

}  // namespace

CurrentModel DecideCurrentModel(const RoleLayout& layout, const ModelBounds& bounds) {
  constexpr TeamModel kA = TeamModel::kPureSales;
  constexpr TeamModel kB = TeamModel::kSalesOperations;
  constexpr TeamModel kC = TeamModel::kSalesMarketing;
  CurrentModel current;
  current.trace = {
      AtMost(kA, "headcount_max", layout.headcount, bounds.pure_sales_headcount_max),
      AtMost(kA, "operations_or_marketing_max", layout.operations + layout.marketing, 0),
      AtLeast(kB, "headcount_min", layout.headcount, bounds.pure_sales_headcount_max + 1),
      AtLeast(kB, "operations_min", layout.operations, 1),
      AtMost(kB, "marketing_department_max", layout.marketing_departments, 0),
      AtLeast(kC, "sales_min", layout.sales, bounds.marketing_model_sales_min),
      AtLeast(kC, "marketing_min", layout.marketing, bounds.marketing_model_marketing_min),
      AtLeast(kC, "marketing_department_min", layout.marketing_departments, 1)};
  int64_t least = -1;
  for (const TeamModel model : {kA, kB, kC}) {
    int64_t gap = 0;
    for (const ModelCondition& condition : current.trace) {
      if (condition.model == model) gap += condition.gap;
    }
    if (least >= 0 && gap >= least) continue;
    least = gap;
    current.nearest = model;
  }
  current.model = least == 0 ? current.nearest : TeamModel::kTransitional;
  return current;
}

}  // namespace argosy::teams
