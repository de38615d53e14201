// The parameters of the three synthetic companies.
#ifndef ARGOSY_DEMO_PROFILE_H_
#define ARGOSY_DEMO_PROFILE_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "demo/company.h"

namespace argosy::demo {

enum class CompanyKind { kValidate, kReplicate, kOptimize };

// What is planted in the data for a reader of the report to find.
enum class CostStory {
  kSteady,
  // From StepDay on the same money brings 1.6 times fewer inquiries: a cost-stability test must not
  // pass.
  kStepsUp,
};

struct ChannelProfile {
  Channel channel;
  double spend_share = 0;  // of the month's media budget
  SpendKind spend_kind = SpendKind::kMedia;
  // Cost of one click, log-normal. A median of 0 means that clicks are not bought: the budget is a
  // fee spread evenly over the days, and `sessions_a_month` visitors come.
  double click_cost_median = 0;
  double click_cost_sigma = 0;
  double click_share_of_impressions = 0;
  double sessions_a_month = 0;
  double session_to_inquiry = 0;  // mean of a Beta
  double inquiries_a_month = 0;   // of a channel that has no sessions (a fair)
  double unqualified_tilt = 0;    // added to the share of grade D here
  std::vector<Campaign> campaigns;
};

struct Headcount {
  int sales = 0;
  int customer_service = 0;
  int marketing = 0;
  int operations = 0;
  int managers = 0;
};

struct CompanyProfile {
  std::string tenant_id;
  std::string display_name;
  std::string currency;
  double units_a_dollar = 1;            // the table is in dollars; one company reports in yuan
  double media_budget_a_month = 0;      // dollars
  double dispersion_phi = 1;            // variance over mean of the weekly inquiries
  std::array<double, 4> grade_share{};  // A, B, C, D
  double effective_order_rate = 0;
  double order_value_median = 0;  // dollars, log-normal
  double order_value_sigma = 0;
  double margin_share = 0;
  double days_to_order_median = 0;  // log-normal, sigma 0.9
  double refund_share = 0;          // of orders, whole value
  double partial_refund_share = 0;  // of orders, a part of the value
  double agency_fee_share = 0;      // of the media bought by the click, while an agency runs it
  int agency_months = 0;            // from the first month on; then own people do it
  double labour_share = 0;          // the same, when own people run it
  Headcount headcount;              // the owner is one more
  CostStory story = CostStory::kSteady;
  std::vector<ChannelProfile> channels;
};

CompanyProfile ProfileOf(CompanyKind kind);

}  // namespace argosy::demo

#endif  // ARGOSY_DEMO_PROFILE_H_
