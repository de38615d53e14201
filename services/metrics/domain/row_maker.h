// From the sums of a cell to a figure with its interval and what may be relied on.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_ROW_MAKER_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_ROW_MAKER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "services/metrics/domain/answer.h"

namespace argosy::metrics {

class RowMaker {
 public:
  // All outlive the maker.
  RowMaker(const FactBook& book, const Question& question, const Tallies& tallies);

  // The figure of `metric` at `cell`. AMOUNT_OVERFLOW when a sum does not fit 64 bits.
  absl::StatusOr<MetricRow> Make(const MetricDefinition& metric, const Cell& cell) const;

  // Over which channels the figure sums: a row cut by channel is that channel's whatever it is.
  Breadth BreadthOf(const MetricDefinition& metric) const;

 private:
  absl::Status FillSums(const MetricDefinition& metric, const Tally& tally, MetricRow& row) const;
  void FillCoverage(const Tally& tally, MetricRow& row) const;
  // The channels whose days with spend are looked at in the cell of `row`.
  std::vector<base::ChannelId> CoveredChannels(const Tally& tally, const MetricRow& row) const;
  bool HasDimension(Dimension dimension) const;
  // The id of the channel whose row a cell is; null when rows are not cut by channel.
  const std::string* ChannelOf(const Cell& cell) const;
  // Whether a row is less than all of its channels: a campaign's, a person's.
  bool CutsChannels() const;
  void FillNotes(const MetricDefinition& metric, const Tally& tally, MetricRow& row) const;
  int64_t MissingSpendDays(const Tally& tally, const MetricRow& row) const;
  void FillInterval(const MetricDefinition& metric, MetricRow& row) const;
  void FillFindings(const MetricDefinition& metric, const Tally& tally, MetricRow& row) const;
  std::optional<absl::string_view> WhyNoData(const MetricDefinition& metric, const Tally& tally,
                                             MetricRow& row) const;
  // All reasons that hold: what mends one of them leaves the others.
  std::vector<absl::string_view> WhyPartial(const MetricDefinition& metric, const Tally& tally,
                                            const MetricRow& row) const;
  std::optional<absl::string_view> WhyNoCoverage(const Tally& tally, const MetricRow& row) const;
  bool LacksCurrency(const MetricDefinition& metric, const Tally& tally) const;
  bool SourceBehind(const MetricDefinition& metric, const base::Period& period) const;
  // The day before which facts of `kind` bear on a figure of `metric` over `period`.
  absl::CivilDay EndOfNeed(const MetricDefinition& metric, FactKind kind,
                           const base::Period& period) const;

  const FactBook& book_;
  const Question& question_;
  const Tallies& tallies_;
  const absl::CivilDay cut_day_;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_ROW_MAKER_H_
