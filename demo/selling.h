// The selling side of a synthetic company: inquiries, their grades and corrections, orders,
// payments and refunds.
#ifndef ARGOSY_DEMO_SELLING_H_
#define ARGOSY_DEMO_SELLING_H_

#include <vector>

#include "base/random.h"
#include "demo/advertising.h"
#include "demo/company.h"
#include "demo/profile.h"

namespace argosy::demo {

// Appends to `company`, whose staff is there, the INQUIRY, ORDER, PAYMENT and REFUND facts that
// `yields` bring about. What would happen after DataPeriod does not happen. Weekly inquiries are
// negative binomial with the profile's phi.
void Sell(const CompanyProfile& profile, const std::vector<Yield>& yields,
          base::Generator& generator, Company& company);

}  // namespace argosy::demo

#endif  // ARGOSY_DEMO_SELLING_H_
