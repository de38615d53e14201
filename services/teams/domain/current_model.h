// Which of the three team models a company is in: a fact of one day, not a recommendation. Pure.
#ifndef ARGOSY_SERVICES_TEAMS_DOMAIN_CURRENT_MODEL_H_
#define ARGOSY_SERVICES_TEAMS_DOMAIN_CURRENT_MODEL_H_

#include <cstdint>
#include <string>
#include <vector>

namespace argosy::teams {

// The numbers are those of the contract.
enum class TeamModel {
  kPureSales = 1,
  kSalesOperations = 2,
  kSalesMarketing = 3,
  kTransitional = 4,
};

// People by role on one day; one person may count in several.
struct RoleLayout {
  int64_t headcount = 0;
  int64_t sales = 0;
  int64_t operations = 0;
  int64_t marketing = 0;
  int64_t customer_service = 0;
  // Marketing teams with a lead and a budget of their own.
  int64_t marketing_departments = 0;

  friend bool operator==(const RoleLayout&, const RoleLayout&) = default;
};

// Where one model ends and the next begins.
struct ModelBounds {
  int64_t pure_sales_headcount_max = 10;
  int64_t marketing_model_sales_min = 8;
  int64_t marketing_model_marketing_min = 2;
};

// One condition of one model. `gap` people, roles or departments would have to change for it to
// hold.
struct ModelCondition {
  TeamModel model = TeamModel::kPureSales;
  std::string condition;
  int64_t present = 0;
  int64_t bound = 0;
  int64_t gap = 0;

  friend bool operator==(const ModelCondition&, const ModelCondition&) = default;
};

struct CurrentModel {
  TeamModel model = TeamModel::kTransitional;
  // The model itself, or the one whose gaps sum to the least; the earlier one when equal.
  TeamModel nearest = TeamModel::kPureSales;
  std::vector<ModelCondition> trace;
};

// A model whose every condition holds; at most one does, because A and B part at the headcount, B
// and C at the department, A and C at the marketing roles.
CurrentModel DecideCurrentModel(const RoleLayout& layout, const ModelBounds& bounds);

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_DOMAIN_CURRENT_MODEL_H_
