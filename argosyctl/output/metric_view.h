// Figures as people read them: money in whole units, shares in per cent, each with its interval.
#ifndef ARGOSY_ARGOSYCTL_OUTPUT_METRIC_VIEW_H_
#define ARGOSY_ARGOSYCTL_OUTPUT_METRIC_VIEW_H_

#include <string>
#include <vector>

#include "argosy/metrics/v1/query_service.pb.h"

namespace argosy::ctl {

// "1,234" things, "56.71 USD", "4.52 %", ">= 12.30 USD" when only a least cost is known, "-" when
// the value is absent.
std::string MetricValueText(const metrics::v1::MetricRow& row);

// "41.80 .. 77.02", open ends as "..."; "" without an interval.
std::string MetricIntervalText(const metrics::v1::MetricRow& row);

// One line a figure: metric, a column for each dimension, value, interval, n, status, and
// its reasons with what else to know of the facts.
std::string MetricTable(const std::vector<metrics::v1::MetricRow>& rows);

// The figure, and under it a line a fact, of the pages of one explanation; a sentence without any.
std::string ExplanationTable(const std::vector<const metrics::v1::MetricExplanation*>& pages);

// One line a step: step, count, share of the step before, what that share is counted from,
// interval, status and reasons as above. The share is not always that of the two counts: SESSION
// looks at channels and days with clicks, ORDER at inquiries whose window has passed.
std::string FunnelTable(const metrics::v1::Funnel& funnel);

}  // namespace argosy::ctl

#endif  // ARGOSY_ARGOSYCTL_OUTPUT_METRIC_VIEW_H_
