// From facts to what they add to each measure: the one place where a fact begins to count.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_MEASURE_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_MEASURE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "base/money.h"
#include "services/metrics/domain/cohort.h"
#include "services/metrics/domain/definition.h"
#include "services/metrics/domain/question.h"

namespace argosy::metrics {

// What one fact adds to one measure.
struct Contribution {
  Measure measure = Measure::kOne;
  absl::CivilDay day;   // the day it counts on
  size_t place = 0;     // the fact whose attribution says where it counts
  size_t evidence = 0;  // the fact that counts
  int64_t amount = 0;
};

// A fact that might have counted and does not.
struct LeftOut {
  Measure measure = Measure::kOne;
  absl::CivilDay day;
  size_t place = 0;
  size_t evidence = 0;
  absl::string_view reason;  // "SPAM", "IMMATURE", "FULLY_REFUNDED"
};

// A fact outside the book that might have counted.
struct Missing {
  Measure measure = Measure::kOne;
  absl::CivilDay day;
  Attribution at;  // where
};

// Positions are those of the book's facts, which must be in order of occurrence.
struct Measured {
  std::vector<Contribution> contributions;
  std::vector<LeftOut> left_out;
  // Refunds dated within the period whose orders do not count in it: told, and no reason to think
  // that the period has orders.
  std::vector<LeftOut> elsewhere;
  std::vector<Missing> missing;
  std::vector<CohortUnit> units;  // counted inquiries of the period, by occurrence
  Standings standings;
};

// Puts the facts in order of occurrence, so that the answer does not depend on how they were read.
void Arrange(FactBook& book);

// Moves the facts whose money is not of `currency` to the book's other_currency: two currencies are
// never added.
void LeaveOutOtherCurrencies(FactBook& book, const base::Currency& currency);

// What the facts of the period add to every measure, facts of channels or members the question
// leaves out apart. `book` is arranged.
Measured MeasureFacts(const FactBook& book, const Question& question);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_MEASURE_H_
