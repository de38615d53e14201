// A generated company in the words of the contracts.
#ifndef ARGOSY_ARGOSYCTL_DEMONSTRATION_COMPANY_MESSAGES_H_
#define ARGOSY_ARGOSYCTL_DEMONSTRATION_COMPANY_MESSAGES_H_

#include <string>
#include <vector>

#include "argosy/incentives/v1/plan.pb.h"
#include "argosy/metrics/v1/fact_service.pb.h"
#include "argosyctl/onboarding.h"
#include "demo/company.h"

namespace argosy::ctl {

// What opens the company: people, teams, roles, channels and campaigns.
OnboardingPlan ToOnboardingPlan(const demo::Company& company);

// `fact` as the tenant ("tenants/synthetic-validate") sends it.
metrics::v1::Fact ToMessage(const demo::Company& company, const demo::Fact& fact,
                            const std::string& tenant);

// Both sources' statement that they have reported everything.
std::vector<metrics::v1::SourceCompleteness> CompletenessOf(const demo::Company& company);

// What the company's people of sales earn: three tiers by size, on the order's value, or on what
// the buyer has paid in the middle company.
incentives::v1::PlanSpec CommissionOf(const demo::Company& company);

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_DEMONSTRATION_COMPANY_MESSAGES_H_
