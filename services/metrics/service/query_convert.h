// Questions and answers between the contract and the domain.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_QUERY_CONVERT_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_QUERY_CONVERT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "argosy/metrics/v1/query_service.pb.h"
#include "base/ids.h"
#include "base/money.h"
#include "services/metrics/domain/answer.h"
#include "services/metrics/service/knowledge_reader.h"
#include "tenants/request_context.h"

namespace argosy::metrics {

// How rows are shown: names need the tenant, money its currency, dimensions their order.
struct RowStyle {
  base::TenantId tenant;
  base::Currency currency;
  std::vector<Dimension> dimensions;
};

// FIELD_INVALID, DATE_MALFORMED, DATE_OUT_OF_RANGE. The question without cut and dimensions.
absl::StatusOr<Question> ParseScope(const tenants::RequestContext& ctx,
                                    const v1::QueryScope& scope);
absl::StatusOr<AskedKnowledge> ParseAskedKnowledge(const v1::QueryScope& scope);
// The instant of the cut: `scope`'s, or the as_of of `knowledge`. FIELD_INVALID when its day in the
// reporting `zone` comes after the last day that `knowledge` holds on: cohorts would be called
// mature before anybody can know what became of them.
absl::StatusOr<absl::Time> ParseCut(const v1::QueryScope& scope, const SettledKnowledge& knowledge,
                                    const absl::TimeZone& zone);
// METRIC_UNKNOWN.
absl::StatusOr<const MetricDefinition*> ParseMetric(absl::string_view id);
// The domain's text of a dimension's value: ids for names, numbers for roles.
absl::StatusOr<std::string> ParseDimensionValue(const v1::DimensionValue& value,
                                                absl::string_view field);

v1::MetricDefinition ToProto(const base::TenantId& tenant, const MetricDefinition& definition);
// AMOUNT_OVERFLOW when a rounded value does not fit.
absl::StatusOr<v1::MetricRow> ToProto(const RowStyle& style, const MetricRow& row);
// A quotient rounded half away from zero to `places` decimals.
std::string QuotientText(int64_t numerator, int64_t denominator, int places);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_QUERY_CONVERT_H_
