#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "services/metrics/domain/answer.h"
#include "services/metrics/domain/row_maker.h"

namespace argosy::metrics {
namespace {

// Picks from what was measured whatever a row's sums were made of.
class Explainer {
 public:
  Explainer(const FactBook& book, const Question& question, const Tallies& tallies,
            const MetricRow& row)
      : book_(book),
        question_(question),
        tallies_(tallies),
        row_(row),
        numerator_(NumeratorOn(*row.definition, question.basis)),
        denominator_(row.definition->denominator),
        breadth_(RowMaker(book, question, tallies).BreadthOf(*row.definition)) {}

  std::vector<ExplainedFact> Collect(const Measured& measured) {
    for (const Contribution& item : measured.contributions) Consider(item);
    for (const LeftOut& item : measured.left_out) Exclude(item);
    for (const LeftOut& item : measured.elsewhere) Exclude(item);
    // What another did for an inquiry of the asker's counts, and stays the other's.
    std::erase_if(facts_, [&](const ExplainedFact& fact) {
      return !question_.Sees(book_.facts[fact.evidence].fact.attribution);
    });
    std::stable_sort(facts_.begin(), facts_.end(), [](const auto& a, const auto& b) {
      return std::tie(a.part, a.evidence) < std::tie(b.part, b.evidence);
    });
    return std::move(facts_);
  }

 private:
  bool Concerns(Measure measure) const {
    return measure == numerator_ || (row_.definition->ratio() && measure == denominator_);
  }
  bool Here(size_t place, absl::CivilDay day) const {
    return tallies_.CellOf(book_.facts[place].fact.attribution, day) == row_.cell;
  }
  const base::ChannelId& ChannelAt(size_t place) const {
    return book_.facts[place].fact.attribution.channel;
  }
  bool OfPaidChannel(size_t place) const {
    return std::any_of(book_.channels.begin(), book_.channels.end(), [&](const Channel& channel) {
      return channel.id == ChannelAt(place) && channel.paid == Paid::kYes;
    });
  }

  void Exclude(const LeftOut& item) {
    if (!Concerns(item.measure) || !Here(item.place, item.day)) return;
    if (item.measure == Measure::kSpendDay && ChannelAt(item.place) != row_.least_channel) return;
    facts_.push_back({Part::kExcluded, item.evidence, 0, item.reason});
  }

  void Consider(const Contribution& item) {
    if (!Concerns(item.measure) || !Here(item.place, item.day)) return;
    if (breadth_ == Breadth::kPaidChannels && !OfPaidChannel(item.place)) {
      facts_.push_back({Part::kExcluded, item.evidence, 0, "UNPAID_CHANNEL"});
      return;
    }
    int64_t amount = item.amount;
    if (item.measure == Measure::kSpendDay) {
      if (ChannelAt(item.place) != row_.least_channel) return;
      amount = days_.insert(item.day).second ? 1 : 0;
    }
    const Part part = item.measure == numerator_ ? Part::kNumerator : Part::kDenominator;
    facts_.push_back({part, item.evidence, amount, ""});
  }

  const FactBook& book_;
  const Question& question_;
  const Tallies& tallies_;
  const MetricRow& row_;
  const Measure numerator_;
  const Measure denominator_;
  const Breadth breadth_;
  std::set<absl::CivilDay> days_;
  std::vector<ExplainedFact> facts_;
};

// The cell with `values`, or FIELD_INVALID when no bucket has the label given.
absl::StatusOr<Cell> FindCell(const Question& question, const Tallies& tallies,
                              const std::vector<std::string>& values) {
  Cell cell{.values = values};
  for (size_t i = 0; i < question.dimensions.size(); ++i) {
    const auto grain = GrainOf(question.dimensions[i]);
    if (!grain.has_value()) continue;
    const auto& buckets = tallies.buckets();
    const auto bucket = std::find_if(buckets.begin(), buckets.end(), [&](const auto& candidate) {
      return base::PeriodLabel(candidate.begin, *grain) == values[i];
    });
    if (bucket == buckets.end()) {
      return base::FieldInvalid(absl::StrCat("cell[", i, "].value"),
                                "is no label of that dimension within the period");
    }
    cell.bucket = static_cast<size_t>(bucket - buckets.begin());
  }
  return cell;
}

}  // namespace

absl::StatusOr<Explanation> Explain(const FactBook& book, const Question& question,
                                    const MetricDefinition& metric,
                                    const std::vector<std::string>& values) {
  const Measured measured = MeasureFacts(book, question);
  ASSIGN_OR_RETURN(const Tallies tallies, Tallies::Make(book, question, measured));
  ASSIGN_OR_RETURN(const Cell cell, FindCell(question, tallies, values));
  Explanation explanation;
  ASSIGN_OR_RETURN(explanation.row, RowMaker(book, question, tallies).Make(metric, cell));
  explanation.facts = Explainer(book, question, tallies, explanation.row).Collect(measured);
  return explanation;
}

}  // namespace argosy::metrics
