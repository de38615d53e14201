#include "services/metrics/domain/answer.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/money.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/metrics/domain/errors.h"
#include "services/metrics/domain/row_maker.h"

namespace argosy::metrics {

absl::StatusOr<std::vector<MetricRow>> ComputeRows(
    const FactBook& book, const Question& question,
    absl::Span<const MetricDefinition* const> metrics) {
  const Measured measured = MeasureFacts(book, question);
  ASSIGN_OR_RETURN(const Tallies tallies, Tallies::Make(book, question, measured));
  if (static_cast<int64_t>(tallies.cells().size() * metrics.size()) > kRowsMax) {
    return ResultTooLarge("rows", kRowsMax);
  }
  const RowMaker maker(book, question, tallies);
  std::vector<MetricRow> rows;
  for (const MetricDefinition* metric : metrics) {
    for (const Cell& cell : tallies.cells()) {
      ASSIGN_OR_RETURN(MetricRow row, maker.Make(*metric, cell));
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

}  // namespace argosy::metrics
