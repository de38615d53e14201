// Who works in a synthetic company.
#ifndef ARGOSY_DEMO_STAFF_H_
#define ARGOSY_DEMO_STAFF_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "demo/company.h"
#include "demo/profile.h"

namespace argosy::demo {

// Fills teams, members and assignments of `company` from the headcount. The same for every seed. In
// the small company everybody in sales also answers visitors; in the largest one person of sales
// leaves at the end of February 2025.
void AddStaff(const CompanyProfile& profile, Company& company);

// The people who hold `role` on `day`, in the order of their assignments.
std::vector<Attribution> HoldersOf(const Company& company, Role role, absl::CivilDay day);

}  // namespace argosy::demo

#endif  // ARGOSY_DEMO_STAFF_H_
