// The orders of a run, with what older years know of them.
#ifndef ARGOSY_SERVICES_INCENTIVES_DOMAIN_ORDER_HISTORY_H_
#define ARGOSY_SERVICES_INCENTIVES_DOMAIN_ORDER_HISTORY_H_

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "services/incentives/domain/facts.h"

namespace argosy::incentives {

// Money may come in years after its order, and a deposit up to a year before it. Starts with the
// facts of recent years and takes in older ones, the latest first, of which it keeps only what
// belongs to an order it has heard of. So a run holds whole each order that a recent payment may
// count for, but for what came in earlier than the year before the order's own. What it does not
// hold: orders more than kOrderAgeYearsMax years older than the first recent year, and orders dated
// after the recent days, whose deposits it has: their order is unknown to it.
class OrderHistory {
 public:
  // `recent`: every fact of some years, from the start of the first.
  explicit OrderHistory(SalesFacts recent);

  // True while an older year may matter: an order that is paid or refunded has not been found yet
  // in kOrderAgeYearsMax years, or one was found in the year added last and its deposit may have
  // come in the year before. So it is false after kOrderAgeYearsMax + 1 years at the latest.
  bool LooksFurtherBack() const { return !missing_.empty() || found_in_last_year_; }
  // `older`: every fact of the year before what was added so far.
  void AddYear(SalesFacts older);

  const SalesFacts& facts() const { return facts_; }
  SalesFacts Take() && { return std::move(facts_); }

 private:
  SalesFacts facts_;
  absl::flat_hash_set<FactKey> heard_of_;  // orders
  absl::flat_hash_set<FactKey> missing_;   // those of them whose order fact is looked for
  int years_added_ = 0;
  bool found_in_last_year_ = true;
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_DOMAIN_ORDER_HISTORY_H_
