// Which facts of a run's months earn nothing.
#ifndef ARGOSY_SERVICES_INCENTIVES_DOMAIN_FIND_EXCLUDED_H_
#define ARGOSY_SERVICES_INCENTIVES_DOMAIN_FIND_EXCLUDED_H_

#include "services/incentives/domain/calculation.h"
#include "services/incentives/domain/credits.h"
#include "services/incentives/domain/exclusion.h"

namespace argosy::incentives {

// Of every month that `inputs` calculates: orders no plan of the month pays on, payments likewise
// where a plan of it pays on payments, and the movements of `book` that change no amount, or lower
// one of a month nobody restates any more. A refund counts for each reason that holds.
Exclusions FindExcluded(const CalculationInputs& inputs, const StandingBook& book);

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_DOMAIN_FIND_EXCLUDED_H_
